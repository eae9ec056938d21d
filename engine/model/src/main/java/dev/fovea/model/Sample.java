package dev.fovea.model;

import java.util.Arrays;

/**
 * Durations of one variant, round by round; in each round every variant had its turn.
 *
 * @param own what the call itself took, in milliseconds: processor time where it runs in its caller's thread alone, so that other programs
 *     do not count; else as {@code wall}
 * @param wall what passed meanwhile
 */
record Sample(double[] own, double[] wall) {
    /** Of a normal distribution, 99 % lie within so many standard deviations. */
    private static final double SURE = 2.576;

    /** Fewer pairs prove nothing. */
    private static final int FEWEST = 9;

    double own(double quantile) {
        return quantile(own, quantile);
    }

    /**
     * How long this takes in relation to another variant, round by round, so that what slows both down cancels out: the median, with a
     * confidence interval of 99 % from the ranks of the ratios (Conover, Practical Nonparametric Statistics, section 3.2).
     */
    Ratio to(Sample other, boolean alone) {
        double[] mine = alone ? own : wall;
        double[] theirs = alone ? other.own : other.wall;
        int n = Math.min(mine.length, theirs.length);
        var ratios = new double[n];
        Arrays.setAll(ratios, i -> mine[i] / theirs[i]);
        Arrays.sort(ratios);
        int rank = (int) Math.floor(n / 2.0 - SURE * Math.sqrt(n) / 2) - 1;
        boolean known = n >= FEWEST && rank >= 0;
        return new Ratio(
                n == 0 ? Double.NaN : ratios[n / 2],
                known ? ratios[rank] : 0,
                known ? ratios[n - 1 - rank] : Double.POSITIVE_INFINITY);
    }

    /**
     * A ratio of durations.
     *
     * @param median most likely
     * @param least not below it, quite surely
     * @param most not above it, quite surely
     */
    record Ratio(double median, double least, double most) {}

    private static double quantile(double[] values, double quantile) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.clamp((long) Math.ceil(quantile * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
