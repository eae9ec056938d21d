package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.kernel.ChromaRows;
import dev.fovea.image.kernel.GreenRows;

/**
 * Finds the two colours that a mosaic lacks at every pixel. The result is the camera's own red, green and blue: black subtracted, white
 * at 1, not balanced and not converted ({@link Develop} does that); negative values of noise are kept.
 *
 * <p>Works on the balanced mosaic on a square-root scale, in which noise and edges of light and dark parts weigh alike. Green follows
 * edges in four directions (gradient-based threshold-free interpolation, Pekkucuksen and Altunbasak 2010); red and blue follow
 * green by a local regression and interpolate what it leaves (residual interpolation, Kiku and others 2013). Both are told how much
 * noise there is, so that they do not follow it. Measured values are kept as they are. Tiles of 192×192 pixels with their margins stay in a
 * core's own cache.
 */
public final class Demosaic implements Stage<Raw, Image> {
    private static final int MARGIN = 16;
    private static final int CORE = 192;
    private static final int SIDE = CORE + 2 * MARGIN;
    private static final int CELLS = SIDE / 2;
    private static final int BAND = 64;

    /** The gradient and the variance that still mean nothing in a picture without noise: two steps of 8-bit values. */
    private static final float STEP = 1e-3f;

    private static final float CALM = 1e-5f;

    /** A gradient counts as noise up to this part of the noise's standard deviation. */
    private static final float TRUST = 0.3f;

    /** The camera's own colours at every pixel, in the planes of a {@link Colour#LINEAR} image. */
    @Override
    public Image apply(Raw raw) {
        NoiseModel noise = raw.noise().orElseGet(() -> NoiseEstimate.of(raw));
        float[][] planes = raw.cfa().mosaic()
                ? planes(
                        normalised(raw, 0),
                        raw.width(),
                        raw.height(),
                        raw.cfa(),
                        raw.colour().gains(),
                        noise)
                : new float[][] {normalised(raw, 0), normalised(raw, 1), normalised(raw, 2)};
        return Image.of(raw.width(), raw.height(), Colour.LINEAR, planes);
    }

    /**
     * Finds the missing colours of a mosaic.
     *
     * @param mosaic width × height values, black at 0 and white at 1; may be negative through noise, and exceed 1
     * @param cfa the filter array, not {@link Cfa#NONE}
     * @param gains the factors that make white equal in red, green and blue; the result is not multiplied by them
     * @param noise the noise of the mosaic's values
     * @return red, green and blue, each of width × height values
     * @throws IllegalArgumentException if sizes or counts do not fit
     */
    public static float[][] planes(float[] mosaic, int width, int height, Cfa cfa, float[] gains, NoiseModel noise) {
        if (!cfa.mosaic() || width < 1 || height < 1 || mosaic.length != width * height || gains.length != 3) {
            throw new IllegalArgumentException("a mosaic " + cfa + " of " + width + " x " + height + " pixels with "
                    + mosaic.length + " values and " + gains.length + " gains");
        }
        var planes = new float[3][width * height];
        int across = (width + CORE - 1) / CORE;
        int down = (height + CORE - 1) / CORE;
        Work.rows(across * down, 1, (from, to) -> {
            var tile = SCRATCH.get();
            for (int t = from; t < to; t++) {
                tile.develop(mosaic, width, height, cfa, gains, noise, t % across * CORE, t / across * CORE, planes);
            }
        });
        return planes;
    }

