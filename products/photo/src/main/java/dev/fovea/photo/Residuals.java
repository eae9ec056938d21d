package dev.fovea.photo;

import dev.fovea.photo.kernel.Taps;
import java.util.Arrays;

/**
 * What the frames measured beyond what a picture predicts, brought back to the picture's grid: for each colour the sum of residuals and of
 * weights, under narrow Gaussians about the samples (kernel regression). Block by block, as all samples of a block are moved alike, the
 * kernels are separable. Belongs to one thread.
 */
final class Residuals {
    /** Standard deviation of the Gaussian, in sensor pixels. */
    static final double SPREAD = 0.4;

    private static final int SIDE = Patch.SIDE;
    /** Sensor pixels along a block. */
    private static final int BLOCK = 24;
    /** Samples along what reaches into a block. */
    private static final int SQUARE = BLOCK + 6;

    private static final int TAPS = Taps.COUNT;
    private static final Taps CUBIC = Taps.cubic();
    private static final Taps GAUSS = Taps.gaussian(SPREAD);

    private final SuperResolution task;
    private final Samples samples;
    private final double scale;
    /** Fine pixels along a block. */
    private final int fine;
    /** Residuals of a block: of the mosaic, or of each colour. */
    private final float[][] square;
    /** Residuals of a block, brought to the fine columns but not yet to the fine rows. */
    private final float[][] lines;
    /** Some of the predicting picture, at a row of samples but at the fine columns. */
    private final float[][] row;

    /** Where among a row of fine pixels each column of samples lies. */
    private final int[] columnStart = new int[SQUARE];

    private final float[][] columnTaps = new float[SQUARE][];
    private final float[][] kernelX;
    private final float[][] kernelY;
    private final int[] startX;
    private final int[] startY;
    private final float[][] weightX;
    private int left;
    private int top;

    Residuals(SuperResolution task) {
        this.task = task;
        this.samples = task.samples();
        this.scale = task.optics().scale();
        this.fine = (int) Math.ceil(BLOCK * scale);
        int colours = samples.colours();
        square = new float[colours][SQUARE * SQUARE];
        lines = new float[colours][SQUARE * fine];
        row = new float[colours][(int) Math.ceil((SQUARE + 1) * scale) + 6];
        kernelX = new float[fine][];
        kernelY = new float[fine][];
        startX = new int[fine];
        startY = new int[fine];
        weightX = new float[2][fine];
    }

    /**
     * Collects from all frames.
     *
     * @param x the fine pixel at which the square lies; likewise y
     * @param blurred what predicts the samples, in squares of {@link Patch#SIDE}
     * @param sum to which weighted residuals are added
     * @param weight to which weights are added if wanted: they are the same for every picture
     */
    void collect(int x, int y, float[][] blurred, float[][] sum, float[][] weight, boolean weigh) {
        left = x;
        top = y;
        for (int f = 0; f < task.shots(); f++) {
            for (int j = 0; j < SIDE; j += fine) {
                for (int i = 0; i < SIDE; i += fine) {
                    block(f, i, j, blurred, sum, weight, weigh);
                }
            }
        }
    }

    private void block(int f, int x, int y, float[][] blurred, float[][] sum, float[][] weight, boolean weigh) {
        double mx = (left + x + fine / 2.0) / scale - 0.5;
        double my = (top + y + fine / 2.0) / scale - 0.5;
        float trust = task.trust(f, mx, my);
        if (trust <= 0) {
            return;
        }
        double dx = task.dx(f, mx, my);
        double dy = task.dy(f, mx, my);
        int n = Math.min(fine, SIDE - x);
        int m = Math.min(fine, SIDE - y);
        int qx = begin(left + x, dx);
        int qy = begin(top + y, dy);
        int columns = begin(left + x + n - 1, dx) + TAPS - qx;
        int rows = begin(top + y + m - 1, dy) + TAPS - qy;
        samples.read(f, qx, qy, SQUARE, square);
        double u = (qx - dx + 0.5) * scale - 0.5 - left;
        int from = (int) Math.floor(u) - 1;
        for (int i = 0; i < columns; i++) {
            int ix = (int) Math.floor(u + i * scale);
            columnTaps[i] = CUBIC.at(u + i * scale - ix);
            columnStart[i] = ix - 1 - from;
        }
        for (int j = 0; j < rows; j++) {
            subtract(qx, qy, j, columns, from, dy, blurred);
        }
        kernels(left + x, n, qx, dx, kernelX, startX);
        kernels(top + y, m, qy, dy, kernelY, startY);
        for (int j = 0; j < rows; j++) {
            spread(qx, qy, j, n);
        }
        for (int c = 0; c < sum.length; c++) {
            for (int j = 0; j < m; j++) {
                Taps.add(lines[c], startY[j] * fine, fine, kernelY[j], trust, sum[c], (y + j) * SIDE + x, n);
            }
        }
        if (weigh) {
            weigh(x, y, n, m, qx, qy, trust, weight);
        }
    }

