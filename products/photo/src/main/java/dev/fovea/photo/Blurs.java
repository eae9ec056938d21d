package dev.fovea.photo;

/**
 * Steps of blur, front to back: disparities whose circles of confusion differ by less than can be seen are rendered as one layer. Up to 4
 * pixels a step is half a pixel, beyond it an eighth of the diameter.
 *
 * @param wish focus and strength
 */
record Blurs(Bokeh wish) {
    /** Steps in front of the focus, and as many behind. */
    static final int STEPS = 54;
    /** The layer in focus; lower ones are nearer. */
    static final int SHARP = STEPS;

    static final int COUNT = 2 * STEPS + 1;

    /** The layer of what is not there. */
    static final byte NONE = -1;

    /** Blur below this cannot be told from none. */
    private static final double LEAST = 1.25;

    private static final int FINE = 6;
    private static final double FINE_END = 4;
    private static final double RATIO = Math.log(1.12);
    /** Blurs up to this diameter are rendered pixel by pixel, larger ones on coarser grids. */
    private static final double DETAIL = 24;

    /** Steps by the diameter in quarters of a pixel. */
    private static final byte[] TABLE = table();

    private static byte[] table() {
        var table = new byte[(int) (4 * FINE_END * Math.exp((STEPS - FINE) * RATIO)) + 1];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) Math.min(STEPS, step((i + 0.5) / 4));
        }
        return table;
    }

    private static int step(double diameter) {
        if (diameter < LEAST) {
            return 0;
        }
        return (int)
                Math.round(diameter <= FINE_END ? 2 * (diameter - 1) : FINE + Math.log(diameter / FINE_END) / RATIO);
    }

    /** The layer of a disparity: 0 is nearest, {@link #SHARP} in focus. */
    int layer(float disparity) {
        float blur = (disparity - (float) wish.focus()) * (float) wish.blur();
        int step = TABLE[(int) Math.min(TABLE.length - 1f, Math.abs(blur) * 4)];
        return blur > 0 ? SHARP - step : SHARP + step;
    }

    /** The diameter of a layer's blur in pixels. */
    static double diameter(int layer) {
        int step = Math.abs(layer - SHARP);
        return step == 0 ? 0 : step <= FINE ? 1 + step / 2.0 : FINE_END * Math.exp((step - FINE) * RATIO);
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
