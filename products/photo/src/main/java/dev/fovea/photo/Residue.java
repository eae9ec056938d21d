package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import java.util.Arrays;

/**
 * Estimates what noise a linear picture holds, from its flattest places.
 *
 * <p>The picture is cut into blocks of 8 × 8; a block's noise is the mean square of green under Immerkær's mask (Fast noise variance
 * estimation, 1996), blind to planes and ramps. Blocks are sorted by brightness into eight groups; of each group the quietest tenth counts
 * as flat. A line of variance over brightness is fitted, neither end below 0.
 */
final class Residue {
    private static final int BLOCK = 8;
    private static final int GROUPS = 8;
    private static final int MOST_BLOCKS = 20_000;

    /** The mean square of the mask (1 -2 1, -2 4 -2, 1 -2 1) under noise of variance 1. */
    private static final double MASK = 36;

    /** What the quietest tenth of flat blocks measures, relative to the true variance; from simulation. */
    private static final double QUIETEST = 0.68;

    private record Block(float brightness, float variance) {}

    private Residue() {}

    static NoiseModel of(Image linear) {
        int across = (linear.width() - 2) / BLOCK;
        int down = (linear.height() - 2) / BLOCK;
        if (across < 1 || down < 1) {
            return new NoiseModel(0, 0);
        }
        int step = Math.max(1, (int) Math.sqrt((double) across * down / MOST_BLOCKS));
        int columns = (across + step - 1) / step;
        int rows = (down + step - 1) / step;
        var blocks = new Block[columns * rows];
        Work.rows(rows, 8, (from, to) -> {
            for (int i = from * columns; i < to * columns; i++) {
                blocks[i] = block(linear, i % columns * step * BLOCK + 1, i / columns * step * BLOCK + 1);
            }
        });
        return line(blocks);
    }

    private static Block block(Image linear, int left, int top) {
        float[] g = linear.plane(1);
        int w = linear.width();
        float sum = 0;
        float square = 0;
        for (int y = top; y < top + BLOCK; y++) {
            for (int x = left; x < left + BLOCK; x++) {
                int i = y * w + x;
                float d = g[i - w - 1]
                        - 2 * g[i - w]
                        + g[i - w + 1]
                        - 2 * g[i - 1]
                        + 4 * g[i]
                        - 2 * g[i + 1]
                        + g[i + w - 1]
                        - 2 * g[i + w]
                        + g[i + w + 1];
                sum += g[i];
                square += d * d;
            }
        }
        int n = BLOCK * BLOCK;
        return new Block(sum / n, (float) (square / n / MASK));
    }

    private static NoiseModel line(Block[] blocks) {
        Arrays.sort(blocks, java.util.Comparator.comparingDouble(Block::brightness));
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int k = 0; k < GROUPS; k++) {
            Block[] group = Arrays.copyOfRange(blocks, k * blocks.length / GROUPS, (k + 1) * blocks.length / GROUPS);
            if (group.length == 0) {
                continue;
            }
            Arrays.sort(group, java.util.Comparator.comparingDouble(Block::variance));
            Block quiet = group[group.length / 10];
            double brightness = Math.max(0, quiet.brightness);
            double variance = quiet.variance / QUIETEST;
            // Relative errors count alike: a group's weight falls with the square of its variance.
            double weight = 1 / Math.max(1e-18, variance * variance);
            n += weight;
            x += weight * brightness;
            y += weight * variance;
            xx += weight * brightness * brightness;
            xy += weight * brightness * variance;
        }
        double spread = xx * n - x * x;
        double slope = spread > 1e-12 * xx * n ? Math.max(0, (xy * n - x * y) / spread) : 0;
        double base = Math.max(0, (y - slope * x) / n);
        return base > 0 || x <= 0 ? new NoiseModel(base, slope) : new NoiseModel(0, Math.min(slope, y / x));
    }
}
