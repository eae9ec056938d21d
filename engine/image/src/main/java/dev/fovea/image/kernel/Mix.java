package dev.fovea.image.kernel;

/**
 * Weighted sums of three planes: the rows of a colour matrix, and grey. The weights of grey are those of ITU-R BT.709: 0.2126, 0.7152,
 * 0.0722. The compiler turns this loop into vectors by itself.
 */
public final class Mix {
    private Mix() {}

    /** to[i] = a · x[i] + b · y[i] + c · z[i]. */
    public static void three(
            float[] x, float[] y, float[] z, int at, float a, float b, float c, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            to[toAt + i] = Math.fma(c, z[at + i], Math.fma(b, y[at + i], a * x[at + i]));
        }
    }

    /** Grey of red, green and blue as they stand. */
    public static void grey(float[] red, float[] green, float[] blue, int at, float[] to, int toAt, int n) {
        three(red, green, blue, at, 0.2126f, 0.7152f, 0.0722f, to, toAt, n);
    }
}
