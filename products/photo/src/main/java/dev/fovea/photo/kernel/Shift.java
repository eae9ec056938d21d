package dev.fovea.photo.kernel;

import dev.fovea.image.kernel.TileFft;

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
    /** Floats per row of the samples. */
    public static final int STRIDE = 24;
    /** Positions between two pixels. */
    public static final int FRACTIONS = 64;

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

    /** The interpolation's response at frequency v of 16 (the real part; what is left of phase is below 3 % up to 0.8 Nyquist). */
    public static float response(int fraction, int v) {
        return RESPONSE[fraction][v];
    }

    /**
     * Interpolates one tile.
     *
     * @param in 21×21 samples, 24 to a row, beginning two before the tile
     * @param fx fraction to the right, 0..63; likewise fy down
     * @param temporary 21 · 16 floats
     * @param out 16×16 values, row-major
     */
    public static void tile(float[] in, int fx, int fy, float[] temporary, float[] out) {
        float[] a = WEIGHTS[fx];
        for (int y = 0; y < SIDE; y++) {
            row(in, y * STRIDE, 1, a, temporary, y * TileFft.N);
        }
        float[] b = WEIGHTS[fy];
        for (int y = 0; y < TileFft.N; y++) {
            row(temporary, y * TileFft.N, TileFft.N, b, out, y * TileFft.N);
        }
    }

    private static void row(float[] in, int i, int step, float[] w, float[] out, int o) {
        for (int x = 0; x < TileFft.N; x++) {
            int p = i + x;
            out[o + x] = w[0] * in[p]
                    + w[1] * in[p + step]
                    + w[2] * in[p + 2 * step]
                    + w[3] * in[p + 3 * step]
                    + w[4] * in[p + 4 * step]
                    + w[5] * in[p + 5 * step];
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
