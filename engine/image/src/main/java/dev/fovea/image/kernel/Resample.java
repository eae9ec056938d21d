package dev.fovea.image.kernel;

import dev.fovea.Work;
import java.util.function.DoubleUnaryOperator;

/**
 * Separable resampling of a line to another length: each result is a weighted sum of a run of neighbours. The centre of result i lies at
 * (i + 0.5) · from / to - 0.5. Where a kernel reaches beyond the line, its end values count; weights add up to 1.
 */
public final class Resample {
    private static final int BAND = 32;

    private final int from;
    private final int to;
    private final int taps;
    private final int[] start;
    private final float[] weights;

    private Resample(int from, int to, int taps) {
        this.from = from;
        this.to = to;
        this.taps = taps;
        this.start = new int[to];
        this.weights = new float[to * taps];
    }

    /**
     * Resampling by a symmetric kernel.
     *
     * @param curve the kernel as a function of distance
     * @param support where it ends
     * @param antialias whether to widen it by the factor of shrinking
     */
    public static Resample of(int from, int to, DoubleUnaryOperator curve, double support, boolean antialias) {
        double scale = (double) from / to;
        double wide = antialias ? Math.max(1, scale) : 1;
        int reach = (int) Math.ceil(support * wide);
        var r = new Resample(from, to, Math.min(from, 2 * reach + 1));
        var row = new double[2 * reach + 1];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale - 0.5;
            int first = (int) Math.ceil(centre - support * wide);
            for (int j = 0; j < row.length; j++) {
                double d = Math.abs(first + j - centre) / wide;
                row[j] = d <= support ? curve.applyAsDouble(d) : 0;
            }
            r.put(i, first, row);
        }
        return r.trimmed();
    }

    /** Averaging of areas: the weight of a value is how much of the result's interval it covers. */
    public static Resample area(int from, int to) {
        double scale = (double) from / to;
        int most = Math.min(from, (int) Math.ceil(scale) + 1);
        var r = new Resample(from, to, most);
        var row = new double[most];
        for (int i = 0; i < to; i++) {
            int first = Math.min(from - 1, (int) Math.floor(i * scale));
            for (int j = 0; j < most; j++) {
                row[j] = Math.max(0, Math.min((i + 1) * scale, first + j + 1) - Math.max(i * scale, first + j));
            }
            r.put(i, first, row);
        }
        return r.trimmed();
    }

    /** Folds weights that lie beyond the line onto its ends, and makes them add up to 1. */
    private void put(int i, int first, double[] row) {
        double sum = 0;
        for (double w : row) {
            sum += w;
        }
        start[i] = Math.max(0, Math.min(first, from - taps));
        for (int j = 0; j < row.length; j++) {
            int at = Math.max(0, Math.min(from - 1, first + j)) - start[i];
            if (at >= 0 && at < taps) {
                weights[i * taps + at] += (float) (row[j] / sum);
            }
        }
    }

    /** The same without taps that no result uses. */
    private Resample trimmed() {
        int used = 1;
        for (int i = 0; i < to; i++) {
            int lead = 0;
            while (lead < taps - 1 && weights[i * taps + lead] == 0) {
                lead++;
            }
            int last = taps - 1;
            while (last > lead && weights[i * taps + last] == 0) {
                last--;
            }
            used = Math.max(used, last - lead + 1);
        }
        if (used == taps) {
            return this;
        }
        var r = new Resample(from, to, used);
        for (int i = 0; i < to; i++) {
            int lead = 0;
            while (lead < taps - used && weights[i * taps + lead] == 0) {
                lead++;
            }
            r.start[i] = start[i] + lead;
            System.arraycopy(weights, i * taps + lead, r.weights, i * used, used);
        }
        return r;
    }

    /** How long the result is. */
    public int length() {
        return to;
    }

    /** One line along the row: to[toAt + i] = Σ weight · in[at + start + j]. */
    public void row(float[] in, int at, float[] out, int toAt) {
        for (int i = 0; i < to; i++) {
            int s = at + start[i];
            int w = i * taps;
            float sum = weights[w] * in[s];
            for (int j = 1; j < taps; j++) {
                sum = Math.fma(weights[w + j], in[s + j], sum);
            }
            out[toAt + i] = sum;
        }
    }

    /** A plane resampled by one line across and another down: the cheaper pass of the two runs on fewer values. */
    public static void plane(float[] in, int width, int height, Resample across, Resample down, float[] out) {
        if (down.to <= height) {
            Work.rows(down.to, BAND, (top, bottom) -> columnsFirst(in, width, across, down, out, top, bottom));
        } else {
            Work.rows(down.to, BAND, (top, bottom) -> rowsFirst(in, width, across, down, out, top, bottom));
        }
    }

    private static void columnsFirst(
            float[] in, int width, Resample across, Resample down, float[] out, int top, int bottom) {
        var rows = new int[down.taps];
        var line = new float[width];
        for (int y = top; y < bottom; y++) {
            for (int j = 0; j < rows.length; j++) {
                rows[j] = (down.start[y] + j) * width;
            }
            Convolve.columns(in, rows, down.weights, y * down.taps, down.taps, line, 0, width);
            across.row(line, 0, out, y * across.to);
        }
    }

    private static void rowsFirst(
            float[] in, int width, Resample across, Resample down, float[] out, int top, int bottom) {
        int first = down.start[top];
        int last = down.start[bottom - 1] + down.taps;
        var lines = new float[(last - first) * across.to];
        for (int y = first; y < last; y++) {
            across.row(in, y * width, lines, (y - first) * across.to);
        }
        var rows = new int[down.taps];
        for (int y = top; y < bottom; y++) {
            for (int j = 0; j < rows.length; j++) {
                rows[j] = (down.start[y] + j - first) * across.to;
            }
            Convolve.columns(lines, rows, down.weights, y * down.taps, down.taps, out, y * across.to, across.to);
        }
    }
}
