package dev.fovea.image;

import dev.fovea.Work;

/** Makes the compact samples of a frame out of floats: the way back from {@link Unpack}. */
final class Pack {
    private static final int BAND = 32;

    private Pack() {}

    static byte[] grey(Image image) {
        return Quantise.bytes(image);
    }

    /** BT.601, full range, chroma in the middle of four luma samples (JFIF 1.02): the mean of what the four would have. */
    static byte[] i420(Image rgb) {
        int w = rgb.width(), h = rgb.height(), cw = (w + 1) / 2, ch = (h + 1) / 2;
        var out = new byte[(int) Frame.Format.I420.bytes(w, h)];
        float[] r = rgb.plane(0), g = rgb.plane(1), b = rgb.plane(2);
        Work.rows(ch, BAND, (from, to) -> {
            var sums = new float[3][cw];
            for (int row = from; row < to; row++) {
                for (int y = 2 * row; y < Math.min(h, 2 * row + 2); y++) {
                    lumaRow(r, g, b, y * w, w, out);
                }
                quads(r, 2 * row, w, h, sums[0]);
                quads(g, 2 * row, w, h, sums[1]);
                quads(b, 2 * row, w, h, sums[2]);
                chromaRow(sums, out, w * h + row * cw, cw * ch);
            }
        });
        return out;
    }

    private static void lumaRow(float[] r, float[] g, float[] b, int at, int n, byte[] out) {
        for (int i = at; i < at + n; i++) {
            out[i] = unit(0.299f * clip(r[i]) + 0.587f * clip(g[i]) + 0.114f * clip(b[i]));
        }
    }

    /** Means of 2 × 2 values; beyond the last column and row these repeat. */
    private static void quads(float[] plane, int y, int w, int h, float[] out) {
        int a = y * w, b = Math.min(y + 1, h - 1) * w;
        for (int x = 0; x < out.length; x++) {
            int left = 2 * x, right = Math.min(left + 1, w - 1);
            out[x] = (clip(plane[a + left]) + clip(plane[a + right]) + clip(plane[b + left]) + clip(plane[b + right]))
                    / 4;
        }
    }

    private static void chromaRow(float[][] rgb, byte[] out, int at, int planeSize) {
        for (int x = 0; x < rgb[0].length; x++) {
            float r = rgb[0][x], g = rgb[1][x], b = rgb[2][x], y = 0.299f * r + 0.587f * g + 0.114f * b;
            out[at + x] = unit((b - y) / 1.772f + 128 / 255f);
            out[at + planeSize + x] = unit((r - y) / 1.402f + 128 / 255f);
        }
    }

    private static float clip(float v) {
        return Math.clamp(v, 0f, 1f);
    }

    private static byte unit(float v) {
        return (byte) (clip(v) * 255 + 0.5f);
    }
}
