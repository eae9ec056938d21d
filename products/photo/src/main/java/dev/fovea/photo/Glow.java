package dev.fovea.photo;

import dev.fovea.Work;

/**
 * How much brighter than white small lights may have been. A picture clips them, so that their blur would be dull; large bright areas, such
 * as the sky, are as bright as they look.
 *
 * @param width cells per row
 * @param gain of each cell of 2^{@value #SHIFT} pixels a side, what a white pixel in it has lost: 0 for none
 */
record Glow(int width, float[] gain) {
    static final int SHIFT = 3;
    /** Below this share of white nothing was clipped. */
    static final float BRIGHT = 0.7f;

    /** How many times white a small lamp is, at most, less 1. */
    private static final float MOST = 20;
    /** A neighbourhood with this share of bright pixels is an area, not a lamp. */
    private static final float AREA = 0.12f;

    static Glow of(Layers layers) {
        int size = 1 << SHIFT;
        int w = (layers.width() + size - 1) >> SHIFT;
        int h = (layers.height() + size - 1) >> SHIFT;
        var share = new float[w * h];
        Work.rows(h, 8, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    share[y * w + x] = share(layers, x << SHIFT, y << SHIFT, size);
                }
            }
        });
        int radius = Math.max(1, Math.max(w, h) / 40);
        var mean = new float[w * h];
        dev.fovea.image.kernel.BoxSum.mean(share, w, h, radius, mean);
        for (int i = 0; i < mean.length; i++) {
            float small = Math.max(0, 1 - mean[i] / AREA);
            mean[i] = share[i] > 0 ? MOST * small * small : 0;
        }
        return new Glow(w, mean);
    }

    private static float share(Layers layers, int x0, int y0, int size) {
        float sum = 0;
        int n = 0;
        for (int y = y0; y < Math.min(layers.height(), y0 + size); y++) {
            for (int x = x0; x < Math.min(layers.width(), x0 + size); x++, n++) {
                sum += lit(layers, y * layers.width() + x);
            }
        }
        return sum / n;
    }

    /** How much of a lamp a pixel is, 0..1. */
    static float lit(Layers layers, int pixel) {
        float sum = 0;
        for (float[] plane : layers.seen()) {
            sum += plane[pixel];
        }
        float t = Math.clamp((sum / layers.seen().length - BRIGHT) / (1 - BRIGHT), 0f, 1f);
        return t * t;
    }
}