    /** One plane of normalised values. */
    static float[] normalised(Raw raw, int c) {
        int w = raw.width();
        var values = new float[w * raw.height()];
        short[] samples = raw.plane(c);
        Work.rows(raw.height(), BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                float even = raw.black(raw.cfa().mosaic() ? (y & 1) * 2 : c);
                float odd = raw.black(raw.cfa().mosaic() ? (y & 1) * 2 + 1 : c);
                float evenScale = 1 / (raw.white() - even);
                float oddScale = 1 / (raw.white() - odd);
                for (int x = 0; x < w; x++) {
                    int s = samples[y * w + x] & 0xFFFF;
                    values[y * w + x] = (x & 1) == 0 ? (s - even) * evenScale : (s - odd) * oddScale;
                }
            }
        });
        return values;
    }

    private static final ThreadLocal<Tile> SCRATCH = ThreadLocal.withInitial(Tile::new);

    /** The working memory of one thread, and the work on one tile: 2 MB. */
    private static final class Tile {
        private final float[] m = new float[SIDE * SIDE];
        private final float[] g = new float[SIDE * SIDE];
        private final float[] dh = new float[SIDE * SIDE];
        private final float[] dv = new float[SIDE * SIDE];
        private final float[] gh = new float[SIDE * SIDE];
        private final float[] gv = new float[SIDE * SIDE];
        private final float[] th = new float[SIDE * SIDE];
        private final float[] tv = new float[SIDE * SIDE];
        private final float[] cellG = new float[CELLS * CELLS];
        private final float[] cellC = new float[CELLS * CELLS];
        private final float[] slope = new float[CELLS * CELLS];
        private final float[] a = new float[CELLS * CELLS];
        private final float[] b = new float[CELLS * CELLS];
        private final float[] sums = new float[4 * CELLS];
        private final float[] line = new float[SIDE + 2];

        /** Tiles begin at even pixels, so that the filter array of a tile is that of the picture. */
        void develop(
                float[] mosaic,
                int width,
                int height,
                Cfa cfa,
                float[] gains,
                NoiseModel noise,
                int left,
                int top,
                float[][] planes) {
            float variance = variance(noise, gains);
            load(mosaic, width, height, cfa, gains, left - MARGIN, top - MARGIN);
            green(cfa, 15 * (STEP + TRUST * (float) Math.sqrt(variance)));
            int w = Math.min(CORE, width - left);
            int h = Math.min(CORE, height - top);
            for (int y = 0; y < h; y++) {
                GreenRows.decode(g, (y + MARGIN) * SIDE + MARGIN, planes[1], (top + y) * width + left, w, 1 / gains[1]);
            }
            chroma(cfa, 0, CALM + variance, 1 / gains[0], width, left, top, w, h, planes[0]);
            chroma(cfa, 2, CALM + variance, 1 / gains[2], width, left, top, w, h, planes[2]);
            keep(mosaic, cfa, width, left, top, w, h, planes);
        }

        /** The largest variance of noise on the square-root scale, whose slope is 1 / (2 √(x + KNEE)). */
        private static float variance(NoiseModel noise, float[] gains) {
            NoiseModel n = noise.scaled((gains[0] + 2 * gains[1] + gains[2]) / 4);
            return (float) Math.max(n.read() / (4 * GreenRows.KNEE), n.shot() / 4);
        }

        private void load(float[] mosaic, int width, int height, Cfa cfa, float[] gains, int left, int top) {
            int from = Math.clamp(-left, 0, SIDE);
            int to = Math.clamp(width - left, from, SIDE);
            for (int y = 0; y < SIDE; y++) {
                int row = mirror(top + y, height) * width;
                System.arraycopy(mosaic, row + left + from, m, y * SIDE + from, to - from);
                for (int x = 0; x < from; x++) {
                    m[y * SIDE + x] = mosaic[row + mirror(left + x, width)];
                }
                for (int x = to; x < SIDE; x++) {
                    m[y * SIDE + x] = mosaic[row + mirror(left + x, width)];
                }
                GreenRows.encode(m, y * SIDE, SIDE, gains[cfa.colourAt(0, y)], gains[cfa.colourAt(1, y)]);
            }
        }

        /** Mirrors at the outermost pixel, which keeps the colour of the filter; one row or column repeats. */
        private static int mirror(int i, int n) {
            if (n == 1) {
                return 0;
            }
            int period = 2 * n - 2;
            int r = Math.floorMod(i, period);
            return Math.min(r, period - r);
        }

        private void green(Cfa cfa, float calm) {
            for (int y = 2; y < SIDE - 2; y++) {
                GreenRows.differences(m, y * SIDE, SIDE, SIDE, cfa.colourAt(0, y) == 1, dh, dv);
            }
            for (int y = 3; y < SIDE - 3; y++) {
                GreenRows.gradients(dh, dv, y * SIDE, SIDE, SIDE, gh, gv);
            }
            for (int y = 4; y < SIDE - 4; y++) {
                GreenRows.thirds(gh, gv, y * SIDE, SIDE, SIDE, th, tv);
            }
            for (int y = GreenRows.REACH; y < SIDE - GreenRows.REACH; y++) {
                GreenRows.green(m, dh, dv, th, tv, y * SIDE, SIDE, SIDE, cfa.colourAt(0, y) == 1, calm, g);
            }
        }

        private void chroma(
                Cfa cfa, int c, float calm, float scale, int width, int left, int top, int w, int h, float[] out) {
            int ox = cfa.colourAt(0, 0) == c || cfa.colourAt(0, 1) == c ? 0 : 1;
            int oy = cfa.colourAt(0, 0) == c || cfa.colourAt(1, 0) == c ? 0 : 1;
            int first = GreenRows.REACH / 2;
            for (int j = first; j < CELLS - first; j++) {
                ChromaRows.gather(g, (2 * j + oy) * SIDE + ox, cellG, j * CELLS, CELLS);
                ChromaRows.gather(m, (2 * j + oy) * SIDE + ox, cellC, j * CELLS, CELLS);
            }
            for (int j = first + 2; j < CELLS - first - 2; j++) {
                ChromaRows.fives(cellG, cellC, j * CELLS, CELLS, CELLS, sums);
                ChromaRows.slopes(sums, CELLS, calm, slope, j * CELLS);
            }
            for (int j = first + 3; j < CELLS - first - 3; j++) {
                ChromaRows.lines(slope, cellG, cellC, j * CELLS, CELLS, CELLS, a, b);
            }
            int column = MARGIN / 2 - ox;
            for (int y = 0; y < h; y++) {
                int full = y + MARGIN;
                int above = (full - oy) / 2;
                int below = ((full - oy) & 1) == 0 ? above : above + 1;
                int at = full * SIDE + 2 * column + ox;
                int cells = (w + 1) / 2 + ox;
                ChromaRows.row(a, b, above * CELLS + column, below * CELLS + column, g, at, cells, line, 0);
                GreenRows.decode(line, MARGIN - 2 * column - ox, out, (top + y) * width + left, w, scale);
            }
        }

        /** What was measured stays as it is, to the last bit. */
        private static void keep(
                float[] mosaic, Cfa cfa, int width, int left, int top, int w, int h, float[][] planes) {
            for (int y = top; y < top + h; y++) {
                float[] even = planes[cfa.colourAt(0, y)];
                float[] odd = planes[cfa.colourAt(1, y)];
                int row = y * width + left;
                for (int x = 0; x < w; x += 2) {
                    even[row + x] = mosaic[row + x];
                }
                for (int x = 1; x < w; x += 2) {
                    odd[row + x] = mosaic[row + x];
                }
            }
        }
    }
}
