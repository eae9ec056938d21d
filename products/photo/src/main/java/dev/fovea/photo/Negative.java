package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Image;
import dev.fovea.photo.kernel.Octave;

/**
 * What finishing needs of the linear picture, at half size: lightness and chroma.
 *
 * @param light lightness
 * @param colour chroma, not yet relative to luma
 * @param brightest the largest lightness of the full picture
 */
record Negative(Level light, Differences colour, float brightest) {
    private static final int BAND = 16;

    /** Values beyond are no light. */
    private static final float BRIGHTEST = 1e9f;

    /** Reads a linear picture once. */
    static Negative of(Image linear, Lightness scale) {
        int w = linear.width();
        int h = linear.height();
        int halfWidth = Octave.half(w);
        int halfHeight = Octave.half(h);
        float[] light = new float[halfWidth * halfHeight];
        float[] u = new float[light.length];
        float[] v = new float[light.length];
        float[] luma = new float[light.length];
        float brightest = Work.sum(
                halfHeight,
                BAND,
                (from, to) -> {
                    chroma(linear, u, v, luma, from, to);
                    return lightness(linear, scale, light, from, to);
                },
                Math::max);
        return new Negative(
                new Level(light, halfWidth, halfHeight),
                new Differences(
                        new Level(u, halfWidth, halfHeight),
                        new Level(v, halfWidth, halfHeight),
                        new Level(luma, halfWidth, halfHeight)),
                brightest);
    }

    /** Lightness of the rows that a band of half-size rows needs, halved. */
    private static float lightness(Image linear, Lightness scale, float[] light, int from, int to) {
        int w = linear.width();
        int h = linear.height();
        int first = Math.max(2 * from - 2, 0);
        int end = Math.min(2 * to + 2, h);
        float[] block = new float[(end - first) * w];
        row(linear, scale, first * w, end * w, block);
        float brightest = 0;
        for (float l : block) {
            brightest = Math.max(brightest, l);
        }
        int half = Octave.half(w);
        float[] small = new float[Octave.half(end - first) * half];
        Octave.down(block, w, end - first, small, from - first / 2, to - first / 2);
        System.arraycopy(small, (from - first / 2) * half, light, from * half, (to - from) * half);
        return brightest;
    }

    /** Lightness of some pixels. */
    static void row(Image linear, Lightness scale, int from, int to, float[] out) {
        float[] r = linear.plane(0);
        float[] g = linear.plane(1);
        float[] b = linear.plane(2);
        float offset = scale.offset();
        for (int i = from; i < to; i++) {
            float y = Lightness.RED * r[i] + Lightness.GREEN * g[i] + Lightness.BLUE * b[i];
            // What is infinite or no number, as broken files hold, counts as black.
            out[i - from] = y > -offset && y < BRIGHTEST ? (float) Math.sqrt(y + offset) : 0;
        }
    }

    private static void chroma(Image linear, float[] u, float[] v, float[] luma, int from, int to) {
        int w = linear.width();
        int h = linear.height();
        int half = Octave.half(w);
        for (int y = from; y < to; y++) {
            int top = 2 * y * w;
            int low = Math.min(2 * y + 1, h - 1) * w;
            for (int x = 0; x < half; x++) {
                int left = 2 * x;
                int right = Math.min(2 * x + 1, w - 1);
                float r = mean(linear.plane(0), top, low, left, right);
                float g = mean(linear.plane(1), top, low, left, right);
                float b = mean(linear.plane(2), top, low, left, right);
                float y0 = Lightness.RED * r + Lightness.GREEN * g + Lightness.BLUE * b;
                boolean light = Math.abs(r) + Math.abs(g) + Math.abs(b) < BRIGHTEST;
                u[y * half + x] = light ? r - y0 : 0;
                v[y * half + x] = light ? b - y0 : 0;
                luma[y * half + x] = light ? y0 : 0;
            }
        }
    }

    private static float mean(float[] plane, int top, int low, int left, int right) {
        return (plane[top + left] + plane[top + right] + plane[low + left] + plane[low + right]) * 0.25f;
    }
}
