package dev.fovea.image.kernel;

/** Colours and their coverage (Porter and Duff 1984): premultiplied and not. */
public final class Coverage {
    private Coverage() {}

    /** Premultiplies a plane. */
    public static void multiply(float[] plane, float[] coverage, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = plane[i] * coverage[i];
        }
    }

    /** Takes the coverage out of a premultiplied plane, in place; where nothing is covered the colour is 0. */
    public static void divide(float[] plane, float[] coverage) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] = coverage[i] > 1e-6f ? plane[i] / coverage[i] : 0;
        }
    }
}
