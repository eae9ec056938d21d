package dev.fovea.photo;

import java.util.function.DoubleUnaryOperator;

/**
 * Makes noise the same everywhere: {@code f(x) = integral of 1 / sigma(x)} turns values whose noise grows with light into values of unit
 * noise (Anscombe 1948, for any noise). The way back, of an average of such values, is the exact unbiased inverse of Mäkitalo and Foi
 * (2011): the x for which the mean of f over x's own noise is the given value; the plain inverse would darken the shadows.
 */
final class Stabiliser {
    private static final int STEPS = 8192;

    private final float low;
    private final float perStep;
    private final float[] forward = new float[STEPS + 1];
    private final float[] inverse = new float[STEPS + 1];
    private final float first;
    private final float scale;

    /**
     * @param variance the noise's variance at a value; where it is 0 a floor is used
     * @param low the smallest value, below black by some noise
     * @param high the largest value
     */
    Stabiliser(DoubleUnaryOperator variance, double low, double high) {
        double step = (high - low) / STEPS;
        this.low = (float) low;
        this.perStep = (float) (1 / step);
        double[] sigma = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            sigma[i] = Math.sqrt(Math.max(1e-10, variance.applyAsDouble(low + i * step)));
        }
        double sum = 0;
        for (int i = 1; i <= STEPS; i++) {
            sum += step * 0.5 * (1 / sigma[i - 1] + 1 / sigma[i]);
            forward[i] = (float) sum;
        }
        float[] mean = means(sigma, step);
        first = mean[0];
        scale = STEPS / (mean[STEPS] - mean[0]);
        invert(mean, step);
    }

    /** The value of unit noise. */
    float forward(float x) {
        return look(forward, (x - low) * perStep);
    }

    /** The values of unit noise of n values. */
    void forward(float[] in, int i, float[] out, int o, int n) {
        for (int k = 0; k < n; k++) {
            out[o + k] = look(forward, (in[i + k] - low) * perStep);
        }
    }

    /** The value whose stabilised mean is y. */
    float inverse(float y) {
        return look(inverse, (y - first) * scale);
    }

    /** The table between its points, the ends beyond it. */
    private static float look(float[] table, float p) {
        float q = Math.min(Math.max(p, 0), STEPS);
        int i = Math.min((int) q, STEPS - 1);
        return table[i] + (q - i) * (table[i + 1] - table[i]);
    }

    /** E f(x + sigma z) for standard normal z at every grid point, made increasing. */
    private float[] means(double[] sigma, double step) {
        float[] mean = new float[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double sum = 0;
            double weights = 0;
            for (double z = -3; z <= 3; z += 0.25) {
                double w = Math.exp(-z * z / 2);
                // Straight on beyond the ends, so that both ends stay unbiased.
                double x = low + i * step + z * sigma[i];
                double over = Math.max(0, x - low - STEPS * step) - Math.max(0, low - x);
                sum += w * (forward((float) x) + over / sigma[i]);
                weights += w;
            }
            mean[i] = (float) (sum / weights);
            if (i > 0) {
                mean[i] = Math.max(mean[i], Math.nextUp(mean[i - 1]));
            }
        }
        return mean;
    }

    private void invert(float[] mean, double step) {
        int j = 0;
        for (int i = 0; i <= STEPS; i++) {
            float y = first + i / scale;
            while (j < STEPS - 1 && mean[j + 1] < y) {
                j++;
            }
            double t = Math.clamp((y - mean[j]) / (double) (mean[j + 1] - mean[j]), 0, 1);
            inverse[i] = (float) (low + (j + t) * step);
        }
    }
}
