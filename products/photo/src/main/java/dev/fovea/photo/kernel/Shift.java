package dev.fovea.photo.kernel;

import dev.fovea.image.kernel.Simd;
import dev.fovea.image.kernel.TileFft;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads 16×16 tiles at sub-pixel places: separable interpolation by six taps of Lanczos' windowed sinc (a = 3, made to sum to 1), at
 * one of 64 fractions. {@link #response} tells what the interpolation does to every frequency, so that a merge can undo it.
 */
public final class Shift {
    /** Taps of the interpolation. */
    public static final int TAPS = 6;
    /** Taps left of the place. */
    public static final int BEFORE = 2;
    /** Samples needed along a side. */
    public static final int SIDE = TileFft.N + TAPS - 1;
    /** Positions between two pixels. */
    public static final int FRACTIONS = 64;

    private static final int N = TileFft.N;
    private static final float[][] WEIGHTS = new float[FRACTIONS][TAPS];
    private static final float[][] RESPONSE = new float[FRACTIONS][TileFft.N];

    static {
        for (int f = 0; f < FRACTIONS; f++) {
            double t = f / (double) FRACTIONS;
            double sum = 0;
            double[] w = new double[TAPS];
            for (int k = 0; k < TAPS; k++) {
                w[k] = lanczos(k - BEFORE - t);
                sum += w[k];
            }
            for (int k = 0; k < TAPS; k++) {
                WEIGHTS[f][k] = (float) (w[k] / sum);
            }
            for (int v = 0; v < TileFft.N; v++) {
                int frequency = Math.min(v, TileFft.N - v);
                double real = 0;
                for (int k = 0; k < TAPS; k++) {
                    real += WEIGHTS[f][k] * Math.cos(2 * Math.PI * frequency * (k - BEFORE - t) / TileFft.N);
                }
                RESPONSE[f][v] = (float) real;
            }
        }
    }

    private Shift() {}

    /**
     * The interpolation's response at frequency v of 16: the real part. What is left of phase is below 3 % up to 5/8 of Nyquist, and 12 %
     * at 3/4.
     */
    public static float response(int fraction, int v) {
        return RESPONSE[fraction][v];
    }

    /** The taps' weights at a fraction. */
    static float[] weights(int fraction) {
        return WEIGHTS[fraction];
    }

    /**
     * Reads one tile into its lane of a batch.
     *
     * @param in rows of samples; 21×21 from {@code i} on are read, beginning two before the tile (16×16 if not moved)
     * @param fx fraction to the right, 0..63; likewise fy down
     * @param moved whether to interpolate at all
     * @param temporary 21 · 16 floats
     * @param out the batch
     */
    public static void tile(
            float[] in, int i, int stride, int fx, int fy, boolean moved, float[] temporary, float[] out, int lane) {
        if (!moved) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    out[(y * N + x) * TileFft.LANES + lane] = in[i + y * stride + x];
                }
            }
        } else if (Simd.ON) {
            Lanes.tile(in, i, stride, WEIGHTS[fx], WEIGHTS[fy], temporary, out, lane);
        } else {
            tileScalar(in, i, stride, WEIGHTS[fx], WEIGHTS[fy], temporary, out, lane);
        }
    }

    static void tileScalar(
            float[] in, int i, int stride, float[] a, float[] b, float[] temporary, float[] out, int lane) {
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < N; x++) {
                temporary[y * N + x] = taps(in, i + y * stride + x, 1, a);
            }
        }
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                out[(y * N + x) * TileFft.LANES + lane] = taps(temporary, y * N + x, N, b);
            }
        }
    }

    private static float taps(float[] in, int p, int step, float[] w) {
        float v = in[p] * w[0];
        for (int k = 1; k < TAPS; k++) {
            v = Math.fma(in[p + k * step], w[k], v);
        }
        return v;
    }

    /** The same, eight neighbours to a vector; bit-equal. */
    static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        static void tile(
                float[] in, int i, int stride, float[] a, float[] b, float[] temporary, float[] out, int lane) {
            across(in, i, stride, a, temporary);
            down(temporary, b);
            for (int k = 0; k < N * N; k++) {
                out[k * TileFft.LANES + lane] = temporary[k];
            }
        }

        private static void across(float[] in, int i, int stride, float[] w, float[] out) {
            var w0 = FloatVector.broadcast(S, w[0]);
            var w1 = FloatVector.broadcast(S, w[1]);
            var w2 = FloatVector.broadcast(S, w[2]);
            var w3 = FloatVector.broadcast(S, w[3]);
            var w4 = FloatVector.broadcast(S, w[4]);
            var w5 = FloatVector.broadcast(S, w[5]);
            for (int k = 0; k < 2 * SIDE; k++) {
                int p = i + (k >> 1) * stride + (k & 1) * 8;
                var v = at(in, p).mul(w0);
                v = at(in, p + 1).fma(w1, v);
                v = at(in, p + 2).fma(w2, v);
                v = at(in, p + 3).fma(w3, v);
                v = at(in, p + 4).fma(w4, v);
                at(in, p + 5).fma(w5, v).intoArray(out, k * 8);
            }
        }

        /** In place: row y of the result lies where row y was, which nobody reads again. */
        private static void down(float[] rows, float[] w) {
            var w0 = FloatVector.broadcast(S, w[0]);
            var w1 = FloatVector.broadcast(S, w[1]);
            var w2 = FloatVector.broadcast(S, w[2]);
            var w3 = FloatVector.broadcast(S, w[3]);
            var w4 = FloatVector.broadcast(S, w[4]);
            var w5 = FloatVector.broadcast(S, w[5]);
            for (int p = 0; p < N * N; p += 8) {
                var v = at(rows, p).mul(w0);
                v = at(rows, p + N).fma(w1, v);
                v = at(rows, p + 2 * N).fma(w2, v);
                v = at(rows, p + 3 * N).fma(w3, v);
                v = at(rows, p + 4 * N).fma(w4, v);
                at(rows, p + 5 * N).fma(w5, v).intoArray(rows, p);
            }
        }

        private static FloatVector at(float[] a, int i) {
            return FloatVector.fromArray(S, a, i);
        }
    }

    private static double lanczos(double x) {
        if (x == 0) {
            return 1;
        }
        double p = Math.PI * x;
        return Math.abs(x) >= 3 ? 0 : 3 * Math.sin(p) * Math.sin(p / 3) / (p * p);
    }
}
