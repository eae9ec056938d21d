package dev.fovea.photo;

import dev.fovea.image.kernel.SrgbCurve;

/**
 * Colours a row: luma gets its mood and its chroma back, what a display cannot show is fitted by {@link Gamut}, and all is encoded.
 *
 * <p>Chroma is a little livelier in the light and paler in the dark, where eyes see by their rods. What outshines the white point burns out
 * towards white, as on film; what lies below keeps its colour.
 */
final class Palette {
    /** Linear luma at which half of the paling of shadows is gone. */
    private static final float DUSK = 0.02f;

    /** Where burning out begins, relative to the white point. */
    private static final float BURN = 0.7f;

    private final Mood mood;
    private final float offset;
    private final float toWhite;
    private final float fade;
    private final float vivid;
    private final float burn;
    private final boolean fit;

    Palette(Mood mood, Lightness scale, Metering metering, Tone tone) {
        this.mood = mood;
        offset = scale.offset();
        toWhite = (float) (metering.gain() / metering.white());
        fade = 0.35f * tone.colour();
        vivid = 1 + 0.3f * tone.colour();
        burn = 0.8f * tone.highlights();
        fit = tone.highlights() > 0;
    }

    /**
     * Colours and encodes a row.
     *
     * @param light lightness of the linear picture
     * @param shown display luma
     * @param u relative chroma of red
     * @param v relative chroma of blue
     * @param at where the row lies in the three planes
     */
    void row(float[] light, float[] shown, float[] u, float[] v, int width, float[] r, float[] g, float[] b, int at) {
        float[] rgb = new float[3];
        for (int x = 0; x < width; x++) {
            float y = Math.max(0, mood.at(shown[x]));
            float over = Math.max(0, (light[x] * light[x] - offset) * toWhite - BURN);
            float saturation = (vivid - fade * DUSK / (DUSK + y)) / (1 + burn * over);
            float du = u[x] * saturation;
            float dv = v[x] * saturation;
            float red = y * (1 + du);
            float green = y * (1 - (Lightness.RED * du + Lightness.BLUE * dv) / Lightness.GREEN);
            float blue = y * (1 + dv);
            if (fit && Math.max(red, Math.max(green, blue)) > 1) {
                rgb[0] = Math.max(0, red);
                rgb[1] = Math.max(0, green);
                rgb[2] = Math.max(0, blue);
                Gamut.fit(rgb);
                red = rgb[0];
                green = rgb[1];
                blue = rgb[2];
            }
            r[at + x] = red;
            g[at + x] = green;
            b[at + x] = blue;
        }
        SrgbCurve.encode(r, at, r, at, width);
        SrgbCurve.encode(g, at, g, at, width);
        SrgbCurve.encode(b, at, b, at, width);
    }
}
