package dev.fovea.photo.kernel;

/**
 * Weights of the four samples around a place, at −1, 0, 1 and 2 from the sample before it, tabulated in 1/256 of a pixel; and what is
 * done with them.
 */
public final class Taps {
    /** Samples that are weighed. */
    public static final int COUNT = 4;

    private static final int FRACTIONS = 256;
    private static final Taps CUBIC = new Taps();

    private final float[][] weights = new float[FRACTIONS + 1][COUNT];

    static {
        for (int i = 0; i <= FRACTIONS; i++) {
            float t = i / (float) FRACTIONS;
            float t2 = t * t;
            float t3 = t2 * t;
            CUBIC.weights[i][0] = (-t3 + 2 * t2 - t) / 2;
            CUBIC.weights[i][1] = (3 * t3 - 5 * t2 + 2) / 2;
            CUBIC.weights[i][2] = (-3 * t3 + 4 * t2 + t) / 2;
            CUBIC.weights[i][3] = (t3 - t2) / 2;
        }
    }

    private Taps() {}

    /** Cubic convolution (Keys 1981, a = −1/2). */
    public static Taps cubic() {
        return CUBIC;
    }

    /** A Gaussian that is 1 at the place itself. */
    public static Taps gaussian(double sigma) {
        var taps = new Taps();
        for (int i = 0; i <= FRACTIONS; i++) {
            for (int k = 0; k < COUNT; k++) {
                double z = (k - 1 - i / (double) FRACTIONS) / sigma;
                taps.weights[i][k] = (float) Math.exp(-0.5 * z * z);
            }
        }
        return taps;
    }

    /** The weights for a place so far behind a sample, 0..1; read only. */
    public float[] at(double fraction) {
        return weights[(int) (fraction * FRACTIONS + 0.5)];
    }

    /** Mixes four rows that begin at r0 to r3: {@code out[o + i] = sum of w[k] in[rk + i]}. The JIT makes vectors of it. */
    public static void rows(float[] in, int r0, int r1, int r2, int r3, float[] w, float[] out, int o, int n) {
        float a = w[0];
        float b = w[1];
        float c = w[2];
        float d = w[3];
        for (int i = 0; i < n; i++) {
            out[o + i] = a * in[r0 + i] + b * in[r1 + i] + c * in[r2 + i] + d * in[r3 + i];
        }
    }

    /** Adds a mix of four rows, {@code stride} apart, the first at r. */
    public static void add(float[] in, int r, int stride, float[] w, float scale, float[] out, int o, int n) {
        float a = w[0] * scale;
        float b = w[1] * scale;
        float c = w[2] * scale;
        float d = w[3] * scale;
        int r1 = r + stride;
        int r2 = r1 + stride;
        int r3 = r2 + stride;
        for (int i = 0; i < n; i++) {
            out[o + i] += a * in[r + i] + b * in[r1 + i] + c * in[r2 + i] + d * in[r3 + i];
        }
    }

    /** One result: {@code sum of w[k] in[i + k]}. */
    public static float mix(float[] in, int i, float[] w) {
        return w[0] * in[i] + w[1] * in[i + 1] + w[2] * in[i + 2] + w[3] * in[i + 3];
    }
}
