package dev.fovea.photo;

/**
 * Brings a colour that a display cannot show to the nearest one it can, along a line of constant hue in OKLAB.
 *
 * <p>The line leads towards a grey that is only a little darker, so a lamp keeps most of its light and of its colour: a sodium lamp turns
 * pale orange, not yellow and not white (Ottosson, A perceptual color space for image processing, 2020; sRGB gamut clipping, 2021).
 */
final class Gamut {
    /** The lightness towards which very bright colours are drawn. */
    private static final float ANCHOR = 0.82f;

    private static final int STEPS = 9;

    private Gamut() {}

    /** Changes a linear sRGB colour in place if it has a part above 1. */
    static void fit(float[] rgb) {
        float l = cbrt(0.4122214708f * rgb[0] + 0.5363325363f * rgb[1] + 0.0514459929f * rgb[2]);
        float m = cbrt(0.2119034982f * rgb[0] + 0.6806995451f * rgb[1] + 0.1073969566f * rgb[2]);
        float s = cbrt(0.0883024619f * rgb[0] + 0.2817188376f * rgb[1] + 0.6299787005f * rgb[2]);
        float lightness = 0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s;
        float a = 1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s;
        float b = 0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s;
        float top = Math.min(lightness, 1);
        float anchor = ANCHOR;
        float in = 0;
        float out = 1;
        for (int i = 0; i < STEPS; i++) {
            float t = (in + out) / 2;
            linear(anchor + (top - anchor) * t, a * t, b * t, rgb);
            if (Math.max(rgb[0], Math.max(rgb[1], rgb[2])) > 1) {
                out = t;
            } else {
                in = t;
            }
        }
        linear(anchor + (top - anchor) * in, a * in, b * in, rgb);
    }

    private static void linear(float lightness, float a, float b, float[] rgb) {
        float l = lightness + 0.3963377774f * a + 0.2158037573f * b;
        float m = lightness - 0.1055613458f * a - 0.0638541728f * b;
        float s = lightness - 0.0894841775f * a - 1.2914855480f * b;
        l = l * l * l;
        m = m * m * m;
        s = s * s * s;
        rgb[0] = 4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s;
        rgb[1] = -1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s;
        rgb[2] = -0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s;
    }

    private static float cbrt(float x) {
        return (float) Math.cbrt(x);
    }
}
