package dev.fovea.photo;

import dev.fovea.space.Disparity;
import java.util.Arrays;

/**
 * The disparities of a picture, sorted.
 *
 * @param sorted an even sample of those that are known
 */
record Spread(float[] sorted) {
    private static final int SAMPLES = 1 << 16;

    /** Of a map with at least one known value. */
    static Spread of(Disparity disparity) {
        float[] all = disparity.pixels();
        int step = Math.max(1, all.length / SAMPLES | 1);
        var some = new float[(all.length + step - 1) / step];
        int n = 0;
        for (int i = 0; i < all.length; i += step) {
            if (!Float.isNaN(all[i])) {
                some[n++] = all[i];
            }
        }
        float[] sorted = n > 0 ? Arrays.copyOf(some, n) : new float[] {0};
        Arrays.sort(sorted);
        return new Spread(sorted);
    }

    /** The value below which a share of all lies. */
    float at(double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** From almost the farthest to almost the nearest. */
    double width() {
        return at(0.99) - at(0.01);
    }
}
