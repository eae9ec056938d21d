package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.kernel.TileFft;
import dev.fovea.photo.kernel.Shift;
import dev.fovea.photo.kernel.TileMerge;
import java.util.List;

/**
 * Merges the frames of a stack into planes on the reference's grid: overlapping tiles (raised-cosine window, half a tile apart) are
 * taken from every frame where the alignment says, brought into the frequency domain, and averaged there bin by bin as far as they agree
 * with the reference; what noise remains is then shrunk (Hasinoff 2016, section 5). What moved differs from the reference by more than
 * noise, and is left out.
 *
 * @param tolerance how far a bin may differ from the reference, in units of the noise's variance
 * @param denoise strength of the shrinkage
 */
record Merge(float tolerance, float denoise) {
    private static final int N = TileFft.N;
    private static final int LANES = TileFft.LANES;
    private static final int PITCH = N / 2;
    private static final float FLOOR = 0.02f;

    /**
     * What a merge gives.
     *
     * @param planes merged planes, in unit noise of a single frame
     * @param columns tiles across
     * @param rows tiles down
     * @param used for each frame and tile the share of it that went in, 0..1
     */
    record Merged(float[][] planes, int columns, int rows, float[][] used) {
        /** The mean share of a frame. */
        double used(int frame) {
            double sum = 0;
            for (float u : used[frame]) {
                sum += u;
            }
            return sum / used[frame].length;
        }
    }

    /**
     * Merges.
     *
     * @param fields the displacement of each frame; that of the reference is not used
     * @param spectra the noise's power at every bin, for each plane of the decorrelated stack
     */
    Merged apply(Stack stack, int reference, List<Field> fields, float[][] spectra) {
        int columns = (stack.width() + PITCH - 1) / PITCH + 1;
        int rows = (stack.height() + PITCH - 1) / PITCH + 1;
        var merged = new Merged(
                new float[stack.planes()][stack.width() * stack.height()],
                columns,
                rows,
                new float[stack.frames()][columns * rows]);
        var done = new java.util.concurrent.atomic.AtomicInteger();
        for (int phase = 0; phase < 2; phase++) {
            // Every other row of tiles covers the picture once without overlap: bands of rows never write to the same
            // pixels.
            int first = phase;
            int count = (rows - first + 1) / 2;
            Work.rows(count, 1, (from, to) -> {
                var batch = new Batch(this, stack, reference, fields, spectra, merged);
                for (int r = from; r < to; r++) {
                    for (int x = 0; x < columns; x += LANES) {
                        batch.merge(x, first + 2 * r);
                    }
                }
                done.addAndGet(to - from);
            });
            Work.step("merge", 0.5 * (phase + 1));
        }
        return merged;
    }

    /** Eight neighbouring tiles of a row, with one thread's work space. */
    private static final class Batch {
        private static final float[] WINDOW = window();

        private final Merge merge;
        private final Stack stack;
        private final int reference;
        private final List<Field> fields;
        private final float[][] spectra;
        private final float[][] inverse;
        private final Merged merged;
        private final TileFft fft = new TileFft();
        private final float[] samples = new float[Shift.STRIDE * Shift.SIDE];
        private final float[] temporary = new float[N * Shift.SIDE];
        private final float[] tile = new float[N * N];
        private final float[][] tiles;
        private final float[][] tRe;
        private final float[][] tIm;
        private final float[][] eRe;
        private final float[][] eIm;
        private final float[][] mRe;
        private final float[][] mIm;
        private final float[] q = new float[TileFft.SPECTRUM];
        private final float[] smooth = new float[TileFft.SPECTRUM];
        private final float[] weight = new float[TileFft.SPECTRUM];
        private final float[] sum = new float[TileFft.SPECTRUM];
        private final float[] squares = new float[TileFft.SPECTRUM];
        private final float[] hx = new float[N * LANES];
        private final float[] hy = new float[N * LANES];
        private final float[] gx = new float[N * LANES];
        private final float[] gy = new float[N * LANES];

        Batch(Merge merge, Stack stack, int reference, List<Field> fields, float[][] spectra, Merged merged) {
            this.merge = merge;
            this.stack = stack;
            this.reference = reference;
            this.fields = fields;
            this.spectra = spectra;
            this.merged = merged;
            int p = stack.planes();
            tiles = new float[p][TileFft.TILE];
            tRe = new float[p][TileFft.SPECTRUM];
            tIm = new float[p][TileFft.SPECTRUM];
            eRe = new float[p][TileFft.SPECTRUM];
            eIm = new float[p][TileFft.SPECTRUM];
            mRe = new float[p][TileFft.SPECTRUM];
            mIm = new float[p][TileFft.SPECTRUM];
            inverse = new float[p][N * TileFft.BINS];
            for (int i = 0; i < p; i++) {
                for (int b = 0; b < inverse[i].length; b++) {
                    inverse[i][b] = 1 / (2 * spectra[i][b] * p);
                }
            }
        }

