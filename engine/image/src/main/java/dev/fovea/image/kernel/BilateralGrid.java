package dev.fovea.image.kernel;

import dev.fovea.Work;

/**
 * The bilateral grid (Chen, Paris and Durand, "Real-time edge-aware image processing with the bilateral grid", 2007): pixels are added up
 * in cells of one sigma by one sigma by one sigma of value, the cells are blurred, and each pixel reads its place back linearly.
 */
public final class BilateralGrid {
    /** Empty cells about the grid, so that blur and reading need no bounds. */
    private static final int MARGIN = 2;

    /** Adding up in whole cells spreads by a variance of 1/12 and linear reading by 1/6: the blur adds what is missing to 1. */
    private static final float[] BLUR = Convolve.gaussian(Math.sqrt(1 - 1 / 12.0 - 1 / 6.0), 2);

    private static final long MOST_CELLS = 1 << 27;

    private final int across;
    private final int deep;
    private final int down;
    private final float cell;
    private final float step;
    private final float darkest;
    /** Sums of values and of weights, in turn, by row, column and value. */
    private float[] sums;

    private BilateralGrid(int width, int height, float cell, float step, float darkest, float brightest) {
        this.cell = cell;
        this.step = step;
        this.darkest = darkest;
        this.across = (int) ((width - 1) / cell) + 2 + 2 * MARGIN;
        this.down = (int) ((height - 1) / cell) + 2 + 2 * MARGIN;
        this.deep = (int) ((brightest - darkest) / step) + 2 + 2 * MARGIN;
        long cells = (long) across * down * deep;
        if (cells > MOST_CELLS) {
            throw new IllegalArgumentException("a bilateral grid of " + across + " x " + down + " x " + deep
                    + " cells is too large: raise the sigma of distance or of range");
        }
        this.sums = new float[(int) (2 * cells)];
    }

    /** The mean of the first three planes. */
    public static float[] mean(float[][] planes) {
        var guide = new float[planes[0].length];
        Mix.three(planes[0], planes[1], planes[2], 0, 1 / 3f, 1 / 3f, 1 / 3f, guide, 0, guide.length);
        return guide;
    }

    /**
     * The input smoothed where the guide is alike.
     *
     * @param cell the sigma of distance, in pixels
     * @param range the sigma of the guide's values
     */
    public static void filter(
            float[] guide, float[] input, int width, int height, float cell, float range, float[] to) {
        float low = guide[0];
        float high = guide[0];
        for (float v : guide) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        // a few values far out must not cost a grid of millions of cells
        float step = Math.max(range, (high - low) / 256);
        var grid = new BilateralGrid(width, height, cell, step, low, high);
        grid.splat(guide, input, width, height);
        grid.blur(2, grid.deep);
        grid.blur(2 * grid.deep, grid.across);
        grid.blur(2 * grid.deep * grid.across, grid.down);
        Work.rows(height, 16, (from, end) -> grid.slice(guide, input, width, from, end, to));
    }

    private void splat(float[] guide, float[] input, int width, int height) {
        for (int y = 0; y < height; y++) {
            int row = (int) (y / cell + 0.5f) + MARGIN;
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int column = (int) (x / cell + 0.5f) + MARGIN;
                int level = (int) ((guide[i] - darkest) / step + 0.5f) + MARGIN;
                int at = 2 * ((row * across + column) * deep + level);
                sums[at] += input[i];
                sums[at + 1] += 1;
            }
        }
    }

    /** Blurs along one axis, given by its stride. */
    private void blur(int stride, int length) {
        float[] in = sums;
        var out = new float[in.length];
        Work.rows(in.length, 1 << 16, (from, end) -> {
            for (int i = from; i < end; i++) {
                int place = i / stride % length;
                float sum = 0;
                for (int j = Math.max(-2, -place); j <= Math.min(2, length - 1 - place); j++) {
                    sum = Math.fma(BLUR[j + 2], in[i + j * stride], sum);
                }
                out[i] = sum;
            }
        });
        sums = out;
    }

    private void slice(float[] guide, float[] input, int width, int from, int end, float[] to) {
        for (int y = from; y < end; y++) {
            float gy = y / cell + MARGIN;
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float gx = x / cell + MARGIN;
                float gz = (guide[i] - darkest) / step + MARGIN;
                to[i] = read(gx, gy, gz, input[i]);
            }
        }
    }

    private float read(float gx, float gy, float gz, float otherwise) {
        int x = (int) gx;
        int y = (int) gy;
        int z = (int) gz;
        float value = 0;
        float weight = 0;
        for (int corner = 0; corner < 8; corner++) {
            int cx = corner & 1;
            int cy = corner >> 1 & 1;
            int cz = corner >> 2;
            float w = (1 - Math.abs(gx - x - cx)) * (1 - Math.abs(gy - y - cy)) * (1 - Math.abs(gz - z - cz));
            int at = 2 * (((y + cy) * across + x + cx) * deep + z + cz);
            value = Math.fma(w, sums[at], value);
            weight = Math.fma(w, sums[at + 1], weight);
        }
        return weight > 1e-6f ? value / weight : otherwise;
    }
}
