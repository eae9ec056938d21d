package dev.fovea.space;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;

/** Enlarges depth to a picture: of the four values around a pixel those count most whose colour is the pixel's. */
final class Nearest {
    private static final int BAND = 32;

    /** The squared difference of colour, 0..1, at which a value counts for 1/e. */
    private static final float COLOUR = 0.002f;

    private Nearest() {}

    /**
     * The values on the picture's grid.
     *
     * @param values on the guide's grid
     * @param guide the picture made small
     */
    static float[] enlarged(float[] values, Image guide, Image picture) {
        Image small = guide.to(Colour.SRGB), large = picture.to(Colour.SRGB);
        int w = large.width(), h = large.height();
        var out = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    out[y * w + x] = value(values, small, large, x, y);
                }
            }
        });
        return out;
    }

    private static float value(float[] values, Image small, Image large, int x, int y) {
        int sw = small.width(), sh = small.height();
        float u = (x + 0.5f) * sw / large.width() - 0.5f, v = (y + 0.5f) * sh / large.height() - 0.5f;
        int left = (int) Math.floor(u), top = (int) Math.floor(v), p = y * large.width() + x;
        float sum = 0, all = 0;
        for (int k = 0; k < 4; k++) {
            int i = Math.clamp(left + (k & 1), 0, sw - 1), j = Math.clamp(top + (k >> 1), 0, sh - 1), q = j * sw + i;
            float place = (1.001f - Math.abs(u - left - (k & 1))) * (1.001f - Math.abs(v - top - (k >> 1)));
            float weight = place * (float) Math.exp(-difference(small, q, large, p) / COLOUR) + 1e-6f * place;
            if (!Float.isNaN(values[q])) {
                sum += weight * values[q];
                all += weight;
            }
        }
        return all > 0 ? sum / all : Float.NaN;
    }

    private static float difference(Image small, int q, Image large, int p) {
        float sum = 0;
        for (int c = 0; c < 3; c++) {
            float d = small.plane(c)[q] - large.plane(c)[p];
            sum += d * d;
        }
        return sum;
    }
}
