package dev.fovea.onnx;

/**
 * What values a tensor takes: how many fall into each of {@value #BINS} bins between ± a power of two, which grows with them. From it
 * follows the range that 8 bits had better cover: with the least expected squared error, in which what is cut off weighs against
 * coarser steps (Nagel et al., A White Paper on Neural Network Quantization, 2021, section 3.1).
 */
final class Histogram {
    private static final int BINS = 4096;
    private static final int LEVELS = 255;
    /** Values beyond the least range that is looked at. */
    private static final double NARROWEST = 0.3;

    private static final double STEP = 0.02;

    private final long[] counts = new long[BINS];
    private double reach = 1 / 1024.0;
    private float least;
    private float most;

    /** A range of values that holds zero. */
    record Range(double least, double most) {
        /** From no value to another; the empty range becomes one that can be divided. */
        Range {
            least = Math.min(0, least);
            most = Math.max(most, Math.max(0, least + 1e-6));
        }

        double step() {
            return (most - least) / LEVELS;
        }

        /** Which of the levels stands for zero. */
        int zero() {
            return Math.clamp(Math.round(-least / step()), 0, LEVELS);
        }

        /** The part that lies between two bounds. */
        Range within(double low, double high) {
            return new Range(Math.max(least, low), Math.min(most, high));
        }

        Range and(Range other) {
            return new Range(Math.min(least, other.least), Math.max(most, other.most));
        }
    }

    /** Counts values, every so many of them; what is no finite number is left out. */
    void add(float[] values, int every) {
        for (int i = 0; i < values.length; i += every) {
            float v = values[i];
            if (Float.isFinite(v)) {
                while (Math.abs(v) >= reach) {
                    widen();
                }
                counts[bin(v)]++;
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
        }
    }

    /** The range with the least expected squared error. */
    Range range() {
        double high = best(f -> new Range(least, f * most));
        double low = best(f -> new Range(f * least, high * most));
        return new Range(low * least, high * most);
    }

    private double best(java.util.function.DoubleFunction<Range> candidate) {
        double best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (double f = 1; f >= NARROWEST; f -= STEP) {
            double error = error(candidate.apply(f));
            if (error < least) {
                least = error;
                best = f;
            }
        }
        return best;
    }

    /** The sum of squared errors: of what is cut off, and of rounding, which is a twelfth of a step squared. */
    private double error(Range range) {
        double rounding = range.step() * range.step() / 12;
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                double v = (i + 0.5) * 2 * reach / BINS - reach;
                double cut = Math.max(0, Math.max(v - range.most, range.least - v));
                sum += counts[i] * (cut > 0 ? cut * cut : rounding);
            }
        }
        return sum;
    }

    private int bin(double v) {
        return Math.clamp((long) ((v + reach) * BINS / (2 * reach)), 0, BINS - 1);
    }

    /** Twice the reach: two bins become one. */
    private void widen() {
        var wider = new long[BINS];
        for (int i = 0; i < BINS; i++) {
            wider[BINS / 4 + i / 2] += counts[i];
        }
        System.arraycopy(wider, 0, counts, 0, BINS);
        reach *= 2;
    }
}
