package dev.fovea.space;

import dev.fovea.image.Point2;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Which pairs of points can be views of one scene: those whose right point lies on the line that the fundamental matrix F draws for the left
 * one, {@code r' F l = 0}. Found among wrong pairs by drawing eight at a time (Fischler and Bolles 1981; Hartley 1997).
 */
final class Epipolar {
    private static final int EIGHT = 8;
    private static final int TRIES = 600;
    private static final double CONFIDENCE = 0.999;

    private Epipolar() {}

    /**
     * The pairs that agree with the matrix that most agree with.
     *
     * @param tolerance how far from its line a point may lie, in pixels
     * @return as many flags as pairs; empty if there are fewer than eight
     */
    static Optional<boolean[]> agreeing(List<Point2> left, List<Point2> right, double tolerance, long seed) {
        int n = left.size();
        if (n < EIGHT) {
            return Optional.empty();
        }
        var random = new SplittableRandom(seed);
        var best = new boolean[n];
        int most = 0, tries = TRIES;
        for (int k = 0; k < tries; k++) {
            int[] drawn = random.ints(0, n).distinct().limit(EIGHT).toArray();
            boolean[] in = inliers(fit(left, right, drawn), left, right, tolerance);
            int count = count(in);
            if (count > most) {
                most = count;
                best = in;
                double good = Math.pow((double) count / n, EIGHT);
                tries = (int) Math.min(
                        tries, k + 1 + Math.ceil(Math.log(1 - CONFIDENCE) / Math.log1p(-Math.min(good, 1 - 1e-9))));
            }
        }
        for (int round = 0; round < 3 && most >= EIGHT; round++) {
            boolean[] in = inliers(fit(left, right, indices(best)), left, right, tolerance);
            if (count(in) < most) {
                break;
            }
            most = count(in);
            best = in;
        }
        return Optional.of(best);
    }

    static int count(boolean[] flags) {
        int n = 0;
        for (boolean f : flags) {
            n += f ? 1 : 0;
        }
        return n;
    }

    private static int[] indices(boolean[] flags) {
        return java.util.stream.IntStream.range(0, flags.length)
                .filter(i -> flags[i])
                .toArray();
    }

    /** The normalised eight-point algorithm. */
    private static double[] fit(List<Point2> left, List<Point2> right, int[] which) {
        double[] l = normaliser(left, which), r = normaliser(right, which);
        var equations = new DMatrixRMaj(Math.max(9, which.length), 9);
        for (int k = 0; k < which.length; k++) {
            Point2 p = left.get(which[k]), q = right.get(which[k]);
            double x = l[0] * (p.x() - l[1]), y = l[0] * (p.y() - l[2]);
            double u = r[0] * (q.x() - r[1]), v = r[0] * (q.y() - r[2]);
            equations.set(k, 0, u * x);
            equations.set(k, 1, u * y);
            equations.set(k, 2, u);
            equations.set(k, 3, v * x);
            equations.set(k, 4, v * y);
            equations.set(k, 5, v);
            equations.set(k, 6, x);
            equations.set(k, 7, y);
            equations.set(k, 8, 1);
        }
        var f = new DMatrixRMaj(3, 3);
        f.setData(leastSingular(equations));
        flatten(f);
        var to = new DMatrixRMaj(3, 3, true, l[0], 0, -l[0] * l[1], 0, l[0], -l[0] * l[2], 0, 0, 1);
        var from = new DMatrixRMaj(3, 3, true, r[0], 0, 0, 0, r[0], 0, -r[0] * r[1], -r[0] * r[2], 1);
        var half = new DMatrixRMaj(3, 3);
        var whole = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(f, to, half);
        CommonOps_DDRM.mult(from, half, whole);
        return whole.getData();
    }

    private static double[] leastSingular(DMatrixRMaj m) {
        // of AᵀA, which is small: the eigenvector of the least eigenvalue
        var square = new DMatrixRMaj(9, 9);
        CommonOps_DDRM.multTransA(m, m, square);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(9, 9, true, true, false);
        svd.decompose(square);
        DMatrixRMaj v = svd.getV(null, false);
        double[] values = svd.getSingularValues();
        int least = 0;
        for (int i = 1; i < 9; i++) {
            least = values[i] < values[least] ? i : least;
        }
        var column = new double[9];
        for (int i = 0; i < 9; i++) {
            column[i] = v.get(i, least);
        }
        return column;
    }

    /** All lines of a view meet in one point: the least singular value becomes 0. */
    private static void flatten(DMatrixRMaj f) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        svd.decompose(f.copy());
        DMatrixRMaj u = svd.getU(null, false), w = svd.getW(null), v = svd.getV(null, true);
        SingularOps_DDRM.descendingOrder(u, false, w, v, true);
        w.set(2, 2, 0);
        var half = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(u, w, half);
        CommonOps_DDRM.mult(half, v, f);
    }

    private static double[] normaliser(List<Point2> points, int[] which) {
        double x = 0, y = 0, distance = 0;
        for (int i : which) {
            x += points.get(i).x() / which.length;
            y += points.get(i).y() / which.length;
        }
        for (int i : which) {
            distance += Math.hypot(points.get(i).x() - x, points.get(i).y() - y) / which.length;
        }
        return new double[] {distance > 0 ? Math.sqrt(2) / distance : 1, x, y};
    }

    private static boolean[] inliers(double[] f, List<Point2> left, List<Point2> right, double tolerance) {
        var in = new boolean[left.size()];
        for (int i = 0; i < in.length; i++) {
            in[i] = Math.abs(sampson(f, left.get(i), right.get(i))) < tolerance;
        }
        return in;
    }

    /** How far, to first order, a pair is from agreeing with F (Sampson 1982), with its sign. */
    static double sampson(double[] f, Point2 l, Point2 r) {
        double a = f[0] * l.x() + f[1] * l.y() + f[2];
        double b = f[3] * l.x() + f[4] * l.y() + f[5];
        double c = f[6] * l.x() + f[7] * l.y() + f[8];
        double d = f[0] * r.x() + f[3] * r.y() + f[6];
        double e = f[1] * r.x() + f[4] * r.y() + f[7];
        return (r.x() * a + r.y() * b + c) / Math.sqrt(a * a + b * b + d * d + e * e + 1e-30);
    }
}
