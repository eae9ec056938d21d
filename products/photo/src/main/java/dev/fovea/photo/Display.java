package dev.fovea.photo;

/** The sRGB transfer (IEC 61966-2-1), continued below 0 along its straight part and above 1 along its power, so that noise keeps its mean. */
final class Display {
    private Display() {}

    /** A display value of a linear one. */
    static double encode(double linear) {
        return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    }

    /** A linear value of a display one. */
    static double decode(double display) {
        return display <= 0.04045 ? display / 12.92 : Math.pow((display + 0.055) / 1.055, 2.4);
    }
}
