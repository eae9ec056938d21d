package dev.fovea.photo;

/**
 * Steps of blur, front to back: disparities whose circles of confusion differ by less than can be seen are rendered as one layer. Up to 4
 * pixels a step is at most half a pixel, beyond it an eighth of the diameter.
 *
 * @param wish focus and strength
 */
record Blurs(Bokeh wish) {
    /** Steps in front of the focus, and as many behind. */
    static final int STEPS = 56;
    /** The layer in focus; lower ones are nearer. */
    static final int SHARP = STEPS;

    static final int COUNT = 2 * STEPS + 1;

    /** The layer of what is not there. */
    static final byte NONE = -1;

    /** The small diameters: blurs of up to a pixel cannot be told from none, and those next to it begin gently. */
    private static final double[] FINE = {0, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4};

    private static final int LAST = FINE.length - 1;
    private static final double RATIO = Math.log(1.12);
    /** Blurs up to this diameter are rendered pixel by pixel, larger ones on coarser grids. */
    private static final double DETAIL = 16;

    private static final int PART = 8;
    /** Steps by the diameter in eighths of a pixel. */
    private static final byte[] TABLE = table();

    private static byte[] table() {
        var table = new byte[(int) (PART * diameter(SHARP + STEPS))];
        for (int i = 0, step = 0; i < table.length; i++) {
            double d = (i + 0.5) / PART;
            while (step < STEPS && d > (diameter(SHARP + step) + diameter(SHARP + step + 1)) / 2 && d > 1) {
                step++;
            }
            table[i] = (byte) step;
        }
        return table;
    }

    /** The layer of a disparity: 0 is nearest, {@link #SHARP} in focus. */
    int layer(float disparity) {
        float blur = (disparity - (float) wish.focus()) * (float) wish.blur();
        int step = TABLE[(int) Math.min(TABLE.length - 1f, Math.abs(blur) * PART)];
        return blur > 0 ? SHARP - step : SHARP + step;
    }

    /** The diameter of a layer's blur in pixels. */
    static double diameter(int layer) {
        int step = Math.abs(layer - SHARP);
        return step <= LAST ? FINE[step] : FINE[LAST] * Math.exp((step - LAST) * RATIO);
    }

    /** How often a layer is halved before it is blurred. */
    static int halvings(int layer) {
        int halvings = 0;
        for (double d = diameter(layer); d > DETAIL; d /= 2) {
            halvings++;
        }
        return halvings;
    }

    /** The layers of many disparities. */
    void layers(float[] disparities, int from, int to, byte[] layers) {
        for (int i = from; i < to; i++) {
            layers[i] = Float.isNaN(disparities[i]) ? NONE : (byte) layer(disparities[i]);
        }
    }
}
