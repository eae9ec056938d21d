package dev.fovea.photo;

import dev.fovea.image.Transfer;
import java.util.function.DoubleUnaryOperator;

/**
 * Gives averages of display values the light that they lost. The display scale bends: the mean of noisy display values shows less light
 * than the noisy values themselves showed (Jensen's inequality), which would darken shadows as noise goes.
 */
final class KeptLight {
    private static final int STEPS = 1024;
    /** Noise that comes nearer to black than so many deviations was cut off there, which brightened about as much as averaging darkens. */
    private static final double CLEAR = 2;

    private final float[] table = new float[STEPS + 1];

    /** @param removed the variance of the noise that was averaged away, at a display value 0..1 */
    KeptLight(DoubleUnaryOperator removed) {
        for (int i = 0; i <= STEPS; i++) {
            double v = i / (double) STEPS;
            double sigma = Math.sqrt(removed.applyAsDouble(v));
            double sum = 0;
            double weights = 0;
            for (double z = -3; z <= 3; z += 0.25) {
                double w = Math.exp(-z * z / 2);
                sum += w * light(v + z * sigma);
                weights += w;
            }
            double whole = Math.clamp(v / (CLEAR * sigma + 1e-9), 0, 1);
            table[i] = (float) (v + whole * whole * (Transfer.encode(Math.max(0, sum / weights)) - v));
        }
    }

    /** Straight on below black, as light is: there noise loses nothing. */
    private static double light(double display) {
        return Math.copySign(Transfer.decode(Math.abs(display)), display);
    }

    /** The display value of the light that a mean display value stands for, 0..1. */
    float apply(float mean) {
        float p = Math.clamp(mean, 0f, 1f) * STEPS;
        int i = Math.min((int) p, STEPS - 1);
        return Math.min(1, table[i] + (p - i) * (table[i + 1] - table[i]));
    }
}
