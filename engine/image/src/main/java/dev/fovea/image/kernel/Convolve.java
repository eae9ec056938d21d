package dev.fovea.image.kernel;

import dev.fovea.Work;

/**
 * Convolution with small kernels; beyond the picture its edge continues. Separable kernels run as a column pass into a short row and a row
 * pass out of it, strip by strip, so that only the result goes to memory.
 */
public final class Convolve {
    private static final int BAND = 64;
    private static final int STRIP = 1024;

    private Convolve() {}

    /** The column pass: to[toAt + i] = Σ weights[at + j] · from[rows[j] + i], in the order of j. */
    public static void columns(
            float[] from, int[] rows, float[] weights, int at, int taps, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            float sum = weights[at] * from[rows[0] + i];
            for (int j = 1; j < taps; j++) {
                sum = Math.fma(weights[at + j], from[rows[j] + i], sum);
            }
            to[toAt + i] = sum;
        }
    }

    /** The row pass: to[toAt + i] = Σ weights[j] · from[at + i + j], in the order of j. */
    public static void row(float[] from, int at, float[] weights, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            float sum = weights[0] * from[at + i];
            for (int j = 1; j < weights.length; j++) {
                sum = Math.fma(weights[j], from[at + i + j], sum);
            }
            to[toAt + i] = sum;
        }
    }

    /** A plane convolved with the outer product of a symmetric kernel of odd length with itself. */
    public static void separable(float[] from, int width, int height, float[] weights, float[] to) {
        int radius = weights.length / 2;
        Work.rows(height, BAND, (top, bottom) -> {
            var rows = new int[weights.length];
            var strip = new float[STRIP + 2 * radius];
            for (int x = 0; x < width; x += STRIP) {
                int n = Math.min(STRIP, width - x);
                int left = Math.max(0, x - radius);
                int right = Math.min(width, x + n + radius);
                for (int y = top; y < bottom; y++) {
                    for (int j = 0; j < rows.length; j++) {
                        rows[j] = clamp(y + j - radius, height) * width + left;
                    }
                    int at = left - (x - radius);
                    columns(from, rows, weights, 0, rows.length, strip, at, right - left);
                    extend(strip, at, at + right - left, n + 2 * radius);
                    row(strip, 0, weights, to, y * width + x, n);
                }
            }
        });
    }

    /** A plane convolved with nine weights, row by row of the kernel. */
    public static void three(float[] from, int width, int height, float[] nine, float[] to) {
        Work.rows(height, BAND, (top, bottom) -> {
            for (int y = top; y < bottom; y++) {
                int above = Math.max(0, y - 1) * width;
                int below = Math.min(height - 1, y + 1) * width;
                edges(from, above, y * width, below, width, nine, to);
                threeRow(from, above + 1, y * width + 1, below + 1, nine, to, y * width + 1, width - 2);
            }
        });
    }

    static void threeRow(float[] f, int a, int b, int c, float[] k, float[] to, int at, int n) {
        for (int i = 0; i < n; i++) {
            float top = Math.fma(k[2], f[a + i + 1], Math.fma(k[1], f[a + i], k[0] * f[a + i - 1]));
            float mid = Math.fma(k[5], f[b + i + 1], Math.fma(k[4], f[b + i], k[3] * f[b + i - 1]));
            float low = Math.fma(k[8], f[c + i + 1], Math.fma(k[7], f[c + i], k[6] * f[c + i - 1]));
            to[at + i] = top + mid + low;
        }
    }

    private static void edges(float[] f, int a, int b, int c, int width, float[] k, float[] to) {
        for (int x = 0; x < width; x += Math.max(1, width - 1)) {
            int l = Math.max(0, x - 1);
            int r = Math.min(width - 1, x + 1);
            float top = Math.fma(k[2], f[a + r], Math.fma(k[1], f[a + x], k[0] * f[a + l]));
            float mid = Math.fma(k[5], f[b + r], Math.fma(k[4], f[b + x], k[3] * f[b + l]));
            float low = Math.fma(k[8], f[c + r], Math.fma(k[7], f[c + x], k[6] * f[c + l]));
            to[b + x] = top + mid + low;
        }
    }

    /** The weights of a Gaussian cut off at three sigma, adding up to 1. */
    public static float[] gaussian(double sigma) {
        return gaussian(sigma, Math.max(1, (int) Math.ceil(3 * sigma)));
    }

    /** The weights of a Gaussian cut off at a radius, adding up to 1. */
    public static float[] gaussian(double sigma, int radius) {
        var w = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            double d = (i - radius) / sigma;
            w[i] = Math.exp(-0.5 * d * d);
            sum += w[i];
        }
        var f = new float[w.length];
        for (int i = 0; i < w.length; i++) {
            f[i] = (float) (w[i] / sum);
        }
        return f;
    }

    /** Continues the values of a row that lie from..to over 0..length. */
    static void extend(float[] row, int from, int to, int length) {
        for (int i = 0; i < from; i++) {
            row[i] = row[from];
        }
        for (int i = to; i < length; i++) {
            row[i] = row[to - 1];
        }
    }

    static int clamp(int i, int n) {
        return Math.max(0, Math.min(n - 1, i));
    }
}
