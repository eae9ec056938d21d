package dev.fovea.photo;

import dev.fovea.image.NoiseModel;

/**
 * The variance of light as a frame tells it, tabulated over its logarithm: eight entries an octave, found by the leading bits of the
 * number, so that the merge needs no curve inside its loop.
 *
 * @param tables one a channel
 */
record LightNoise(float[][] tables) {
    private static final int SHIFT = 20;
    private static final int ENTRIES = 0x7F80_0000 >>> SHIFT;

    /** Noise of the sensor, the same for all channels. */
    static LightNoise of(NoiseModel noise, int channels) {
        var tables = new float[channels][ENTRIES];
        for (float[] t : tables) {
            for (int i = 0; i < ENTRIES; i++) {
                t[i] = (float) Math.max(1e-12, noise.variance(Math.min(middle(i), 1e6)));
            }
        }
        return new LightNoise(tables);
    }

    /** Noise of so many codes, seen through a response: the steeper the response, the more light a code is worth. */
    static LightNoise of(ResponseCurve response, double codes) {
        var tables = new float[response.channels()][ENTRIES];
        for (int c = 0; c < tables.length; c++) {
            float[] row = response.inverse()[c];
            int z = 0;
            for (int i = 0; i < ENTRIES; i++) {
                while (z < row.length - 2 && row[z + 1] < middle(i)) {
                    z++;
                }
                double worth = (row[Math.min(z + 2, row.length - 1)] - row[Math.max(0, z - 1)])
                        / (Math.min(z + 2, row.length - 1) - Math.max(0, z - 1));
                tables[c][i] = (float) Math.max(1e-12, worth * worth * codes * codes);
            }
        }
        return new LightNoise(tables);
    }

    private static float middle(int entry) {
        return Float.intBitsToFloat((entry << SHIFT) | 1 << (SHIFT - 1));
    }

    /** The variance at a light; below 0 as at 0. */
    static float at(float[] table, float light) {
        return table[Float.floatToRawIntBits(Math.clamp(light, 0, 1e30f)) >>> SHIFT];
    }
}
