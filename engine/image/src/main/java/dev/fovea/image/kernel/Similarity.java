package dev.fovea.image.kernel;

import dev.fovea.Work;
import java.util.stream.IntStream;

/** Sums of squared differences, and structural similarity (Wang 2004). */
public final class Similarity {
    /** The side of the window. */
    public static final int WINDOW = 11;

    private static final float C1 = 0.01f * 0.01f;
    private static final float C2 = 0.03f * 0.03f;
    private static final int BAND = 32;

    private Similarity() {}

    /** The sum of squared differences of a range. */
    public static double squares(float[] a, float[] b, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double d = (double) a[i] - b[i];
            sum += d * d;
        }
        return sum;
    }

    /** The mean similarity over all windows within the plane. */
    public static double ssim(float[] a, float[] b, int width, int height) {
        float[] g = Convolve.gaussian(1.5, WINDOW / 2);
        int n = width - WINDOW + 1;
        int rows = height - WINDOW + 1;
        double sum = Work.sum(rows, BAND, (from, to) -> band(a, b, width, g, from, to), Double::sum);
        return sum / n / rows;
    }

    /** Five blurred quantities per row: a, b, a², b², ab, taken about 0.5, as the variances are small differences of squares. */
    private static double band(float[] a, float[] b, int width, float[] g, int from, int to) {
        int rows = to - from + WINDOW - 1;
        var block = new float[5][rows * width];
        for (int i = 0; i < rows * width; i++) {
            float x = a[from * width + i] - 0.5f;
            float y = b[from * width + i] - 0.5f;
            block[0][i] = x;
            block[1][i] = y;
            block[2][i] = x * x;
            block[3][i] = y * y;
            block[4][i] = x * y;
        }
        int n = width - WINDOW + 1;
        var offsets = new int[WINDOW];
        int[] along = IntStream.range(0, WINDOW).toArray();
        var line = new float[width];
        var blurred = new float[5][n];
        double sum = 0;
        for (int y = 0; y < to - from; y++) {
            for (int j = 0; j < WINDOW; j++) {
                offsets[j] = (y + j) * width;
            }
            for (int q = 0; q < 5; q++) {
                Convolve.taps(block[q], offsets, g, 0, WINDOW, line, 0, width);
                Convolve.taps(line, along, g, 0, WINDOW, blurred[q], 0, n);
            }
            sum += row(blurred, n);
        }
        return sum;
    }

    private static double row(float[][] m, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            float x = m[0][i];
            float y = m[1][i];
            float xx = m[2][i] - x * x;
            float yy = m[3][i] - y * y;
            float xy = m[4][i] - x * y;
            x += 0.5f;
            y += 0.5f;
            sum += (2 * x * y + C1) * (2 * xy + C2) / ((x * x + y * y + C1) * (xx + yy + C2));
        }
        return sum;
    }
}
