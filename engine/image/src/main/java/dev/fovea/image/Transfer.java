package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.SrgbCurve;

/**
 * The transfer curve of sRGB and Display P3 between light and display values, both 0..1 (IEC 61966-2-1:1999). Single values are exact;
 * whole planes are fast, within 1e-6 of display value, exact at 0 and 1, and clipped to 0..1.
 */
public final class Transfer {
    private static final int BAND = 1 << 16;

    private Transfer() {}

    /** The display value of an amount of light: 12.92 x below 0.0031308, else 1.055 x^(1/2.4) - 0.055. */
    public static double encode(double light) {
        return light < 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    /** The light of a display value: x / 12.92 below 0.04045, else ((x + 0.055) / 1.055)^2.4. */
    public static double decode(double display) {
        return display < 0.04045 ? display / 12.92 : Math.pow((display + 0.055) / 1.055, 2.4);
    }

    /** Light to display values, for a whole plane; both may be the same array. */
    public static void encode(float[] light, float[] display) {
        same(light, display);
        Work.rows(light.length, BAND, (from, to) -> SrgbCurve.encode(light, from, display, from, to - from));
    }

    /** Display values to light, for a whole plane; both may be the same array. */
    public static void decode(float[] display, float[] light) {
        same(display, light);
        Work.rows(display.length, BAND, (from, to) -> SrgbCurve.decode(display, from, light, from, to - from));
    }

    private static void same(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("planes of " + a.length + " and " + b.length + " values");
        }
    }
}
