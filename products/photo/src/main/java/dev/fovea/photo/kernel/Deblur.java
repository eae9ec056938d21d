package dev.fovea.photo.kernel;

import dev.fovea.image.kernel.Simd;
import dev.fovea.image.kernel.TileFft;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Wiener's filter on batches of tiles in the layout of {@link TileFft}, under a window whose square is the raised cosine. A tile's level
 * plane (mean and slopes, by least squares), which no blur changes, goes around the window and the filter.
 */
public final class Deblur {
    private static final int N = TileFft.N;
    private static final int LANES = TileFft.LANES;
    private static final int BINS = N * TileFft.BINS;
    private static final float MIDDLE = (N - 1) / 2f;
    /** The sum of (x - middle)² over a tile. */
    private static final float MOMENT = N * N * (N * N - 1) / 12f;

    private static final float[] WINDOW = new float[N];

    static {
        for (int i = 0; i < N; i++) {
            WINDOW[i] = (float) Math.sin(Math.PI * (i + 0.5) / N);
        }
    }

    private Deblur() {}

    /**
     * Takes the level planes off the tiles and puts the rest under the window.
     *
     * @param level mean, slope to the right and slope down, by lanes
     */
    public static void split(float[] tiles, float[] level) {
        if (Simd.ON) {
            Lanes.split(tiles, level);
        } else {
            splitScalar(tiles, level);
        }
    }

    /** Puts filtered tiles under the window again and gives them their level planes back. */
    public static void join(float[] tiles, float[] level) {
        if (Simd.ON) {
            Lanes.join(tiles, level);
        } else {
            joinScalar(tiles, level);
        }
    }

    /**
     * Filters spectra: {@code X *= gain max(0, 1 - variance noise / |X|²)}.
     *
     * @param gain by bins; likewise the noise's power for a variance of 1
     * @param variance by lanes
     */
    public static void filter(float[] re, float[] im, float[] gain, float[] noise, float[] variance) {
        if (Simd.ON) {
            Lanes.filter(re, im, gain, noise, variance);
        } else {
            filterScalar(re, im, gain, noise, variance);
        }
    }

    static void splitScalar(float[] tiles, float[] level) {
        for (int l = 0; l < LANES; l++) {
            float mean = 0;
            float right = 0;
            float down = 0;
            for (int i = 0; i < N * N; i++) {
                float v = tiles[i * LANES + l];
                mean += v;
                right += v * (i % N - MIDDLE);
                down += v * (i / N - MIDDLE);
            }
            level[l] = mean * (1f / (N * N));
            level[LANES + l] = right * (1 / MOMENT);
            level[2 * LANES + l] = down * (1 / MOMENT);
            for (int i = 0; i < N * N; i++) {
                float w = WINDOW[i / N] * WINDOW[i % N];
                tiles[i * LANES + l] = (tiles[i * LANES + l] - plane(level, l, i)) * w;
            }
        }
    }

    static void joinScalar(float[] tiles, float[] level) {
        for (int i = 0; i < N * N; i++) {
            float w = WINDOW[i / N] * WINDOW[i % N];
            for (int l = 0; l < LANES; l++) {
                tiles[i * LANES + l] = (tiles[i * LANES + l] + plane(level, l, i) * w) * w;
            }
        }
    }

    private static float plane(float[] level, int l, int i) {
        return level[l] + level[LANES + l] * (i % N - MIDDLE) + level[2 * LANES + l] * (i / N - MIDDLE);
    }

    static void filterScalar(float[] re, float[] im, float[] gain, float[] noise, float[] variance) {
        for (int b = 0; b < BINS; b++) {
            for (int i = b * LANES, l = 0; l < LANES; i++, l++) {
                float power = re[i] * re[i] + im[i] * im[i] + 1e-20f;
                float g = Math.max(0, 1 - variance[l] * noise[b] / power) * gain[b];
                re[i] *= g;
                im[i] *= g;
            }
        }
    }

    /** The same, eight tiles to a vector; bit-equal. */
    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        private static FloatVector get(float[] a, int i) {
            return FloatVector.fromArray(S, a, i);
        }

        static void split(float[] tiles, float[] level) {
            var mean = FloatVector.zero(S);
            var right = mean;
            var down = mean;
            for (int i = 0; i < N * N; i++) {
                var v = get(tiles, i * LANES);
                mean = mean.add(v);
                right = right.add(v.mul(i % N - MIDDLE));
                down = down.add(v.mul(i / N - MIDDLE));
            }
            mean = mean.mul(1f / (N * N));
            right = right.mul(1 / MOMENT);
            down = down.mul(1 / MOMENT);
            mean.intoArray(level, 0);
            right.intoArray(level, LANES);
            down.intoArray(level, 2 * LANES);
            for (int i = 0; i < N * N; i++) {
                var plane = mean.add(right.mul(i % N - MIDDLE)).add(down.mul(i / N - MIDDLE));
                get(tiles, i * LANES)
                        .sub(plane)
                        .mul(WINDOW[i / N] * WINDOW[i % N])
                        .intoArray(tiles, i * LANES);
            }
        }

        static void join(float[] tiles, float[] level) {
            var mean = get(level, 0);
            var right = get(level, LANES);
            var down = get(level, 2 * LANES);
            for (int i = 0; i < N * N; i++) {
                float w = WINDOW[i / N] * WINDOW[i % N];
                var plane = mean.add(right.mul(i % N - MIDDLE)).add(down.mul(i / N - MIDDLE));
                get(tiles, i * LANES).add(plane.mul(w)).mul(w).intoArray(tiles, i * LANES);
            }
        }

        static void filter(float[] re, float[] im, float[] gain, float[] noise, float[] variance) {
            var strength = get(variance, 0);
            var one = FloatVector.broadcast(S, 1);
            for (int b = 0; b < BINS; b++) {
                int i = b * LANES;
                var x = get(re, i);
                var y = get(im, i);
                var power = x.mul(x).add(y.mul(y)).add(1e-20f);
                var g = one.sub(strength.mul(noise[b]).div(power)).max(0).mul(gain[b]);
                x.mul(g).intoArray(re, i);
                y.mul(g).intoArray(im, i);
            }
        }
    }
}
