package dev.fovea.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Small blocks of planes, and the noise in the flattest of them. A block is called flat by its coarse structure (means of 4×4) and
 * measured by its fine structure (the mask of Immerkær 1996, blind to edges and ramps): of pure noise the two know nothing of each
 * other, so choosing flat blocks does not choose quiet noise.
 */
final class NoiseBlocks {
    /** What was found around one brightness: variances of a pixel as seen in single pixels and in means of 2×2. */
    record Level(double mean, double variance, double coarse) {}

    private record Block(double mean, double fine, double coarse, double structure) {}

    private static final int SIDE = 12;
    private static final int MOST = 24_000;
    private static final int BIN = 240;
    private static final int BINS = 24;
    private static final double FLAT = 0.1;

    /** The quantile of the flat blocks' variances that is taken; lower than the median, as what is left of structure only adds. */
    private static final double QUANTILE = 0.35;

    private static final double QUANTILE_Z = -0.3853;

    /** Independent values in the mask's answers, whose squared correlations add up to (70/36)². */
    private static final double INDEPENDENT = 70 * 70 / (36.0 * 36.0);

    private final List<Block> blocks = new ArrayList<>();

    /**
     * Adds the blocks of a plane.
     *
     * @param level what brightness and flatness are taken from
     * @param noisy what noise is measured in: the same plane, or a difference of two
     * @param cfa of a mosaic only green is taken, on its own lattice, which stands on its corner
     * @param low at this level and below, values are cut off
     * @param high at this level and above, values are cut off
     */
    void add(float[] level, float[] noisy, int width, int height, Cfa cfa, float low, float high) {
        boolean mosaic = cfa.mosaic();
        int along = mosaic ? width + 1 : 1;
        int across = mosaic ? 1 - width : width;
        int first = mosaic ? SIDE - 1 : 0;
        int reach = mosaic ? 2 * SIDE - 1 : SIDE;
        int pitch = SIDE / 2;
        int green = mosaic && cfa.colourAt(0, first) != 1 ? 1 : 0;
        long count = (long) (width / pitch) * (height / pitch);
        int step = pitch * (int) Math.max(1, Math.ceil(Math.sqrt((double) count / MOST)));
        var a = new double[SIDE * SIDE];
        var b = new double[SIDE * SIDE];
        for (int y = first; y + reach - first <= height; y += step) {
            for (int x = green; x + reach <= width; x += step) {
                boolean whole = true;
                for (int i = 0; i < SIDE * SIDE; i++) {
                    int p = y * width + x + i % SIDE * along + i / SIDE * across;
                    a[i] = level[p];
                    b[i] = noisy[p];
                    whole &= level[p] > low && level[p] < high;
                }
                if (whole) {
                    blocks.add(block(a, b));
                }
            }
        }
    }

    private static Block block(double[] level, double[] noisy) {
        double[] fours = means(level, SIDE, 4);
        double mean = Arrays.stream(fours).average().orElse(0);
        double structure =
                Arrays.stream(fours).map(m -> (m - mean) * (m - mean)).sum();
        return new Block(mean, masked(noisy, SIDE), 4 * masked(means(noisy, SIDE, 2), SIDE / 2), structure);
    }

    private static double[] means(double[] v, int side, int by) {
        int n = side / by;
        var m = new double[n * n];
        for (int y = 0; y < n * by; y++) {
            for (int x = 0; x < n * by; x++) {
                m[y / by * n + x / by] += v[y * side + x] / (by * by);
            }
        }
        return m;
    }

    /** The variance of white noise, from the mask (1 −2 1; −2 4 −2; 1 −2 1), whose squares add up to 36. */
    private static double masked(double[] v, int side) {
        double sum = 0;
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int p = y * side + x;
                double r = v[p - side - 1]
                        + v[p - side + 1]
                        + v[p + side - 1]
                        + v[p + side + 1]
                        - 2 * (v[p - side] + v[p - 1] + v[p + 1] + v[p + side])
                        + 4 * v[p];
                sum += r * r;
            }
        }
        return sum / (36.0 * (side - 2) * (side - 2));
    }

    /** The noise by rising brightness; empty if there are too few blocks. */
    List<Level> levels() {
        var sorted =
                blocks.stream().sorted(Comparator.comparingDouble(Block::mean)).toList();
        int bins = Math.clamp(sorted.size() / BIN, 1, BINS);
        var levels = new ArrayList<Level>();
        for (int i = 0; i < bins; i++) {
            var bin = sorted.subList(sorted.size() * i / bins, sorted.size() * (i + 1) / bins);
            if (bin.size() >= 4) {
                levels.add(level(bin));
            }
        }
        return levels;
    }

    private static Level level(List<Block> bin) {
        var flat = bin.stream()
                .sorted(Comparator.comparingDouble(Block::structure))
                .limit(Math.max(Math.min(12, bin.size()), (int) (bin.size() * FLAT)))
                .toList();
        return new Level(
                flat.stream().mapToDouble(Block::mean).average().orElse(0),
                quantile(flat.stream().mapToDouble(Block::fine).toArray(), SIDE),
                quantile(flat.stream().mapToDouble(Block::coarse).toArray(), SIDE / 2));
    }

    /** The variance of which these would be measurements (Wilson and Hilferty 1931, for the quantiles of chi-squared). */
    private static double quantile(double[] variances, int side) {
        Arrays.sort(variances);
        double freedom = (side - 2) * (side - 2) / INDEPENDENT;
        double root = 1 - 2 / (9 * freedom) + QUANTILE_Z * Math.sqrt(2 / (9 * freedom));
        return variances[(int) (variances.length * QUANTILE)] / (root * root * root);
    }
}
