package dev.fovea.space;

import dev.fovea.Work;

/**
 * Fills what is unknown: what one view does not see lies behind what hides it, so a gap of a row gets the further of its two ends; then
 * what was filled is made to follow the picture's edges by a vote of the pixels around (the weighted median of Ma et al. 2013), in which
 * pixels of like colour and known disparity count most.
 */
final class Filling {
    private static final int RADIUS = 9;
    /** Every second pixel of the window votes. */
    private static final int STRIDE = 2;

    /** Bins of a disparity. */
    private static final int BINS = 4;

    private static final float UNKNOWN = 0.1f;

    /** The sum of three channels' differences, 0..255, at which a vote counts for 1/e. */
    private static final float COLOUR = 36;

    private static final float DISTANCE = 9;
    private static final float[] BY_COLOUR = byColour();
    private static final float[] BY_PLACE = byPlace();

    private Filling() {}

    private static float[] byColour() {
        var weights = new float[3 * 255 + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(-i / COLOUR);
        }
        return weights;
    }

    private static float[] byPlace() {
        int side = 2 * RADIUS + 1;
        var weights = new float[side * side];
        for (int i = 0; i < weights.length; i++) {
            double x = i % side - RADIUS, y = i / side - RADIUS;
            weights[i] = (float) Math.exp(-(x * x + y * y) / (DISTANCE * DISTANCE));
        }
        return weights;
    }

    /**
     * All pixels known.
     *
     * @param values NaN where unknown
     * @param colours the picture, 0..255
     */
    static float[] filled(float[] values, int width, int height, short[][] colours) {
        float[] rows = rows(values, width, height);
        var out = rows.clone();
        float highest = 0;
        for (float v : rows) {
            highest = Math.max(highest, v);
        }
        int bins = (int) (highest * BINS) + 2;
        Work.rows(height, 8, (from, to) -> {
            var votes = new float[bins];
            for (int y = from; y < to; y++) {
                for (int x = 0; x < width; x++) {
                    if (Float.isNaN(values[y * width + x])) {
                        out[y * width + x] = vote(values, rows, width, height, colours, x, y, votes);
                    }
                }
            }
        });
        return out;
    }

    /** Gaps closed along their rows; a row without anything known gets what its neighbours have. */
    static float[] rows(float[] values, int width, int height) {
        var out = values.clone();
        var empty = new boolean[height];
        Work.rows(height, 32, (from, to) -> {
            for (int y = from; y < to; y++) {
                empty[y] = !row(out, y * width, (y + 1) * width);
            }
        });
        for (int y = 1; y < height; y++) {
            copy(out, width, y - 1, y, empty);
        }
        for (int y = height - 2; y >= 0; y--) {
            copy(out, width, y + 1, y, empty);
        }
        return out;
    }

    private static void copy(float[] out, int width, int from, int to, boolean[] empty) {
        if (empty[to] && !empty[from]) {
            System.arraycopy(out, from * width, out, to * width, width);
            empty[to] = false;
        }
    }

    private static boolean row(float[] out, int from, int to) {
        float last = Float.NaN;
        for (int i = from; i < to; ) {
            if (!Float.isNaN(out[i])) {
                last = out[i++];
                continue;
            }
            int end = i;
            while (end < to && Float.isNaN(out[end])) {
                end++;
            }
            float next = end < to ? out[end] : last;
            float further = Float.isNaN(last) ? next : Math.min(last, next);
            java.util.Arrays.fill(out, i, end, further);
            i = end;
        }
        return !Float.isNaN(out[from]);
    }

    private static float vote(
            float[] known, float[] rows, int width, int height, short[][] colours, int x, int y, float[] votes) {
        java.util.Arrays.fill(votes, 0);
        short[] red = colours[0], green = colours[1], blue = colours[2];
        int p = y * width + x, side = 2 * RADIUS + 1;
        float all = 0;
        // the pixel itself is among the voters
        for (int dy = 1 - RADIUS; dy < RADIUS; dy += STRIDE) {
            int row = y + dy;
            if (row < 0 || row >= height) {
                continue;
            }
            for (int dx = 1 - RADIUS; dx < RADIUS; dx += STRIDE) {
                if (x + dx < 0 || x + dx >= width) {
                    continue;
                }
                int q = row * width + x + dx;
                int colour = Math.abs(red[p] - red[q]) + Math.abs(green[p] - green[q]) + Math.abs(blue[p] - blue[q]);
                float weight = BY_COLOUR[colour] * BY_PLACE[(dy + RADIUS) * side + dx + RADIUS];
                weight *= Float.isNaN(known[q]) ? UNKNOWN : 1;
                votes[(int) (rows[q] * BINS + 0.5f)] += weight;
                all += weight;
            }
        }
        float seen = 0;
        int bin = 0;
        for (; bin < votes.length - 1; bin++) {
            seen += votes[bin];
            if (seen >= all / 2) {
                break;
            }
        }
        return bin / (float) BINS;
    }
}
