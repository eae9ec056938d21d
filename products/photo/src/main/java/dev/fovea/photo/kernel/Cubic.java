package dev.fovea.photo.kernel;

/** Cubic convolution between four neighbours (Keys 1981, a = −1/2). */
public final class Cubic {
    private Cubic() {}

    /** The weights of the samples at −1, 0, 1 and 2 for a place at t, 0..1. */
    public static void weights(float t, float[] w) {
        float t2 = t * t;
        float t3 = t2 * t;
        w[0] = (-t3 + 2 * t2 - t) / 2;
        w[1] = (3 * t3 - 5 * t2 + 2) / 2;
        w[2] = (-3 * t3 + 4 * t2 + t) / 2;
        w[3] = (t3 - t2) / 2;
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
}
