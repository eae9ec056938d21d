package dev.fovea.image;

/**
 * The choices of an encoder; each format uses what applies to it.
 *
 * @param quality JPEG quality, 1..100
 * @param bits bits per sample where the format offers several (PNG 8 or 16; TIFF 8, 16 or 32 = float)
 */
public record Encoding(int quality, int bits) {
    /** JPEG quality 94, 8 bits. */
    public static final Encoding NORMAL = new Encoding(94, 8);

    /** 16 bits where the format offers them. */
    public static final Encoding DEEP = new Encoding(97, 16);

    /** Checks the ranges. */
    public Encoding {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is " + quality + ", but must lie between 1 and 100");
        }
        if (bits != 8 && bits != 16 && bits != 32) {
            throw new IllegalArgumentException("bits is " + bits + ", but must be 8, 16 or 32");
        }
    }
}
