package dev.fovea.image;

import java.util.Arrays;

/**
 * How noisy the values of a developed plane are at every level: tone curves and a camera's own denoising leave no simple law.
 *
 * @param sigma the standard deviation at equally spaced levels, the first at 0, the last at 1; at least two
 * @param grain how much coarser than white noise it is: the standard deviation of means of 2×2 pixels over what white noise of that
 *     sigma would have; 1 is white, up to 2 blotchy
 */
public record NoiseCurve(float[] sigma, float grain) {
    /** Checks the count and that nothing is negative. */
    public NoiseCurve {
        if (sigma.length < 2 || !(grain > 0)) {
            throw new IllegalArgumentException(sigma.length + " levels of noise with a grain of " + grain);
        }
        for (float s : sigma) {
            if (!(s >= 0)) {
                throw new IllegalArgumentException("a standard deviation of " + s);
            }
        }
    }

    /** The standard deviation at a level; levels beyond 0..1 count as the nearest. */
    public float at(float level) {
        float x = Math.clamp(level, 0f, 1f) * (sigma.length - 1);
        int i = Math.min((int) x, sigma.length - 2);
        return sigma[i] + (x - i) * (sigma[i + 1] - sigma[i]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoiseCurve c && c.grain == grain && Arrays.equals(c.sigma, sigma);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sigma) + Float.hashCode(grain);
    }
}
