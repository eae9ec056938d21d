package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.space.Disparity;

/**
 * A picture in linear light as two layers: what is seen, and beside edges of depth what nearer things hide of the background. What is seen is
 * opaque but at the edges, where a pixel may show both: there its colour is split into the near part, premultiplied, and the far one, so
 * that the two laid over each other are the picture again.
 *
 * @param width pixels per row
 * @param height rows
 * @param colour the linear colour that the planes are of
 * @param seen premultiplied planes of what is seen
 * @param coverage how much of a pixel that covers, 0..1
 * @param near its disparity
 * @param grid where hidden things are known
 * @param apart the least difference of disparities at which one thing hides another
 */
record Layers(
        int width,
        int height,
        Colour colour,
        float[][] seen,
        float[] coverage,
        float[] near,
        Behind grid,
        float apart) {
    private static final int BAND = 32;
    /** Disparities of a picture of many depths differ by so much of their spread at an edge. */
    private static final double EDGE = 0.08;
    /** Below and above this coverage a pixel shows one thing alone. */
    private static final float LITTLE = 0.06f;

    private static final float NOISE = 0.02f;
    /** Colours of two sides differ by this share at least, or cannot tell them apart. */
    private static final float ALIKE = 0.4f;
    /** A mixture of two colours lies no farther aside of the line between them than this share of its length. */
    private static final float ASIDE = 0.25f;

    /**
     * The layers of a picture.
     *
     * @param disparity of the same size, known everywhere
     * @param reach how far the edges of the disparity may lie from those of the picture, in pixels
     */
    static Layers of(Image image, Disparity disparity, double reach) {
        Colour colour = linear(image.colour());
        Image light = image.to(colour);
        var seen = new float[colour.planes()][];
        for (int c = 0; c < seen.length; c++) {
            seen[c] = light == image ? light.plane(c).clone() : light.plane(c);
        }
        var coverage = new float[seen[0].length];
        java.util.Arrays.fill(coverage, 1);
        float apart = (float) (EDGE * Spread.of(disparity).width());
        float[] near = disparity.pixels().clone();
        Behind grid = Behind.of(image.width(), image.height(), seen, near, apart, reach);
        var layers = new Layers(image.width(), image.height(), colour, seen, coverage, near, grid, apart);
        Work.rows(image.height(), BAND, layers::splitRows);
        return layers;
    }

    /** The linear colour with the same primaries. */
    private static Colour linear(Colour colour) {
        return switch (colour) {
            case GREY, LINEAR_GREY -> Colour.LINEAR_GREY;
            case DISPLAY_P3, LINEAR_P3 -> Colour.LINEAR_P3;
            default -> Colour.LINEAR;
        };
    }

    /** Whether a pixel has something hidden behind it. */
    boolean hides(int pixel, int cell) {
        return grid.far()[cell] < near[pixel] - apart / 2;
    }

    private void splitRows(int from, int to) {
        for (int y = from; y < to; y++) {
            int row = (y >> grid.shift()) * grid.width();
            for (int x = 0; x < width; x++) {
                int cell = row + (x >> grid.shift());
                if (grid.edge()[cell]) {
                    split(y * width + x, cell);
                }
            }
        }
    }

    /** A pixel near an edge belongs to the near side, to the far side or to both, if its colour tells. */
    private void split(int pixel, int cell) {
        float front = grid.front()[cell];
        float back = grid.far()[cell];
        if (!(front - back > apart)) {
            return;
        }
        float alpha = alpha(pixel, cell);
        if (alpha < LITTLE) {
            near[pixel] = Math.min(near[pixel], back);
        } else if (alpha > 1 - LITTLE) {
            near[pixel] = Math.max(near[pixel], front);
        } else if (alpha <= 1) {
            near[pixel] = Math.max(near[pixel], front);
            coverage[pixel] = alpha;
            for (int c = 0; c < seen.length; c++) {
                seen[c][pixel] = Math.max(0, seen[c][pixel] - (1 - alpha) * grid.hidden()[c][cell]);
            }
        }
    }

    /** Where between the colours of the two sides a pixel's colour lies, 0..1; NaN if these are too alike, or it lies elsewhere. */
    private float alpha(int pixel, int cell) {
        float along = 0;
        float length = 0;
        float level = NOISE;
        for (int c = 0; c < seen.length; c++) {
            float b = grid.hidden()[c][cell];
            float d = grid.before()[c][cell] - b;
            along = Math.fma(seen[c][pixel] - b, d, along);
            length = Math.fma(d, d, length);
            level = Math.max(level, ALIKE * Math.max(grid.before()[c][cell], b));
        }
        if (length < level * level) {
            return Float.NaN;
        }
        float alpha = Math.clamp(along / length, 0f, 1f);
        float beside = 0;
        for (int c = 0; c < seen.length; c++) {
            float b = grid.hidden()[c][cell];
            float off = seen[c][pixel] - b - alpha * (grid.before()[c][cell] - b);
            beside = Math.fma(off, off, beside);
        }
        return beside < ASIDE * ASIDE * length ? alpha : Float.NaN;
    }
}
