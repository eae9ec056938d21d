package dev.fovea.image;

/** How the planes of an {@link Image} are to be read. */
public enum Colour {
    /** One plane, 0..1, sRGB transfer. */
    GREY(1),
    /** Red, green, blue, 0..1, sRGB primaries and transfer (IEC 61966-2-1). */
    SRGB(3),
    /** As {@link #SRGB}, with a fourth plane of coverage 0..1; colours are not premultiplied. */
    SRGBA(4),
    /** Red, green, blue, 0..1, Display P3 primaries (SMPTE EG 432-1, D65) with the sRGB transfer. */
    DISPLAY_P3(3),
    /** One plane proportional to light; may exceed 1. */
    LINEAR_GREY(1),
    /** Red, green, blue proportional to light, sRGB primaries; may exceed 1, and fall below 0 through noise. */
    LINEAR(3),
    /** Red, green, blue proportional to light, Display P3 primaries; may exceed 1. */
    LINEAR_P3(3),
    /** CIE 1931 X, Y, Z, relative to D65 with Y = 1 for white. */
    XYZ(3),
    /** Lightness 0..1, green-red, blue-yellow: the perceptual space of Ottosson (2020). */
    OKLAB(3);

    private final int planes;

    Colour(int planes) {
        this.planes = planes;
    }

    /** How many planes an image of this colour has. */
    public int planes() {
        return planes;
    }

    /** Whether values are proportional to light. */
    public boolean linear() {
        return this == LINEAR_GREY || this == LINEAR || this == LINEAR_P3 || this == XYZ;
    }
}