        void merge(int column, int row) {
            read(reference, column, row, tRe, tIm, true);
            for (int p = 0; p < tRe.length; p++) {
                System.arraycopy(tRe[p], 0, mRe[p], 0, mRe[p].length);
                System.arraycopy(tIm[p], 0, mIm[p], 0, mIm[p].length);
            }
            java.util.Arrays.fill(sum, 1);
            java.util.Arrays.fill(squares, 1);
            for (int f = 0; f < stack.frames(); f++) {
                if (f != reference) {
                    other(f, column, row);
                }
            }
            for (int p = 0; p < tRe.length; p++) {
                TileMerge.shrink(mRe[p], mIm[p], sum, squares, spectra[p], merge.denoise, FLOOR);
                fft.inverse(mRe[p], mIm[p], tiles[p]);
            }
            Decorrelation.backward(tiles);
            for (int p = 0; p < tRe.length; p++) {
                write(p, column, row);
            }
        }

        private void other(int f, int column, int row) {
            read(f, column, row, eRe, eIm, false);
            java.util.Arrays.fill(q, 0);
            for (int p = 0; p < eRe.length; p++) {
                TileMerge.mismatch(tRe[p], tIm[p], eRe[p], eIm[p], inverse[p], q);
            }
            TileMerge.weigh(q, smooth, merge.tolerance, hx, hy, weight);
            TileMerge.total(weight, sum, squares);
            for (int p = 0; p < eRe.length; p++) {
                TileMerge.add(weight, eRe[p], eIm[p], mRe[p], mIm[p]);
            }
            for (int l = 0; l < LANES && column + l < merged.columns; l++) {
                float used = 0;
                for (int b = l; b < weight.length; b += LANES) {
                    used += weight[b];
                }
                merged.used[f][row * merged.columns + column + l] = used / (N * TileFft.BINS);
            }
        }

        /** The decorrelated spectra of a frame's tiles, the interpolation's response undone. */
        private void read(int f, int column, int row, float[][] re, float[][] im, boolean still) {
            for (int l = 0; l < LANES; l++) {
                place(f, Math.min(column + l, merged.columns - 1), row, l, still);
            }
            Decorrelation.forward(tiles);
            for (int p = 0; p < re.length; p++) {
                fft.forward(tiles[p], re[p], im[p]);
                if (!still) {
                    equalise(re[p], im[p]);
                }
            }
        }

        private void place(int f, int column, int row, int lane, boolean still) {
            int x = column * PITCH - PITCH;
            int y = row * PITCH - PITCH;
            int fx = 0;
            int fy = 0;
            if (!still) {
                int per = stack.perGrey();
                float cx = (x + N / 2f) / per - 0.5f;
                float cy = (y + N / 2f) / per - 0.5f;
                int sx = Math.round(fields.get(f).dx(cx, cy) * per * Shift.FRACTIONS);
                int sy = Math.round(fields.get(f).dy(cx, cy) * per * Shift.FRACTIONS);
                x += Math.floorDiv(sx, Shift.FRACTIONS);
                y += Math.floorDiv(sy, Shift.FRACTIONS);
                fx = Math.floorMod(sx, Shift.FRACTIONS);
                fy = Math.floorMod(sy, Shift.FRACTIONS);
            }
            for (int v = 0; v < N; v++) {
                respond(hx, gx, v * LANES + lane, Shift.response(fx, v));
                respond(hy, gy, v * LANES + lane, Shift.response(fy, v));
            }
            for (int p = 0; p < tiles.length; p++) {
                stack.read(f, p, x - Shift.BEFORE, y - Shift.BEFORE, Shift.SIDE, samples, Shift.STRIDE);
                Shift.tile(samples, fx, fy, temporary, tile);
                for (int i = 0; i < N * N; i++) {
                    tiles[p][i * LANES + lane] = tile[i];
                }
            }
        }

        /** Where the interpolation lets too little through, the frame has no say. */
        private static void respond(float[] h, float[] g, int i, float response) {
            h[i] = response < 0.3f ? 0 : response * response;
            g[i] = response < 0.3f ? 0 : 1 / response;
        }

        private void equalise(float[] re, float[] im) {
            for (int v = 0; v < N; v++) {
                for (int u = 0; u < TileFft.BINS; u++) {
                    int o = (v * TileFft.BINS + u) * LANES;
                    for (int l = 0; l < LANES; l++) {
                        float g = gx[u * LANES + l] * gy[v * LANES + l];
                        re[o + l] *= g;
                        im[o + l] *= g;
                    }
                }
            }
        }

        private void write(int p, int column, int row) {
            float[] out = merged.planes[p];
            int w = stack.width();
            for (int l = 0; l < LANES && column + l < merged.columns; l++) {
                int x0 = (column + l) * PITCH - PITCH;
                int y0 = row * PITCH - PITCH;
                for (int y = Math.max(0, -y0); y < Math.min(N, stack.height() - y0); y++) {
                    int o = (y0 + y) * w + x0;
                    for (int x = Math.max(0, -x0); x < Math.min(N, w - x0); x++) {
                        out[o + x] += tiles[p][(y * N + x) * LANES + l] * WINDOW[y] * WINDOW[x];
                    }
                }
            }
        }

        private static float[] window() {
            float[] w = new float[N];
            for (int i = 0; i < N; i++) {
                w[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / N));
            }
            return w;
        }
    }
}
