package dev.fovea.photo;

/**
 * Turns the planes of a picture into one of brightness and others of colour, by an orthonormal transform, which keeps noise white: colour
 * is smooth where brightness is not, and shrinks better alone.
 */
final class Decorrelation {
    private static final float HALF = 0.5f;
    private static final float R2 = (float) Math.sqrt(0.5);
    private static final float R3 = (float) Math.sqrt(1 / 3.0);
    private static final float R6 = (float) Math.sqrt(1 / 6.0);

    private Decorrelation() {}

    /** Planes to brightness and colour, in place. */
    static void forward(float[][] planes) {
        switch (planes.length) {
            case 3 -> forward(planes[0], planes[1], planes[2]);
            case 4 -> cell(planes[0], planes[1], planes[2], planes[3]);
            default -> {}
        }
    }

    /** Brightness and colour to planes, in place. */
    static void backward(float[][] planes) {
        switch (planes.length) {
            case 3 -> backward(planes[0], planes[1], planes[2]);
            case 4 -> cell(planes[0], planes[1], planes[2], planes[3]);
            default -> {}
        }
    }

    private static void forward(float[] a, float[] b, float[] c) {
        for (int i = 0; i < a.length; i++) {
            float sum = (a[i] + b[i] + c[i]) * R3;
            float across = (a[i] - c[i]) * R2;
            float middle = (2 * b[i] - a[i] - c[i]) * R6;
            a[i] = sum;
            b[i] = across;
            c[i] = middle;
        }
    }

    private static void backward(float[] a, float[] b, float[] c) {
        for (int i = 0; i < a.length; i++) {
            float sum = a[i] * R3;
            float across = b[i] * R2;
            float middle = c[i] * R6;
            a[i] = sum + across - middle;
            b[i] = sum + 2 * middle;
            c[i] = sum - across - middle;
        }
    }

    /** The four places of a Bayer cell: Hadamard's transform, its own inverse. */
    private static void cell(float[] a, float[] b, float[] c, float[] d) {
        for (int i = 0; i < a.length; i++) {
            float e = a[i] + d[i];
            float f = a[i] - d[i];
            float g = b[i] + c[i];
            float h = b[i] - c[i];
            a[i] = (e + g) * HALF;
            b[i] = (e - g) * HALF;
            c[i] = (f + h) * HALF;
            d[i] = (f - h) * HALF;
        }
    }
}
