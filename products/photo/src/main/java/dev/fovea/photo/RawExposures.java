package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Raw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Exposures of RAW shots from their values, which are proportional to light: the ratio of equal quantiles of two shots is the ratio of
 * their exposures, wherever both are above the noise and below clipping. Nothing has to be aligned; what moves changes few quantiles,
 * and the median of the ratios none.
 */
final class RawExposures {
    private static final int BINS = 1 << 14;
    private static final double LEAST = 0.004;
    private static final double MOST = 0.9;
    /** Samples that are enough for a histogram. */
    private static final int ENOUGH = 1 << 20;

    private RawExposures() {}

    /**
     * Exposures relative to the first shot.
     *
     * @param expected what is believed already, used where two shots have nothing in common; may be empty: then they count as alike
     */
    static double[] measure(List<Raw> raws, List<Double> expected) {
        List<double[]> below = new ArrayList<>();
        for (Raw raw : raws) {
            Work.check();
            below.add(histogram(raw).below());
        }
        // Neighbours in brightness have most in common: the ratios are chained along them.
        List<Integer> order = IntStream.range(0, raws.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> brightness(below.get(i))))
                .toList();
        var exposure = new double[raws.size()];
        exposure[order.getFirst()] = 1;
        for (int k = 1; k < order.size(); k++) {
            int i = order.get(k - 1);
            int j = order.get(k);
            double otherwise = expected.isEmpty() ? 1 : expected.get(j) / expected.get(i);
            exposure[j] = exposure[i] * ratio(below.get(i), below.get(j), otherwise);
        }
        double first = exposure[0];
        return Arrays.stream(exposure).map(e -> e / first).toArray();
    }

    /** Normalised values from −1/3 (noise below black) to 1. */
    private static Histogram histogram(Raw raw) {
        int planes = raw.cfa().mosaic() ? 1 : 3;
        long samples = (long) raw.width() * raw.height() * planes;
        // An odd step sees all four places of a mosaic's cell.
        int step = (int) Math.max(1, samples / ENOUGH) | 1;
        var counts = new long[BINS];
        for (int c = 0; c < planes; c++) {
            for (long i = 0; i < (long) raw.width() * raw.height(); i += step) {
                int y = (int) (i / raw.width());
                float v = raw.value(c, (int) (i % raw.width()), y);
                counts[Math.clamp((int) ((v * 0.75f + 0.25f) * BINS), 0, BINS - 1)]++;
            }
        }
        return new Histogram(counts);
    }

    private static double value(double[] below, double share) {
        return ((Histogram.quantile(below, share) + 0.5) / BINS - 0.25) / 0.75;
    }

    private static double brightness(double[] below) {
        double sum = 0;
        for (int k = 1; k < 64; k++) {
            sum += value(below, k / 64.0);
        }
        return sum;
    }

    private static double ratio(double[] a, double[] b, double otherwise) {
        var ratios = new double[1023];
        int n = 0;
        for (int k = 1; k < 1024; k++) {
            double va = value(a, k / 1024.0);
            double vb = value(b, k / 1024.0);
            if (va > LEAST && vb > LEAST && va < MOST && vb < MOST) {
                ratios[n++] = vb / va;
            }
        }
        if (n < 16) {
            return otherwise;
        }
        // Values far above the noise tell best: they are the upper half, as quantiles rise.
        double[] upper = Arrays.copyOfRange(ratios, n / 2, n);
        Arrays.sort(upper);
        return upper[upper.length / 2];
    }
}
