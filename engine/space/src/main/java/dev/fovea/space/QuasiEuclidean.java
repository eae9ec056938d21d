package dev.fovea.space;

import dev.fovea.image.Homography;
import dev.fovea.image.Point2;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Rectification of two views whose lenses are not known (Fusiello and Irsara 2008): both cameras are turned until partners lie in one row.
 * Turning distorts a picture least, and only five angles and the focal length are sought, so that few or noisy pairs suffice. The rotations
 * that bring the sum of squared Sampson distances down are found by Levenberg and Marquardt's method.
 */
final class QuasiEuclidean {
    /** Left about y and z, right about x, y and z, and the focal length as a power of 3. */
    private static final int UNKNOWNS = 6;

    private static final int ROUNDS = 60;
    private static final double SMALL = 1e-6;

    /** How much a change of the angles (radians) and of the focal length costs, beside pixels: where pairs do not tell, nothing changes. */
    private static final double RELUCTANCE = 1e-3;

    private final List<Point2> left;
    private final List<Point2> right;
    private final double width;
    private final double height;

    QuasiEuclidean(List<Point2> left, List<Point2> right, int width, int height) {
        this.left = left;
        this.right = right;
        this.width = width;
        this.height = height;
    }

    /**
     * What was found.
     *
     * @param left where each point of the left view goes
     * @param right where each point of the right view goes
     * @param error root of the mean squared Sampson distance, in pixels
     */
    record Turned(Homography left, Homography right, double error) {}

    Turned solve() {
        var x = new double[UNKNOWNS];
        double[] r = residuals(x);
        double cost = dot(r, r), damping = 1e-3;
        for (int round = 0; round < ROUNDS; round++) {
            double[] step = step(x, r, damping);
            var next = x.clone();
            for (int k = 0; k < UNKNOWNS; k++) {
                next[k] += step[k];
            }
            next[UNKNOWNS - 1] = Math.clamp(next[UNKNOWNS - 1], -1, 1);
            double[] there = residuals(next);
            double lower = dot(there, there);
            if (lower < cost) {
                boolean done = cost - lower < 1e-9 * cost;
                x = next;
                r = there;
                cost = lower;
                damping = Math.max(1e-9, damping / 5);
                if (done) {
                    break;
                }
            } else {
                damping *= 5;
                if (damping > 1e9) {
                    break;
                }
            }
        }
        return result(x);
    }

    private double[] step(double[] x, double[] r, double damping) {
        var jacobian = new DMatrixRMaj(r.length, UNKNOWNS);
        for (int k = 0; k < UNKNOWNS; k++) {
            var moved = x.clone();
            moved[k] += SMALL;
            double[] there = residuals(moved);
            for (int i = 0; i < r.length; i++) {
                jacobian.set(i, k, (there[i] - r[i]) / SMALL);
            }
        }
        var normal = new DMatrixRMaj(UNKNOWNS, UNKNOWNS);
        var gradient = new DMatrixRMaj(UNKNOWNS, 1);
        CommonOps_DDRM.multTransA(jacobian, jacobian, normal);
        CommonOps_DDRM.multTransA(jacobian, new DMatrixRMaj(r.length, 1, true, r), gradient);
        for (int k = 0; k < UNKNOWNS; k++) {
            normal.set(k, k, normal.get(k, k) * (1 + damping) + 1e-12);
        }
        var step = new DMatrixRMaj(UNKNOWNS, 1);
        CommonOps_DDRM.solve(normal, gradient, step);
        var back = new double[UNKNOWNS];
        for (int k = 0; k < UNKNOWNS; k++) {
            back[k] = -step.get(k);
        }
        return back;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Sampson distances under F = K⁻ᵀ Rrᵀ [e1]× Rl K⁻¹, and the reluctance to change anything. */
    private double[] residuals(double[] x) {
        double focal = focal(x);
        double[] l = rotation(0, x[0], x[1]), r = rotation(x[2], x[3], x[4]);
        double[] inverse = {1 / focal, 0, -centreX() / focal, 0, 1 / focal, -centreY() / focal, 0, 0, 1};
        double[] across = {0, 0, 0, 0, 0, -1, 0, 1, 0};
        double[] f = times(transposed(times(r, inverse)), times(across, times(l, inverse)));
        int n = left.size();
        var all = new double[n + UNKNOWNS];
        for (int i = 0; i < n; i++) {
            double d = Epipolar.sampson(f, left.get(i), right.get(i));
            // wrong pairs that are left count less (Cauchy)
            all[i] = Math.signum(d) * Math.sqrt(Math.log1p(d * d));
        }
        for (int k = 0; k < UNKNOWNS; k++) {
            all[n + k] = x[k] * RELUCTANCE * Math.sqrt(n) * width;
        }
        all[n + UNKNOWNS - 1] = x[UNKNOWNS - 1] * 0.05 * Math.sqrt(n);
        return all;
    }

    private Turned result(double[] x) {
        double focal = focal(x), error = 0;
        double[] k = {focal, 0, centreX(), 0, focal, centreY(), 0, 0, 1};
        double[] back = {1 / focal, 0, -centreX() / focal, 0, 1 / focal, -centreY() / focal, 0, 0, 1};
        Homography l = homography(times(k, times(rotation(0, x[0], x[1]), back)));
        Homography r = homography(times(k, times(rotation(x[2], x[3], x[4]), back)));
        for (int i = 0; i < left.size(); i++) {
            double d = l.apply(left.get(i)).y() - r.apply(right.get(i)).y();
            error += d * d / left.size();
        }
        return new Turned(l, r, Math.sqrt(error));
    }

    /** Of a lens of about 50 degrees, unless the pairs say otherwise. */
    private double focal(double[] x) {
        return Math.pow(3, x[UNKNOWNS - 1]) * (width + height) * 0.6;
    }

    private double centreX() {
        return (width - 1) / 2;
    }

    private double centreY() {
        return (height - 1) / 2;
    }

    /** About x, then y, then z. */
    private static double[] rotation(double x, double y, double z) {
        double[] rx = {1, 0, 0, 0, Math.cos(x), -Math.sin(x), 0, Math.sin(x), Math.cos(x)};
        double[] ry = {Math.cos(y), 0, Math.sin(y), 0, 1, 0, -Math.sin(y), 0, Math.cos(y)};
        double[] rz = {Math.cos(z), -Math.sin(z), 0, Math.sin(z), Math.cos(z), 0, 0, 0, 1};
        return times(rz, times(ry, rx));
    }

    static double[] times(double[] a, double[] b) {
        var out = new double[9];
        for (int i = 0; i < 9; i++) {
            int row = i / 3 * 3, column = i % 3;
            out[i] = a[row] * b[column] + a[row + 1] * b[3 + column] + a[row + 2] * b[6 + column];
        }
        return out;
    }

    static double[] transposed(double[] m) {
        return new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
    }

    static Homography homography(double[] m) {
        return new Homography(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
    }
}
