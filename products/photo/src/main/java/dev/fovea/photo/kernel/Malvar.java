package dev.fovea.photo.kernel;

/** Linear demosaicing by gradient-corrected interpolation (Malvar, He and Cutler 2004), 5×5 filters in eighths. */
public final class Malvar {
    private Malvar() {}

    /**
     * Fills in one row.
     *
     * @param a row y − 2, with two samples more at each end; b, c, d, e the following rows
     * @param here colour at x = 0 of the row, 0 red, 1 green, 2 blue
     * @param next colour at x = 1
     * @param out three planes, the row begins at o
     */
    public static void row(
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            int here,
            int next,
            int width,
            float[][] out,
            int o) {
        int green = here == 1 ? 0 : 1;
        // In a row of green and X, the other colour is found above and below the greens.
        int inRow = here == 1 ? next : here;
        float[] g = out[1];
        float[] x = out[inRow];
        float[] z = out[2 - inRow];
        for (int i = green; i < width; i += 2) {
            float diagonal = b[i + 1] + b[i + 3] + d[i + 1] + d[i + 3];
            float far = c[i] + c[i + 4];
            float tall = a[i + 2] + e[i + 2];
            float centre = 5 * c[i + 2] - diagonal;
            g[o + i] = c[i + 2];
            x[o + i] = (centre - far + 0.5f * tall + 4 * (c[i + 1] + c[i + 3])) * 0.125f;
            z[o + i] = (centre - tall + 0.5f * far + 4 * (b[i + 2] + d[i + 2])) * 0.125f;
        }
        for (int i = 1 - green; i < width; i += 2) {
            float diagonal = b[i + 1] + b[i + 3] + d[i + 1] + d[i + 3];
            float far = c[i] + c[i + 4] + a[i + 2] + e[i + 2];
            float near = c[i + 1] + c[i + 3] + b[i + 2] + d[i + 2];
            x[o + i] = c[i + 2];
            g[o + i] = (4 * c[i + 2] - far + 2 * near) * 0.125f;
            z[o + i] = (6 * c[i + 2] - 1.5f * far + 2 * diagonal) * 0.125f;
        }
    }
}
