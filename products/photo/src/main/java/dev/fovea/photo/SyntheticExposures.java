package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.Detail;

/**
 * Four synthetic exposures of one picture as curves from {@link Lightness} to display luma, and how well exposed each shows a value.
 *
 * <p>The dark one holds the lamps, the normal one is as metered, the long one opens the shadows: Hasinoff et al., Burst photography for high
 * dynamic range and low-light imaging, 2016, section 6; weights as Mertens, Kautz and Van Reeth, Exposure fusion, 2007. The weights are
 * wide enough that a brighter value never becomes darker where only one value fills the neighbourhood.
 */
final class SyntheticExposures {
    static final int COUNT = 4;

    /** Values per row of the table: four display lumas, then four weights that add up to 1. */
    static final int ROW = 2 * COUNT;

    private static final int ROWS = 4096;

    /** The width of "well exposed" about a half, in display luma. */
    private static final double WELL = 0.3;

    private final float[] table = new float[(ROWS + 1) * ROW];
    private final float[] curve = new float[ROWS + 1];
    private final float scale;

    /**
     * @param lightness the scale of the table's argument
     * @param brightest the largest lightness of the picture; what is far beyond white is looked up as if just beyond
     * @param metering gain and white
     * @param shadows how far the long exposure goes, 0..1
     * @param highlights how softly lamps end, 0..1; 0 clips
     */
    SyntheticExposures(Lightness lightness, double brightest, Metering metering, double shadows, double highlights) {
        double white = Math.max(8 * metering.white(), 4) / metering.gain();
        scale = (float) (ROWS / Math.clamp(brightest, 1e-6, lightness.of((float) white)));
        double[] gains = gains(metering, shadows, highlights);
        for (int i = 0; i <= ROWS; i++) {
            // Below black the curves stay at black: noise there was averaged in lightness, and must not become dark
            // specks.
            fill(i * ROW, Math.max(0, lightness.luma(i / (double) scale)), gains, metering, highlights);
        }
    }

    private static double[] gains(Metering metering, double shadows, double highlights) {
        double dark = highlights * Math.clamp(0.75 * Math.log(metering.white()) / Math.log(2), 0, 4.5);
        double lift = 2.2 * shadows;
        return new double[] {
            metering.gain() * Math.pow(2, -dark),
            metering.gain() * Math.pow(2, -dark / 2),
            metering.gain(),
            metering.gain() * Math.pow(2, lift)
        };
    }

    private void fill(int at, double luma, double[] gains, Metering metering, double highlights) {
        double sum = 0;
        for (int k = 0; k < COUNT; k++) {
            double white = metering.white() * gains[k] / metering.gain();
            double shown = Display.encode(new Shoulder(1 - 0.5 * highlights, white).at(luma * gains[k]));
            double off = (shown - 0.5) / WELL;
            double weight = Math.exp(-0.5 * off * off) + 1e-6;
            table[at + k] = (float) shown;
            table[at + COUNT + k] = (float) weight;
            sum += weight;
        }
        for (int k = 0; k < COUNT; k++) {
            table[at + COUNT + k] /= (float) sum;
            curve[at / ROW] += table[at + COUNT + k] * table[at + k];
        }
    }

    /** Adds one octave of the fused exposures to a row of display luma. */
    void add(Detail detail, Window window, float[] flat, float[] shown, int width) {
        detail.add(window.fine(), window.coarse(), window.energy(), flat, shown, width, table, curve, scale, ROWS - 1);
    }

    /** The one curve of all exposures together, at every pixel. */
    Level flat(Level light) {
        float[] out = new float[light.plane().length];
        int w = light.width();
        Work.rows(light.height(), 32, (from, to) -> {
            for (int i = from * w; i < to * w; i++) {
                float at = Math.min(light.plane()[i] * scale, ROWS);
                int row = Math.min((int) at, ROWS - 1);
                out[i] = curve[row] + (curve[row + 1] - curve[row]) * (at - row);
            }
        });
        return new Level(out, w, light.height());
    }

    /** One column of the table, looked up for a row of lightness. */
    void column(int k, float[] light, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float at = Math.min(light[i] * scale, ROWS);
            int row = Math.min((int) at, ROWS - 1);
            float a = table[row * ROW + k];
            out[i] = a + (table[(row + 1) * ROW + k] - a) * (at - row);
        }
    }
}
