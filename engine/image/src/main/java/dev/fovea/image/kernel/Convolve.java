package dev.fovea.image.kernel;

import dev.fovea.Work;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Convolution with small kernels; beyond the picture its edge continues. Separable kernels run as a column pass into a short row and a row
 * pass out of it, strip by strip, so that only the result goes to memory.
 */
public final class Convolve {
    private static final int BAND = 64;
    private static final int STRIP = 512;

    private Convolve() {}

    /**
     * Sums along taps: to[toAt + i] = Σ weights[at + j] · from[offsets[j] + i], in the order of j. With the offsets of rows it is the column
     * pass, with neighbouring offsets the row pass.
     */
    public static void taps(
            float[] from, int[] offsets, float[] weights, int at, int taps, float[] to, int toAt, int n) {
        int done = Simd.ON ? Lanes.taps(from, offsets, weights, at, taps, to, toAt, n) : 0;
        for (int i = done; i < n; i++) {
            float sum = weights[at] * from[offsets[0] + i];
            for (int j = 1; j < taps; j++) {
                sum = Math.fma(weights[at + j], from[offsets[j] + i], sum);
            }
            to[toAt + i] = sum;
        }
    }

    /** A plane convolved with the outer product of a symmetric kernel of odd length with itself. */
    public static void separable(float[] from, int width, int height, float[] weights, float[] to) {
        int taps = weights.length;
        int radius = taps / 2;
        Work.rows(height, BAND, (top, bottom) -> {
            var rows = new int[taps];
            int[] along = IntStream.range(0, taps).toArray();
            var strip = new float[STRIP + 2 * radius];
            for (int x = 0; x < width; x += STRIP) {
                int n = Math.min(STRIP, width - x);
                int left = Math.max(0, x - radius);
                int right = Math.min(width, x + n + radius);
                int at = left - (x - radius);
                for (int y = top; y < bottom; y++) {
                    for (int j = 0; j < taps; j++) {
                        rows[j] = clamp(y + j - radius, height) * width + left;
                    }
                    taps(from, rows, weights, 0, taps, strip, at, right - left);
                    extend(strip, at, at + right - left, n + 2 * radius);
                    taps(strip, along, weights, 0, taps, to, y * width + x, n);
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
        int done = Simd.ON ? Lanes.threeRow(f, a, b, c, k, to, at, n) : 0;
        for (int i = done; i < n; i++) {
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

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
        private static final int V = S.length();

        static int taps(float[] from, int[] offsets, float[] weights, int at, int taps, float[] to, int toAt, int n) {
            int i = 0;
            if (taps == 2) {
                return two(from, offsets[0], offsets[1], weights[at], weights[at + 1], to, toAt, n);
            }
            for (; i <= n - 4 * V; i += 4 * V) {
                four(from, offsets, weights, at, taps, to, toAt, i);
            }
            for (; i <= n - V; i += V) {
                one(from, offsets, weights, at, taps, to, toAt, i);
            }
            return i;
        }

        /** Four vectors at a time: each weight is spread once, and four sums hide the latency of the addition. */
        private static void four(
                float[] from, int[] offsets, float[] weights, int at, int taps, float[] to, int toAt, int i) {
            FloatVector w = FloatVector.broadcast(S, weights[at]);
            int o = offsets[0] + i;
            FloatVector a = FloatVector.fromArray(S, from, o).mul(w);
            FloatVector b = FloatVector.fromArray(S, from, o + V).mul(w);
            FloatVector c = FloatVector.fromArray(S, from, o + 2 * V).mul(w);
            FloatVector d = FloatVector.fromArray(S, from, o + 3 * V).mul(w);
            for (int j = 1; j < taps; j++) {
                w = FloatVector.broadcast(S, weights[at + j]);
                o = offsets[j] + i;
                a = FloatVector.fromArray(S, from, o).fma(w, a);
                b = FloatVector.fromArray(S, from, o + V).fma(w, b);
                c = FloatVector.fromArray(S, from, o + 2 * V).fma(w, c);
                d = FloatVector.fromArray(S, from, o + 3 * V).fma(w, d);
            }
            a.intoArray(to, toAt + i);
            b.intoArray(to, toAt + i + V);
            c.intoArray(to, toAt + i + 2 * V);
            d.intoArray(to, toAt + i + 3 * V);
        }

        /** Two taps, the most frequent sum: without the inner loop. */
        private static int two(float[] from, int a, int b, float wa, float wb, float[] to, int toAt, int n) {
            FloatVector u = FloatVector.broadcast(S, wa);
            FloatVector v = FloatVector.broadcast(S, wb);
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector first = FloatVector.fromArray(S, from, a + i).mul(u);
                FloatVector.fromArray(S, from, b + i).fma(v, first).intoArray(to, toAt + i);
            }
            return i;
        }

        private static void one(
                float[] from, int[] offsets, float[] weights, int at, int taps, float[] to, int toAt, int i) {
            FloatVector a = FloatVector.fromArray(S, from, offsets[0] + i).mul(weights[at]);
            for (int j = 1; j < taps; j++) {
                FloatVector w = FloatVector.broadcast(S, weights[at + j]);
                a = FloatVector.fromArray(S, from, offsets[j] + i).fma(w, a);
            }
            a.intoArray(to, toAt + i);
        }

        static int threeRow(float[] f, int a, int b, int c, float[] k, float[] to, int at, int n) {
            FloatVector k0 = FloatVector.broadcast(S, k[0]);
            FloatVector k1 = FloatVector.broadcast(S, k[1]);
            FloatVector k2 = FloatVector.broadcast(S, k[2]);
            FloatVector k3 = FloatVector.broadcast(S, k[3]);
            FloatVector k4 = FloatVector.broadcast(S, k[4]);
            FloatVector k5 = FloatVector.broadcast(S, k[5]);
            FloatVector k6 = FloatVector.broadcast(S, k[6]);
            FloatVector k7 = FloatVector.broadcast(S, k[7]);
            FloatVector k8 = FloatVector.broadcast(S, k[8]);
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector top = line(f, a + i, k0, k1, k2);
                FloatVector mid = line(f, b + i, k3, k4, k5);
                FloatVector low = line(f, c + i, k6, k7, k8);
                top.add(mid).add(low).intoArray(to, at + i);
            }
            return i;
        }

        private static FloatVector line(float[] f, int at, FloatVector l, FloatVector m, FloatVector r) {
            FloatVector sum = FloatVector.fromArray(S, f, at - 1).mul(l);
            sum = FloatVector.fromArray(S, f, at).fma(m, sum);
            return FloatVector.fromArray(S, f, at + 1).fma(r, sum);
        }
    }
}
