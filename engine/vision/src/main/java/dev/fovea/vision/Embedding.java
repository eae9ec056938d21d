package dev.fovea.vision;

import java.util.Arrays;

/**
 * A face as numbers: the same person's point the same way, whatever the light, the pose and the day. Only numbers of one network can be
 * compared.
 *
 * @param values of unit length; the live array, read only
 * @param quality how far they can be trusted, from 0 (not a face, hidden, blurred, dark or a handful of pixels: compare nothing) to 1
 * @param network the name of the network that gave them
 */
public record Embedding(float[] values, double quality, String network) {
    /** Below this quality a face says too little to be compared. */
    public static final double WORTH = 0.3;

    private static final double UNIT = 1e-3;

    /** Checks the numbers. */
    public Embedding {
        if (values.length == 0 || !(Math.abs(dot(values, values) - 1) < UNIT)) {
            throw new IllegalArgumentException(values.length + " values are not a vector of unit length");
        }
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality is " + quality + ", but must lie between 0 and 1");
        }
    }

    /** Makes numbers of any length unit ones; of such that are all zero, or none at all, the first becomes 1 and the quality 0. */
    static Embedding of(float[] numbers, double quality, String network) {
        double length = Math.sqrt(dot(numbers, numbers));
        var values = new float[numbers.length];
        if (!(length > 0) || !Double.isFinite(length)) {
            values[0] = 1;
            return new Embedding(values, 0, network);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (numbers[i] / length);
        }
        return new Embedding(values, Math.clamp(quality, 0, 1), network);
    }

    /**
     * The cosine of both, from −1 to 1: higher is more alike. From which value on it is the same person depends on the network and on how
     * dear a mistake is; the network's card names one.
     *
     * @throws IllegalArgumentException if they are of different networks
     */
    public double similarity(Embedding other) {
        if (!network.equals(other.network) || values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "Numbers of " + network + " cannot be compared with those of " + other.network);
        }
        return Math.clamp(dot(values, other.values), -1, 1);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding e
                && Arrays.equals(values, e.values)
                && quality == e.quality
                && network.equals(e.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Double.hashCode(quality);
    }

    @Override
    public String toString() {
        return values.length + " numbers of " + network + ", quality " + quality;
    }
}
