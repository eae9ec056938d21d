package dev.fovea.photo;

import java.util.Arrays;

/**
 * The last curve: display luma to linear luma, with a gentle black point and a toe that keeps the night dark.
 *
 * <p>The black point takes away haze, never more than a few percent; the toe lowers what is almost black, as the S-curve of Night Sight does
 * (Liba 2019, section 6). Both leave middle tones and white in place, and are monotone.
 */
final class Mood {
    private static final int ROWS = 4096;
    private static final double LOW = -0.25;
    private static final double HIGH = 1.75;
    private static final double MOST_BLACK = 0.05;
    private static final double TOE = 0.13;

    private final float[] table = new float[ROWS + 2];

    /**
     * @param shown display luma, small
     * @param strength 0 is the plain decoding of sRGB
     */
    Mood(float[] shown, double strength) {
        double black = strength * black(shown);
        for (int i = 0; i < table.length; i++) {
            double y = LOW + (HIGH - LOW) * i / ROWS;
            table[i] = (float) Display.decode(curve(y, black, strength));
        }
    }

    private static double black(float[] shown) {
        float[] sorted = shown.clone();
        Arrays.sort(sorted);
        return Math.clamp(sorted[(int) (0.002 * (sorted.length - 1))] * 0.8, 0, MOST_BLACK);
    }

    private static double curve(double y, double black, double strength) {
        double raised = y > 1 ? y : (y - black) / (1 - black);
        if (raised <= 0 || raised >= 1) {
            return raised;
        }
        double toed = raised * (1 - 0.35 * strength * Math.exp(-raised / TOE));
        return toed - 0.35 * strength * Math.sin(2 * Math.PI * toed) / (2 * Math.PI);
    }

    /** Linear luma for display luma. */
    float at(float shown) {
        float at = Math.clamp((shown - (float) LOW) * (float) (ROWS / (HIGH - LOW)), 0, ROWS);
        int i = (int) at;
        return table[i] + (table[i + 1] - table[i]) * (at - i);
    }
}
