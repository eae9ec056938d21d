package dev.fovea.photo;

import dev.fovea.image.kernel.TileFft;
import dev.fovea.photo.kernel.Deblur;

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

    private final float[] gain = new float[N * BINS];
    private final float[] noise = new float[N * BINS];
    private final float[][] tiles;
    private final float[] re = new float[TileFft.SPECTRUM];
    private final float[] im = new float[TileFft.SPECTRUM];
    private final float[] variance = new float[LANES];
    private final float[] level = new float[3 * LANES];
    private final int[] columns = new int[LANES];
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
                    columns[l] = Math.min(column + l, across - 1) * PITCH;
                    local.at(columns[l] + PITCH, (row + 1) * PITCH, variances[l]);
                    decorrelate(variances[l]);
                }
                for (int p = 0; p < from.length; p++) {
                    read(from[p], row * PITCH * side, side, columns, tiles[p]);
                }
                restore(strength);
                for (int p = 0; p < from.length; p++) {
                    int count = Math.min(LANES, across - column);
                    add(tiles[p], to[p], row * PITCH * side, side, columns, count);
                }
            }
        }
    }

    private void restore(float strength) {
        Decorrelation.forward(tiles);
        for (int p = 0; p < tiles.length; p++) {
            for (int l = 0; l < LANES; l++) {
                variance[l] = variances[l][p] * strength * (p == 0 ? 1 : COLOUR);
            }
            Deblur.split(tiles[p], level);
            fft.forward(tiles[p], re, im);
            Deblur.filter(re, im, gain, noise, variance);
            fft.inverse(re, im, tiles[p]);
            Deblur.join(tiles[p], level);
        }
        Decorrelation.backward(tiles);
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

    private static void read(float[] plane, int at, int side, int[] columns, float[] tile) {
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                int o = (y * N + x) * LANES;
                int i = at + y * side + x;
                for (int l = 0; l < LANES; l++) {
                    tile[o + l] = plane[i + columns[l]];
                }
            }
        }
    }

    private static void add(float[] tile, float[] plane, int at, int side, int[] columns, int count) {
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                int o = (y * N + x) * LANES;
                int i = at + y * side + x;
                for (int l = 0; l < count; l++) {
                    plane[i + columns[l]] += tile[o + l];
                }
            }
        }
    }
}
