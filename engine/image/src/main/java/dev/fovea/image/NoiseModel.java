package dev.fovea.image;

/**
 * How noisy a sensor's values are: variance = read + shot · x for a normalised value x in 0..1 (DNG 1.4, NoiseProfile; Foi 2008).
 *
 * @param read the variance at black, of the electronics
 * @param shot the slope of the variance, of the photons
 */
public record NoiseModel(double read, double shot) {
    /** Checks that both are finite and not negative. */
    public NoiseModel {
        if (!(read >= 0 && read < 1e3 && shot >= 0 && shot < 1e3)) {
            throw new IllegalArgumentException(
                    "noise of variance " + read + " + " + shot + " x: both must be finite and at least 0");
        }
    }

    /** The variance at a normalised value; negative values count as black. */
    public double variance(double x) {
        return read + shot * Math.max(0, x);
    }

    /** The model after all values were multiplied by a factor. */
    public NoiseModel scaled(double factor) {
        return new NoiseModel(read * factor * factor, shot * factor);
    }
}
