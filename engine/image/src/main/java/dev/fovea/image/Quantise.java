package dev.fovea.image;

import dev.fovea.Work;

/** Makes the whole numbers of a file out of floats: the nearest one, what lies outside 0..1 clipped, not-a-number black. */
final class Quantise {
    private static final int BAND = 64;

    private Quantise() {}

    /** The picture in colours that a display format carries: grey, sRGB, Display P3, and sRGB with coverage where there is room for it. */
    static Image display(Image image, boolean alpha) {
        return switch (image.colour()) {
            case GREY, SRGB, DISPLAY_P3 -> image;
            case SRGBA -> alpha ? image : opaque(image);
            case LINEAR_GREY -> image.to(Colour.GREY);
            case LINEAR_P3 -> image.to(Colour.DISPLAY_P3);
            case LINEAR, XYZ, OKLAB -> image.to(Colour.SRGB);
        };
    }

    /** The picture in values proportional to light: grey, or sRGB primaries. */
    static Image linear(Image image) {
        return switch (image.colour()) {
            case LINEAR, LINEAR_GREY -> image;
            case GREY -> image.to(Colour.LINEAR_GREY);
            case SRGBA -> opaque(image).to(Colour.LINEAR);
            case SRGB, DISPLAY_P3, LINEAR_P3, XYZ, OKLAB -> image.to(Colour.LINEAR);
        };
    }

    private static Image opaque(Image image) {
        return Image.of(image.width(), image.height(), Colour.SRGB, image.plane(0), image.plane(1), image.plane(2));
    }

    /** All samples as bytes, interleaved. */
    static byte[] bytes(Image image) {
        var out = new byte[image.width() * image.height() * image.colour().planes()];
        int row = image.width() * image.colour().planes();
        Work.rows(image.height(), BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                row8(image, y, out, y * row);
            }
        });
        return out;
    }

    /** One row of interleaved bytes. */
    static void row8(Image image, int y, byte[] out, int at) {
        int w = image.width(), bands = image.colour().planes();
        for (int c = 0; c < bands; c++) {
            float[] plane = image.plane(c);
            for (int x = 0, i = y * w, o = at + c; x < w; x++, i++, o += bands) {
                out[o] = (byte) (Math.clamp(plane[i], 0f, 1f) * 255 + 0.5f);
            }
        }
    }

    /** One row of interleaved 16-bit numbers, big-endian. */
    static void row16(Image image, int y, byte[] out, int at) {
        int w = image.width(), bands = image.colour().planes();
        for (int c = 0; c < bands; c++) {
            float[] plane = image.plane(c);
            for (int x = 0, i = y * w, o = at + 2 * c; x < w; x++, i++, o += 2 * bands) {
                int v = (int) (Math.clamp(plane[i], 0f, 1f) * 65535 + 0.5f);
                out[o] = (byte) (v >> 8);
                out[o + 1] = (byte) v;
            }
        }
    }

    /** One row, of 8 or 16 bits. */
    static void row(Image image, int y, int bits, byte[] out, int at) {
        if (bits == 8) {
            row8(image, y, out, at);
        } else {
            row16(image, y, out, at);
        }
    }
}
