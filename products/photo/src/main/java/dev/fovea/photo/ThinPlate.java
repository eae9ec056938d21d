package dev.fovea.photo;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The smoothest surface near given heights: the thin-plate spline (Duchon 1977; Wahba, Spline Models for Observational Data, 1990), z(p) =
 * a + b·p + Σ wᵢ r² log r with r the distance to point i.
 */
final class ThinPlate {
    private final double[] x;
    private final double[] y;
    private final double[] weights;

    /**
     * A surface over points that do not lie on one line.
     *
     * @param smoothness how far it may miss the heights to bend less; 0 meets them all; in the square of the unit of x and y
     */
    ThinPlate(double[] x, double[] y, double[] z, double smoothness) {
        this.x = x;
        this.y = y;
        int n = x.length;
        var a = new DMatrixRMaj(n + 3, n + 3);
        var b = new DMatrixRMaj(n + 3, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, bend(x[i] - x[j], y[i] - y[j]) + (i == j ? smoothness : 0));
            }
            double[] plane = {1, x[i], y[i]};
            for (int k = 0; k < 3; k++) {
                a.set(i, n + k, plane[k]);
                a.set(n + k, i, plane[k]);
            }
            b.set(i, 0, z[i]);
        }
        var solved = new DMatrixRMaj(n + 3, 1);
        if (!CommonOps_DDRM.solve(a, b, solved)) {
            throw new IllegalStateException("these points have no surface");
        }
        weights = solved.data;
    }

    /** The height at a place. */
    double at(double px, double py) {
        int n = x.length;
        double sum = weights[n] + weights[n + 1] * px + weights[n + 2] * py;
        for (int i = 0; i < n; i++) {
            sum += weights[i] * bend(px - x[i], py - y[i]);
        }
        return sum;
    }

    /** r² log r. */
    private static double bend(double dx, double dy) {
        double square = dx * dx + dy * dy;
        return square > 0 ? 0.5 * square * Math.log(square) : 0;
    }
}
