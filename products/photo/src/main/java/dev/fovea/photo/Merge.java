package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.kernel.TileFft;
import dev.fovea.photo.kernel.Shift;
import dev.fovea.photo.kernel.TileMerge;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

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
    private static final int BINS = TileFft.BINS;
    /** Frequencies below this, of 16, show the shape of things; above, a mosaic's planes alias. */
    private static final int COARSE = 4;
    /** A coarse difference of so much times the noise's power is half believed to be motion. */
    private static final float NOTICED = 1.7f;

    /** The part of a tile's contrast that a shift by part of a pixel may change. */
    private static final float ALIAS = 0.06f;

    /** The part of a mosaic's fine structure that may show as coarse brightness, and as coarse colour, anew in every frame. */
    private static final float FOLDED_BRIGHTNESS = 0.3f;

    private static final float FOLDED_COLOUR = 1;
    private static final int PITCH = N / 2;
    private static final float FLOOR = 0.02f;

    /**
     * What a merge gives.
     *
     * @param planes merged planes, in unit noise of a single frame
     * @param columns tiles across
     * @param rows tiles down
     * @param used for each frame and tile the share of it that went in, 0..1
     * @param trust for each frame and tile how well its coarse shape agrees with the reference, 0..1: what moved has none. Where a mosaic
     *     shows fine structure as coarse, which differs from frame to frame, it counts as agreeing, other than in the merge itself
     */
    record Merged(float[][] planes, int columns, int rows, float[][] used, float[][] trust) {
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
     */
    Merged apply(Stack stack, int reference, List<Field> fields) {
        int columns = (stack.width() + PITCH - 1) / PITCH + 1;
        int rows = (stack.height() + PITCH - 1) / PITCH + 1;
        var merged = new Merged(
                new float[stack.planes()][stack.width() * stack.height()],
                columns,
                rows,
                new float[stack.frames()][columns * rows],
                new float[stack.frames()][columns * rows]);
        float[][] spectra = stack.spectra();
        var idle = new ConcurrentLinkedQueue<Stripe>();
        int stripes = (rows + Stripe.ROWS - 1) / Stripe.ROWS;
        for (int phase = 0; phase < 2; phase++) {
            // Stripes overlap with their neighbours only: those of one phase never write to the same pixels.
            int first = phase;
            Work.rows((stripes + 1 - phase) / 2, 1, (from, to) -> {
                Stripe free = idle.poll();
                Stripe stripe = free != null ? free : new Stripe(this, stack, reference, fields, spectra, merged);
                for (int s = from; s < to; s++) {
                    stripe.merge(first + 2 * s);
                }
                idle.add(stripe);
            });
            Work.step("merge", 0.5 * (phase + 1));
        }
        return merged;
    }

    /** Some rows of tiles, with one thread's work space. */
    private static final class Stripe {
        /** Rows of tiles. */
        static final int ROWS = 16;
        /** How far tiles may stray down or up from where most of the stripe goes. */
        private static final int STRAY = 8;

        private final Stack stack;
        private final int reference;
        private final List<Field> fields;
        private final Batch batch;

        Stripe(Merge merge, Stack stack, int reference, List<Field> fields, float[][] spectra, Merged merged) {
            this.stack = stack;
            this.reference = reference;
            this.fields = fields;
            int rows = ROWS * PITCH + PITCH + Stack.margin() + 2 * STRAY;
            var frames = new float[stack.frames()][stack.planes()][rows * stack.stride()];
            this.batch = new Batch(merge, stack, reference, fields, spectra, merged, frames, rows);
        }

        void merge(int stripe) {
            int top = (stripe * ROWS - 1) * PITCH;
            for (int f = 0; f < stack.frames(); f++) {
                int rows = f == reference ? N + (ROWS - 1) * PITCH : batch.height;
                batch.first[f] = f == reference ? top : top + drift(f, top) - STRAY - Shift.BEFORE;
                stack.rows(f, batch.first[f], rows, batch.frames[f]);
            }
            int last = Math.min(batch.merged.rows, (stripe + 1) * ROWS);
            for (int r = stripe * ROWS; r < last; r++) {
                for (int c = 0; c < batch.merged.columns; c += LANES) {
                    batch.merge(c, r);
                }
            }
        }

        /** The middle of the displacements down along the stripe. */
        private int drift(int f, int top) {
            Field field = fields.get(f);
            int n = Math.max(1, stack.width() / 32);
            float[] dy = new float[n];
            for (int i = 0; i < n; i++) {
                dy[i] = 2 * field.dy((i + 0.5f) * stack.width() / n / 2, (top + ROWS * PITCH / 2f) / 2);
            }
            java.util.Arrays.sort(dy);
            return Math.round(dy[n / 2]);
        }
    }

    /** Eight neighbouring tiles of a row, with one thread's work space. */
    private static final class Batch {
        private static final float[] WINDOW = window();
        private static final int[] FINE_BINS = java.util.stream.IntStream.range(0, N * BINS)
                .filter(b -> b % BINS >= COARSE || Math.min(b / BINS, N - b / BINS) >= COARSE)
                .toArray();
        private static final int[] COARSE_BINS = java.util.stream.IntStream.range(0, N * BINS)
                .filter(b -> b % BINS < COARSE && Math.min(b / BINS, N - b / BINS) < COARSE)
                .toArray();

        private final Merge merge;
        private final Stack stack;
        private final int reference;
        private final List<Field> fields;
        /** The stripe's rows of all frames and planes, how many they are, and the first of each frame. */
        private final float[][][] frames;

        private final int height;
        private final int[] first;
        private final float[][] spectra;
        private final float[][] inverse;
        private final float[] coarseNoise;
        private final float fineNoise;
        private final Merged merged;
        private final TileFft fft = new TileFft();
        private final float[] temporary = new float[N * Shift.SIDE];
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
        private final float[] own = new float[TileFft.SPECTRUM];
        private final float[] zero = new float[TileFft.SPECTRUM];
        private final float[] trust = new float[LANES];
        private final float[] worst = new float[LANES];
        private final float[] contrast = new float[LANES];
        private final float[] fine = new float[LANES];
        private final float[] least = new float[LANES];
        private final float[] lanes = new float[LANES];
        private final float[] hx = new float[N * LANES];
        private final float[] hy = new float[N * LANES];
        private final float[] gx = new float[N * LANES];
        private final float[] gy = new float[N * LANES];

        Batch(
                Merge merge,
                Stack stack,
                int reference,
                List<Field> fields,
                float[][] spectra,
                Merged merged,
                float[][][] frames,
                int height) {
            this.frames = frames;
            this.height = height;
            this.first = new int[frames.length];
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
            inverse = new float[p][N * BINS];
            coarseNoise = new float[p];
            float noise = 0;
            for (int b : FINE_BINS) {
                noise += 2 * spectra[0][b];
            }
            fineNoise = noise;
            for (int i = 0; i < p; i++) {
                for (int b : COARSE_BINS) {
                    coarseNoise[i] += 2 * spectra[i][b];
                }
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
            measure();
            java.util.Arrays.fill(sum, 1);
            java.util.Arrays.fill(squares, 1);
            java.util.Arrays.fill(own, 0);
            for (int p = 0; p < tRe.length; p++) {
                TileMerge.mismatch(tRe[p], tIm[p], zero, zero, inverse[p], own);
            }
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
            judge();
            java.util.Arrays.fill(q, 0);
            for (int p = 0; p < eRe.length; p++) {
                TileMerge.mismatch(tRe[p], tIm[p], eRe[p], eIm[p], inverse[p], q);
            }
            TileMerge.allow(q, own, trust, stack.allowance());
            TileMerge.weigh(q, smooth, merge.tolerance, hx, hy, weight);
            TileMerge.total(weight, sum, squares);
            for (int p = 0; p < eRe.length; p++) {
                TileMerge.add(weight, eRe[p], eIm[p], mRe[p], mIm[p]);
            }
            for (int l = 0; l < LANES && column + l < merged.columns; l++) {
                merged.used[f][row * merged.columns + column + l] = mean(l);
                merged.trust[f][row * merged.columns + column + l] = least[l];
            }
        }

        /** Mean weight of a lane's bins. */
        private float mean(int lane) {
            float all = 0;
            for (int i = lane; i < weight.length; i += LANES) {
                all += weight[i];
            }
            return all / (N * BINS);
        }

        /**
         * How well the coarse shapes of the tiles agree, in the plane that agrees least: the difference against noise and some of the tile's
         * own contrast; and at least, if what a mosaic folds of fine structure is allowed, too.
         */
        private void judge() {
            java.util.Arrays.fill(worst, 0);
            java.util.Arrays.fill(least, 0);
            for (int p = 0; p < tRe.length; p++) {
                TileMerge.distance(eRe[p], eIm[p], tRe[p], tIm[p], COARSE_BINS, 0, lanes);
                for (int l = 0; l < LANES; l++) {
                    worst[l] = Math.max(worst[l], lanes[l] / (NOTICED * coarseNoise[p] + ALIAS * contrast[l]));
                    float folded = fine[l] * (p == 0 ? FOLDED_BRIGHTNESS : FOLDED_COLOUR);
                    least[l] = Math.max(least[l], lanes[l] / (NOTICED * coarseNoise[p] + ALIAS * contrast[l] + folded));
                }
            }
            for (int l = 0; l < LANES; l++) {
                float square = worst[l] * worst[l];
                trust[l] = 1 / (1 + square * square);
                least[l] = 1 / (1 + least[l] * least[l] * least[l] * least[l]);
                for (int u = 0; u < BINS; u++) {
                    hx[u * LANES + l] *= trust[l];
                }
            }
        }

        /** How much coarse structure the reference's tiles have, all planes together, their means left out; and how much fine brightness. */
        private void measure() {
            java.util.Arrays.fill(contrast, 0);
            for (int p = 0; p < tRe.length; p++) {
                TileMerge.distance(tRe[p], tIm[p], zero, zero, COARSE_BINS, 1, lanes);
                for (int l = 0; l < LANES; l++) {
                    contrast[l] += lanes[l];
                }
            }
            TileMerge.distance(tRe[0], tIm[0], zero, zero, FINE_BINS, 0, fine);
            for (int l = 0; l < LANES; l++) {
                fine[l] = stack.allowance() > 0 ? Math.max(0, fine[l] - fineNoise) : 0;
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
                    TileMerge.equalise(re[p], im[p], gx, gy);
                }
            }
        }

        private void place(int f, int column, int row, int lane, boolean still) {
            int x = column * PITCH - PITCH;
            int y = row * PITCH - PITCH;
            int fx = 0;
            int fy = 0;
            if (!still) {
                float cx = (x + N / 2f) / 2 - 0.5f;
                float cy = (y + N / 2f) / 2 - 0.5f;
                int sx = Math.round(fields.get(f).dx(cx, cy) * 2 * Shift.FRACTIONS);
                int sy = Math.round(fields.get(f).dy(cx, cy) * 2 * Shift.FRACTIONS);
                x += Math.floorDiv(sx, Shift.FRACTIONS) - Shift.BEFORE;
                y += Math.floorDiv(sy, Shift.FRACTIONS) - Shift.BEFORE;
                fx = Math.floorMod(sx, Shift.FRACTIONS);
                fy = Math.floorMod(sy, Shift.FRACTIONS);
                for (int v = 0; v < N; v++) {
                    respond(hx, gx, v * LANES + lane, Shift.response(fx, v));
                    respond(hy, gy, v * LANES + lane, Shift.response(fy, v));
                }
            }
            int side = still ? N : Shift.SIDE;
            int stride = stack.stride();
            int left = Math.clamp(x + Stack.RIM, 0, stride - side);
            int top = Math.clamp(y - first[f], 0, height - side);
            for (int p = 0; p < tiles.length; p++) {
                Shift.tile(frames[f][p], top * stride + left, stride, fx, fy, !still, temporary, tiles[p], lane);
            }
        }

        /** Where the interpolation lets too little through, the frame has no say. */
        private static void respond(float[] h, float[] g, int i, float response) {
            h[i] = response < 0.3f ? 0 : response * response;
            g[i] = response < 0.3f ? 0 : 1 / response;
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
