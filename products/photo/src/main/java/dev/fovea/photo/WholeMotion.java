package dev.fovea.photo;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The one motion that fits most tiles of a field: an affine map, by least squares weighted with what each tile knows, those that disagree
 * counting less and less (iteratively reweighted, Cauchy).
 *
 * @param found whether there were enough tiles that know anything
 * @param spread how far knowing tiles stray from it, in pixels: the median
 * @param m displacement right = m0 + m1 x + m2 y, down = m3 + m4 x + m5 y
 */
record WholeMotion(boolean found, double spread, double[] m) {
    private static final int ROUNDS = 8;
    /** A lens and a rolling shutter bend the motion a little: no tile is expected to follow more closely, in pixels. */
    private static final double BEND = 0.02;

    float dx(float x, float y) {
        return (float) (m[0] + m[1] * x + m[2] * y);
    }

    float dy(float x, float y) {
        return (float) (m[3] + m[4] * x + m[5] * y);
    }

    /** Fits; xx, xy, yy are the tiles' information matrices: inverse squares of their standard errors. */
    static WholeMotion fit(Field field, float[] xx, float[] xy, float[] yy) {
        int n = field.dx().length;
        double[] stray = new double[n];
        double[] m = new double[6];
        double scale = 1;
        for (int round = 0; round < ROUNDS; round++) {
            var a = new DMatrixRMaj(6, 6);
            var b = new DMatrixRMaj(6, 1);
            for (int t = 0; t < n; t++) {
                double r = stray[t] / scale;
                // A tile that claims to know its place to a thousandth still is no better than the bend.
                double know = xx[t] + yy[t];
                double w = round == 0 ? 1 : 1 / (1 + r * r);
                w /= 1 + know * BEND * BEND;
                add(a, b, field, t, w * xx[t], w * xy[t], w * yy[t]);
            }
            for (int i = 0; i < 6; i++) {
                // Where nothing is known about turning and growing, there is none.
                a.add(i, i, i == 0 || i == 3 ? 1e-9 : 1e-3 * n);
            }
            var x = new DMatrixRMaj(6, 1);
            if (!CommonOps_DDRM.solve(a, b, x)) {
                return new WholeMotion(false, 0, m);
            }
            m = x.data.clone();
            scale = Math.max(BEND, median(field, m, xx, yy, stray));
        }
        boolean found = java.util.stream.IntStream.range(0, n)
                        .filter(t -> knows(xx[t], yy[t]))
                        .count()
                >= 4;
        return new WholeMotion(found, scale, m);
    }

    private static void add(DMatrixRMaj a, DMatrixRMaj b, Field f, int t, double wxx, double wxy, double wyy) {
        double[] p = {1, f.first() + (t % f.columns()) * f.pitch(), f.first() + (t / f.columns()) * f.pitch()};
        double rx = wxx * f.dx()[t] + wxy * f.dy()[t];
        double ry = wxy * f.dx()[t] + wyy * f.dy()[t];
        for (int i = 0; i < 3; i++) {
            b.add(i, 0, p[i] * rx);
            b.add(i + 3, 0, p[i] * ry);
            for (int j = 0; j < 3; j++) {
                double pp = p[i] * p[j];
                a.add(i, j, pp * wxx);
                a.add(i, j + 3, pp * wxy);
                a.add(i + 3, j, pp * wxy);
                a.add(i + 3, j + 3, pp * wyy);
            }
        }
    }

    /** Sets how far each tile strays; the median over those that know. */
    private static double median(Field f, double[] m, float[] xx, float[] yy, double[] stray) {
        double[] known = new double[stray.length];
        int count = 0;
        for (int t = 0; t < stray.length; t++) {
            double x = f.first() + (t % f.columns()) * f.pitch();
            double y = f.first() + (t / f.columns()) * f.pitch();
            stray[t] = Math.hypot(f.dx()[t] - m[0] - m[1] * x - m[2] * y, f.dy()[t] - m[3] - m[4] * x - m[5] * y);
            if (knows(xx[t], yy[t])) {
                known[count++] = stray[t];
            }
        }
        java.util.Arrays.sort(known, 0, count);
        return count == 0 ? 0 : known[count / 2];
    }

    /** Standard errors below a fifth of a pixel, both ways. */
    private static boolean knows(float xx, float yy) {
        return Math.min(xx, yy) > 25;
    }
}
