package dev.fovea.photo;

import java.util.Arrays;

/** The steps in which cameras bracket. */
final class BracketSteps {
    private static final double LN2 = Math.log(2);
    /** Steps on the dials, in stops, whole stops first: they are the likelier ones. */
    private static final double[] WHOLE = {1, 2, 3, 4};

    private static final double[] PARTS = {
        1 / 3.0, 1 / 2.0, 2 / 3.0, 4 / 3.0, 3 / 2.0, 5 / 3.0, 7 / 3.0, 5 / 2.0, 8 / 3.0
    };
    /** How far, as a factor, the exponent that pictures do not tell may be off. */
    private static final double DOUBT = 1.35;
    /** How even steps must be, relative to their mean. */
    private static final double EVEN = 0.12;

    private BracketSteps() {}

    /**
     * Stretches evenly stepped exposures to the likeliest step that a camera offers; leaves others as they are.
     *
     * @param logs natural logarithms of the exposures, in any order
     */
    static double[] snap(double[] logs) {
        double[] sorted = Arrays.stream(logs).sorted().toArray();
        double mean = (sorted[sorted.length - 1] - sorted[0]) / (sorted.length - 1);
        for (int i = 1; i < sorted.length; i++) {
            if (Math.abs(sorted[i] - sorted[i - 1] - mean) > EVEN * mean) {
                return logs;
            }
        }
        double step = likeliest(mean / LN2) * LN2;
        return Arrays.stream(logs)
                .map(l -> Math.rint((l - logs[0]) / mean) * step)
                .toArray();
    }

    /** The dial's step nearest in ratio, a whole one counting as twice as near; the step itself if none lies within the doubt. */
    private static double likeliest(double stops) {
        double best = stops;
        double least = Math.log(DOUBT);
        for (double s : WHOLE) {
            if (Math.abs(Math.log(s / stops)) < least) {
                least = Math.abs(Math.log(s / stops));
                best = s;
            }
        }
        least /= 2;
        for (double s : PARTS) {
            if (Math.abs(Math.log(s / stops)) < least) {
                least = Math.abs(Math.log(s / stops));
                best = s;
            }
        }
        return best;
    }
}
