package dev.fovea.image;

import dev.fovea.image.NoiseBlocks.Level;
import java.util.Comparator;
import java.util.List;

/**
 * Measures noise in pictures whose camera did not tell it: in the flattest blocks of every brightness, then by a robust fit (after Foi,
 * Trimeche, Katkovnik and Egiazarian 2008). On strongly textured pictures of little noise the answer errs high.
 */
public final class NoiseEstimate {
    private static final int KNOTS = 17;

    /** Levels of a curve that lie this far apart hardly tell of each other. */
    private static final double REACH = 0.1;

    /** Near saturation noise is cut off. */
    private static final float TOP = 0.97f;

    /** What a good sensor shows at its base sensitivity: assumed where a picture is too small or too dark to tell. */
    private static final NoiseModel USUAL = new NoiseModel(1e-6, 1e-4);

    private NoiseEstimate() {}

    /** The noise of one raw picture's normalised values. */
    public static NoiseModel of(Raw raw) {
        return of(List.of(raw));
    }

    /**
     * The noise of several raw pictures taken with one setting.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static NoiseModel of(List<Raw> shots) {
        if (shots.isEmpty()) {
            throw new IllegalArgumentException("no picture to measure noise in");
        }
        var blocks = new NoiseBlocks();
        for (Raw raw : shots) {
            for (int c = 0; c < (raw.cfa().mosaic() ? 1 : 3); c++) {
                addRaw(blocks, raw, c);
            }
        }
        return fit(blocks.levels());
    }

    private static void addRaw(NoiseBlocks blocks, Raw raw, int c) {
        float[] values = Demosaic.normalised(raw, c);
        float zero = -raw.black(c) / (raw.white() - raw.black(c));
        blocks.add(values, values, raw.width(), raw.height(), raw.cfa(), zero, TOP);
    }

    /** The noise of a developed plane, 0..1, at every level. */
    public static NoiseCurve curve(float[] plane, int width, int height) {
        var blocks = new NoiseBlocks();
        blocks.add(plane, plane, width, height, Cfa.NONE, 0, TOP);
        return curve(blocks.levels(), 1);
    }

    /**
     * The noise of one of two aligned planes of linear values, from their difference: what does not move cancels, and only noise
     * is left.
     *
     * @param difference one minus the other
     * @param mean the mean of both, black at 0
     * @param cfa {@link Cfa#NONE} for a full plane
     */
    public static NoiseModel difference(float[] difference, float[] mean, int width, int height, Cfa cfa) {
        return fit(blocks(difference, mean, width, height, cfa, -1).levels().stream()
                .map(l -> new Level(l.mean(), l.variance() / 2, l.coarse() / 2))
                .toList());
    }

    /** As {@link #difference}, for developed planes 0..1. */
    public static NoiseCurve differenceCurve(float[] difference, float[] mean, int width, int height) {
        return curve(blocks(difference, mean, width, height, Cfa.NONE, 0).levels(), 0.5);
    }

    private static NoiseBlocks blocks(float[] difference, float[] mean, int width, int height, Cfa cfa, float low) {
        var blocks = new NoiseBlocks();
        blocks.add(mean, difference, width, height, cfa, low, TOP);
        return blocks;
    }

    /** Of all lines through two levels (or one, with a part of 0), the one that the levels contradict least. */
    private static NoiseModel fit(List<Level> levels) {
        NoiseModel best = USUAL;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < levels.size(); i++) {
            for (int j = i; j < levels.size(); j++) {
                for (NoiseModel m : lines(levels.get(i), levels.get(j))) {
                    double cost = levels.stream().mapToDouble(l -> cost(m, l)).sum();
                    if (cost < least) {
                        least = cost;
                        best = m;
                    }
                }
            }
        }
        return best;
    }

    private static List<NoiseModel> lines(Level a, Level b) {
        double x = Math.max(a.mean(), 1e-4);
        if (a == b) {
            return List.of(new NoiseModel(a.variance(), 0), new NoiseModel(0, a.variance() / x));
        }
        double shot = (b.variance() - a.variance()) / (b.mean() - a.mean());
        double read = a.variance() - shot * a.mean();
        return shot >= 0 && shot < 1 && read >= 0 ? List.of(new NoiseModel(read, shot)) : List.of();
    }

    /** Texture only adds: a level above the line says less than one below it, and one far above says nothing. */
    private static double cost(NoiseModel m, Level l) {
        double e = Math.log((l.variance() + 1e-12) / (m.variance(l.mean()) + 1e-12));
        return e < 0 ? -4 * e : Math.min(e, 0.6);
    }

    private static NoiseCurve curve(List<Level> levels, double share) {
        var sigma = new float[KNOTS];
        for (int k = 0; k < KNOTS && !levels.isEmpty(); k++) {
            sigma[k] = (float) Math.sqrt(share * near(levels, k / (KNOTS - 1.0)));
        }
        double[] grains = levels.stream()
                .filter(l -> l.variance() > 0)
                .mapToDouble(l -> Math.sqrt(l.coarse() / l.variance()))
                .sorted()
                .toArray();
        float grain = grains.length == 0 ? 1 : (float) Math.clamp(grains[grains.length / 2], 0.5, 2);
        return new NoiseCurve(sigma, grain);
    }

    /** The weighted lower median of the levels near one: those disturbed by texture stand above it. */
    private static double near(List<Level> levels, double at) {
        var sorted = levels.stream()
                .sorted(Comparator.comparingDouble(Level::variance))
                .toList();
        double nearest =
                levels.stream().mapToDouble(l -> Math.abs(l.mean() - at)).min().orElse(0);
        double total = 0;
        for (Level l : sorted) {
            total += weight(l, at, nearest);
        }
        double below = 0;
        for (Level l : sorted) {
            below += weight(l, at, nearest);
            if (below >= 0.4 * total) {
                return l.variance();
            }
        }
        return 0;
    }

    private static double weight(Level l, double at, double nearest) {
        double far = (Math.abs(l.mean() - at) - nearest) / REACH;
        return Math.exp(-far * far);
    }
}
