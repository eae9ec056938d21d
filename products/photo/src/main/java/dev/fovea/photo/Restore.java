package dev.fovea.photo;

import dev.fovea.image.kernel.TileFft;

/**
 * Undoes the blur of lens and pixel as far as noise allows: overlapping tiles in the frequency domain, brightness and colour apart, every
 * coefficient amplified by the inverse of what the blur left of it and shrunk by what noise can explain (Wiener's filter, with the
 * coefficient's own power above the noise's as the signal). Works on squares of pixels; belongs to one thread.
 */
final class Restore {
    /** Distance of neighbouring tiles: half their side. */
    static final int PITCH = TileFft.N / 2;

    private static final int N = TileFft.N;
    private static final int LANES = TileFft.LANES;
    private static final int BINS = TileFft.BINS;
    /** Colour varies little where brightness does: what differs is noise rather more often. */
    private static final float COLOUR = 3;

    private static final float MIDDLE = (N - 1) / 2f;
    /** The sum of (x - middle)² over a tile. */
    private static final float MOMENT = N * N * (N * N - 1) / 12f;

    private static final float[] WINDOW = window();

    private final float[] gain = new float[N * BINS];
    private final float[] noise = new float[N * BINS];
    private final float[][] tiles;
    private final float[] re = new float[TileFft.SPECTRUM];
    private final float[] im = new float[TileFft.SPECTRUM];
    private final float[] level = new float[LANES];
    private final float[][][] planes;
    private final float[][] variances;
    private final TileFft fft = new TileFft();

    /** How noisy the planes are around a place: a variance for each plane. */
    interface Noise {
        void at(int x, int y, float[] variances);
    }

    /**
     * @param planes 1 or 3
     * @param spread standard deviation, in fine pixels, of the kernel through which the noise came; 0 for white noise
     * @param least the squared response that is half given up rather than undone
     */
    Restore(int planes, Optics optics, double spread, double least) {
        tiles = new float[planes][TileFft.TILE];
        variances = new float[LANES][planes];
        this.planes = new float[LANES][planes][3];
        double sum = 0;
        for (int i = 0; i < N * BINS; i++) {
            int u = i % BINS;
            double fx = u / (double) N;
            double fy = Math.min(i / BINS, N - i / BINS) / (double) N;
            double h = optics.response(fx) * optics.response(fy);
            gain[i] = (float) (h * (1 + least) / (h * h + least));
            double power = Math.exp(-4 * Math.PI * Math.PI * spread * spread * (fx * fx + fy * fy));
            noise[i] = (float) power;
            sum += power * (u == 0 || u == BINS - 1 ? 1 : 2);
        }
        for (int i = 0; i < noise.length; i++) {
            noise[i] *= (float) (N * N * N * N / sum);
        }
    }

    /**
     * Adds the restored planes of a square to others. Within {@link #PITCH} of the edge, tiles do not add up to all.
     *
     * @param side of the square, a multiple of the pitch
     * @param strength how strongly noise is shrunk
     */
    void add(float[][] from, int side, Noise local, float strength, float[][] to) {
        int across = side / PITCH - 1;
        for (int row = 0; row < across; row++) {
            for (int column = 0; column < across; column += LANES) {
                for (int l = 0; l < LANES; l++) {
                    int x = Math.min(column + l, across - 1) * PITCH;
                    local.at(x + PITCH, (row + 1) * PITCH, variances[l]);
                    decorrelate(variances[l]);
                    for (int p = 0; p < from.length; p++) {
                        read(from[p], row * PITCH * side + x, side, tiles[p], l, planes[l][p]);
                    }
                }
                restore(strength);
                for (int l = 0; l < LANES && column + l < across; l++) {
                    for (int p = 0; p < from.length; p++) {
                        write(tiles[p], l, planes[l][p], to[p], (row * side + column + l) * PITCH, side);
                    }
                }
            }
        }
    }

    private void restore(float strength) {
        Decorrelation.forward(tiles);
        for (int p = 0; p < tiles.length; p++) {
            for (int l = 0; l < LANES; l++) {
                level[l] = variances[l][p] * strength * (p == 0 ? 1 : COLOUR);
            }
            fft.forward(tiles[p], re, im);
            wiener();
            fft.inverse(re, im, tiles[p]);
        }
        Decorrelation.backward(tiles);
    }

    private void wiener() {
        for (int b = 0; b < N * BINS; b++) {
            for (int i = b * LANES, l = 0; l < LANES; i++, l++) {
                float power = re[i] * re[i] + im[i] * im[i] + 1e-20f;
                float g = gain[b] * Math.max(0, 1 - level[l] * noise[b] / power);
                re[i] *= g;
                im[i] *= g;
            }
        }
    }

    /** The variances after {@link Decorrelation}. */
    private static void decorrelate(float[] v) {
        if (v.length == 3) {
            float sum = (v[0] + v[1] + v[2]) / 3;
            float across = (v[0] + v[2]) / 2;
            float middle = (4 * v[1] + v[0] + v[2]) / 6;
            v[0] = sum;
            v[1] = across;
            v[2] = middle;
        }
    }

    /** Splits a tile into a level plane, which no blur changes and no window may bend, and the rest under the window. */
    private static void read(float[] plane, int at, int side, float[] tile, int lane, float[] level) {
        float mean = 0;
        float right = 0;
        float down = 0;
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                float v = plane[at + y * side + x];
                mean += v;
                right += v * (x - MIDDLE);
                down += v * (y - MIDDLE);
            }
        }
        level[0] = mean / (N * N);
        level[1] = right / MOMENT;
        level[2] = down / MOMENT;
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                float v = plane[at + y * side + x] - at(level, x, y);
                tile[(y * N + x) * LANES + lane] = v * WINDOW[y] * WINDOW[x];
            }
        }
    }

    private static void write(float[] tile, int lane, float[] level, float[] plane, int at, int side) {
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                float w = WINDOW[y] * WINDOW[x];
                plane[at + y * side + x] += w * (tile[(y * N + x) * LANES + lane] + w * at(level, x, y));
            }
        }
    }

    private static float at(float[] level, int x, int y) {
        return level[0] + level[1] * (x - MIDDLE) + level[2] * (y - MIDDLE);
    }

    /** Its square is the raised cosine, which half a tile apart adds up to 1. */
    private static float[] window() {
        float[] w = new float[N];
        for (int i = 0; i < N; i++) {
            w[i] = (float) Math.sin(Math.PI * (i + 0.5) / N);
        }
        return w;
    }
}
