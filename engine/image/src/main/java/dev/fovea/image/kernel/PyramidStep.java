package dev.fovea.image.kernel;

import dev.fovea.Work;

/**
 * One step of a Gaussian pyramid with the weights 1 4 6 4 1 / 16 (Burt and Adelson 1983), mirrored at the edges without repeating the edge
 * pixel: the same numbers as OpenCV's pyrDown and pyrUp.
 */
public final class PyramidStep {
    private static final int BAND = 32;
    private static final float[] FIVE = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};
    private static final float[] EVEN = {1 / 8f, 6 / 8f, 1 / 8f};
    private static final float[] ODD = {1 / 2f, 1 / 2f};

    private PyramidStep() {}

    /** Half as many pixels across and down, rounded up: blurred, then every second pixel from the first. */
    public static void down(float[] from, int width, int height, float[] to) {
        int w = (width + 1) / 2;
        int h = (height + 1) / 2;
        Work.rows(h, BAND, (top, bottom) -> {
            var rows = new int[5];
            var line = new float[width + 4];
            for (int y = top; y < bottom; y++) {
                for (int j = 0; j < 5; j++) {
                    rows[j] = mirror(2 * y + j - 2, height) * width;
                }
                Convolve.taps(from, rows, FIVE, 0, 5, line, 2, width);
                line[0] = line[2 + mirror(-2, width)];
                line[1] = line[2 + mirror(-1, width)];
                line[width + 2] = line[2 + mirror(width, width)];
                line[width + 3] = line[2 + mirror(width + 1, width)];
                halve(line, to, y * w, w);
            }
        });
    }

    /** Every second value of a row blurred with 1 4 6 4 1 / 16. */
    static void halve(float[] line, float[] to, int at, int n) {
        for (int i = 0; i < n; i++) {
            float outer = line[2 * i] + line[2 * i + 4];
            float inner = line[2 * i + 1] + line[2 * i + 3];
            to[at + i] = Math.fma(6 / 16f, line[2 * i + 2], Math.fma(4 / 16f, inner, 1 / 16f * outer));
        }
    }

    /**
     * Back to twice the size: the values lie on even pixels, zeros between, blurred with four times the weights.
     *
     * @param w of the smaller plane
     * @param h of the smaller plane
     * @param width of the result, 2w or 2w - 1
     * @param height of the result, 2h or 2h - 1
     */
    public static void up(float[] from, int w, int h, float[] to, int width, int height) {
        Work.rows(height, 2 * BAND, (top, bottom) -> {
            var rows = new int[3];
            var line = new float[w + 2];
            for (int y = top; y < bottom; y++) {
                int s = y / 2;
                boolean even = y % 2 == 0;
                for (int j = 0; j < 3; j++) {
                    rows[j] = small(even ? s + j - 1 : s + j, height) * w;
                }
                Convolve.taps(from, rows, even ? EVEN : ODD, 0, even ? 3 : 2, line, 1, w);
                line[0] = line[1 + small(-1, width)];
                line[w + 1] = line[1 + small(w, width)];
                widen(line, to, y * width, width);
            }
        });
    }

    static void widen(float[] line, float[] to, int at, int n) {
        for (int i = 0; i < n / 2; i++) {
            to[at + 2 * i] = Math.fma(6 / 8f, line[i + 1], 1 / 8f * (line[i] + line[i + 2]));
            to[at + 2 * i + 1] = 0.5f * (line[i + 1] + line[i + 2]);
        }
        if (n % 2 == 1) {
            int i = n / 2;
            to[at + 2 * i] = Math.fma(6 / 8f, line[i + 1], 1 / 8f * (line[i] + line[i + 2]));
        }
    }

    /** to = a + sign · b. */
    public static void add(float[] a, float[] b, float sign, float[] to) {
        Work.rows(to.length, 1 << 16, (from, end) -> {
            for (int i = from; i < end; i++) {
                to[i] = a[i] + sign * b[i];
            }
        });
    }

    /** The small row whose double lies at the mirrored place on the large grid. */
    private static int small(int i, int large) {
        return mirror(2 * i, large) / 2;
    }

    private static int mirror(int i, int n) {
        if (n == 1) {
            return 0;
        }
        int p = Math.floorMod(i, 2 * (n - 1));
        return p < n ? p : 2 * (n - 1) - p;
    }
}