    /** The first sample that reaches a fine pixel. */
    private int begin(int pixel, double d) {
        return (int) Math.floor((pixel + 0.5) / scale - 0.5 + d) - 1;
    }

    /** Turns a row of samples into residuals. */
    private void subtract(int qx, int qy, int j, int columns, int from, double dy, float[][] blurred) {
        double v = (qy + j - dy + 0.5) * scale - 0.5 - top;
        int iy = (int) Math.floor(v);
        float[] down = CUBIC.at(v - iy);
        int count = (int) Math.ceil((columns - 1) * scale) + 5;
        boolean mosaic = samples.cfa().mosaic();
        int even = mosaic ? samples.cfa().colourAt(qx, qy + j) : 0;
        int odd = mosaic ? samples.cfa().colourAt(qx + 1, qy + j) : 0;
        for (int c = 0; c < blurred.length; c++) {
            if (!mosaic || c == even || c == odd) {
                fineRow(blurred[c], iy, down, from, count, row[c]);
            }
        }
        int at = j * SQUARE;
        for (int p = 0; p < (mosaic ? 1 : blurred.length); p++) {
            float[] first = row[mosaic ? even : p];
            float[] second = row[mosaic ? odd : p];
            float[] r = square[p];
            for (int i = 0; i < columns; i++) {
                float residual = r[at + i] - Taps.mix((i & 1) == 0 ? first : second, columnStart[i], columnTaps[i]);
                r[at + i] = Float.isNaN(residual) ? 0 : residual;
            }
        }
    }

    /** The predicting picture between its rows; beyond the square its edge. */
    private void fineRow(float[] plane, int iy, float[] down, int from, int count, float[] out) {
        int begin = Math.clamp(-from, 0, count - 1);
        int end = Math.clamp(SIDE - from, begin + 1, count);
        int x = Math.clamp(from + begin, 0, SIDE - (end - begin));
        Taps.rows(
                plane,
                Math.clamp(iy - 1, 0, SIDE - 1) * SIDE + x,
                Math.clamp(iy, 0, SIDE - 1) * SIDE + x,
                Math.clamp(iy + 1, 0, SIDE - 1) * SIDE + x,
                Math.clamp(iy + 2, 0, SIDE - 1) * SIDE + x,
                down,
                out,
                begin,
                end - begin);
        Arrays.fill(out, 0, begin, out[begin]);
        Arrays.fill(out, end, count, out[end - 1]);
    }

    /** Brings a row of residuals to the fine columns. */
    private void spread(int qx, int qy, int j, int n) {
        int at = j * SQUARE;
        if (!samples.cfa().mosaic()) {
            for (int p = 0; p < lines.length; p++) {
                for (int i = 0; i < n; i++) {
                    lines[p][j * fine + i] = Taps.mix(square[p], at + startX[i], kernelX[i]);
                }
            }
            return;
        }
        float[] r = square[0];
        int even = samples.cfa().colourAt(qx, qy + j);
        int odd = samples.cfa().colourAt(qx + 1, qy + j);
        for (float[] line : lines) {
            Arrays.fill(line, j * fine, j * fine + n, 0);
        }
        for (int i = 0; i < n; i++) {
            float[] k = kernelX[i];
            int s = at + startX[i];
            boolean same = (startX[i] & 1) == 0;
            lines[same ? even : odd][j * fine + i] = k[0] * r[s] + k[2] * r[s + 2];
            lines[same ? odd : even][j * fine + i] = k[1] * r[s + 1] + k[3] * r[s + 3];
        }
    }

    private static void add(float[] line, int at, float w, float[] sum, int o, int n) {
        for (int i = 0; i < n; i++) {
            sum[o + i] += w * line[at + i];
        }
    }

    private void weigh(int x, int y, int n, int m, int qx, int qy, float trust, float[][] weight) {
        boolean mosaic = samples.cfa().mosaic();
        for (int i = 0; i < n; i++) {
            float[] k = kernelX[i];
            weightX[startX[i] & 1][i] = k[0] + k[2];
            weightX[1 - (startX[i] & 1)][i] = k[1] + k[3];
        }
        for (int j = 0; j < m; j++) {
            float[] k = kernelY[j];
            for (int t = 0; t < 4; t++) {
                int parity = t >> 1;
                boolean same = (startY[j] & 1) == parity;
                float w = trust * (same ? k[0] + k[2] : k[1] + k[3]);
                for (int c = 0; c < weight.length; c++) {
                    if (!mosaic || samples.cfa().colourAt(qx + (t & 1), qy + parity) == c) {
                        add(weightX[t & 1], 0, w, weight[c], (y + j) * SIDE + x, n);
                    }
                }
            }
        }
    }

    private void kernels(int pixel, int n, int q, double d, float[][] kernels, int[] starts) {
        for (int i = 0; i < n; i++) {
            double at = (pixel + i + 0.5) / scale - 0.5 + d;
            int begin = (int) Math.floor(at) - 1;
            starts[i] = begin - q;
            kernels[i] = GAUSS.at(at - begin - 1);
        }
    }
}
