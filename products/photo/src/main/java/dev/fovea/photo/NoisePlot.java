package dev.fovea.photo;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;

/** Draws the standard deviation of noise over brightness, both from 0 at the lower left to 1 and 0.1. */
final class NoisePlot {
    private static final int SIZE = 256;
    private static final double TOP = 0.1;

    private NoisePlot() {}

    static Image of(NoiseModel noise) {
        float[] out = new float[SIZE * SIZE];
        java.util.Arrays.fill(out, 1);
        for (int i = 0; i < SIZE; i += SIZE / 8) {
            for (int k = 0; k < SIZE; k++) {
                out[i * SIZE + k] = 0.8f;
                out[k * SIZE + i] = 0.8f;
            }
        }
        int before = row(noise, 0);
        for (int x = 0; x < SIZE; x++) {
            int y = row(noise, x / (SIZE - 1.0));
            for (int k = Math.min(y, before); k <= Math.max(y, before); k++) {
                out[k * SIZE + x] = 0;
            }
            before = y;
        }
        return Image.of(SIZE, SIZE, Colour.GREY, out);
    }

    private static int row(NoiseModel noise, double x) {
        double sigma = Math.sqrt(noise.variance(x));
        return Math.clamp(Math.round((1 - sigma / TOP) * (SIZE - 1)), 0, SIZE - 1);
    }
}
