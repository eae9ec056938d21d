package dev.fovea.photo.kernel;

import java.util.SplittableRandom;

/** Numbers to test kernels with. */
final class Values {
    private static final float[] EXTREMES = {0, -0f, 1, -1, 1e-30f, Float.MIN_VALUE, 65504, -65504, 1e6f};

    private Values() {}

    /** Standard normal numbers. */
    static float[] noise(int n, long seed) {
        var random = new SplittableRandom(seed);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Numbers from 0 to 1. */
    static float[] shares(int n, long seed) {
        var random = new SplittableRandom(seed);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** Standard normal numbers with one extreme among twenty. */
    static float[] wild(int n, long seed) {
        var random = new SplittableRandom(seed);
        float[] values = noise(n, seed + 1);
        for (int i = 0; i < n; i++) {
            if (random.nextInt(20) == 0) {
                values[i] = EXTREMES[random.nextInt(EXTREMES.length)];
            }
        }
        return values;
    }
}
