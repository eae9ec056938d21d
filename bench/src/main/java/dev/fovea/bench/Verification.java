package dev.fovea.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well scores tell pairs of one person from pairs of two.
 *
 * @param scores of every pair; higher is more alike
 * @param same whether it is one person
 */
record Verification(double[] scores, boolean[] same) {
    private static final int FOLDS = 10;

    /**
     * The mean share of right answers over ten parts of the pairs, each with the threshold that is best on the nine others (Huang et al.,
     * Labeled Faces in the Wild, 2007); every tenth pair of a kind is in the same part.
     */
    double accuracy() {
        int[] part = parts();
        int right = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int left = fold;
            double threshold = threshold(
                    IntStream.range(0, part.length).filter(i -> part[i] != left).toArray());
            right += (int) IntStream.range(0, part.length)
                    .filter(i -> part[i] == left && (scores[i] >= threshold) == same[i])
                    .count();
        }
        return (double) right / scores.length;
    }

    /** The threshold that gives the most right answers on all pairs. */
    double threshold() {
        return threshold(IntStream.range(0, scores.length).toArray());
    }

    private double threshold(int[] pairs) {
        double[] sorted =
                Arrays.stream(pairs).mapToDouble(i -> scores[i]).sorted().toArray();
        double best = 0;
        int most = -1;
        for (int k = 1; k < sorted.length; k++) {
            double t = (sorted[k - 1] + sorted[k]) / 2;
            int right = (int) Arrays.stream(pairs)
                    .filter(i -> (scores[i] >= t) == same[i])
                    .count();
            if (right > most) {
                most = right;
                best = t;
            }
        }
        return best;
    }

    private int[] parts() {
        var part = new int[scores.length];
        int[] seen = new int[2];
        for (int i = 0; i < part.length; i++) {
            part[i] = seen[same[i] ? 1 : 0]++ % FOLDS;
        }
        return part;
    }

    /** The mean share of pairs of two people that score below a pair of one: the area under the curve. */
    double below() {
        double[] two = of(false);
        return Arrays.stream(of(true)).map(s -> rank(two, s)).average().orElse(Double.NaN);
    }

    /** The share of pairs of one person that score above 99 % of the pairs of two: the true accepts at 1 % false ones. */
    double above99() {
        double[] two = of(false);
        double limit = two[(int) Math.floor(0.99 * (two.length - 1))];
        return Arrays.stream(of(true)).filter(s -> s > limit).count() / (double) of(true).length;
    }

    /** Without a share of the pairs: those of the least marks. */
    Verification without(double share, double[] marks) {
        List<Integer> kept = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(marks[b], marks[a]))
                .limit(Math.round((1 - share) * scores.length))
                .sorted()
                .toList();
        var some = new double[kept.size()];
        var one = new boolean[kept.size()];
        for (int i = 0; i < some.length; i++) {
            some[i] = scores[kept.get(i)];
            one[i] = same[kept.get(i)];
        }
        return new Verification(some, one);
    }

    private double[] of(boolean kind) {
        return IntStream.range(0, scores.length)
                .filter(i -> same[i] == kind)
                .mapToDouble(i -> scores[i])
                .sorted()
                .toArray();
    }

    private static double rank(double[] sorted, double value) {
        int below = 0;
        int equal = 0;
        for (double s : sorted) {
            below += s < value ? 1 : 0;
            equal += s == value ? 1 : 0;
        }
        return (below + 0.5 * equal) / sorted.length;
    }
}
