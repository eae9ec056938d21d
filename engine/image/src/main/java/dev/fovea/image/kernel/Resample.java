package dev.fovea.image.kernel;

import dev.fovea.Work;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

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
    /** The weights again, all first taps before all second ones. */
    private final float[] byTap;

    private Resample(int from, int to, int taps) {
        this.from = from;
        this.to = to;
        this.taps = taps;
        this.start = new int[to];
        this.weights = new float[to * taps];
        this.byTap = new float[to * taps];
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
            used = Math.max(used, last(i) - lead(i, taps - 1) + 1);
        }
        var r = new Resample(from, to, used);
        for (int i = 0; i < to; i++) {
            int lead = lead(i, taps - used);
            r.start[i] = start[i] + lead;
            for (int j = 0; j < used; j++) {
                r.weights[i * used + j] = weights[i * taps + lead + j];
                r.byTap[j * to + i] = weights[i * taps + lead + j];
            }
        }
        return r;
    }

    /** How many taps of a result are 0 before the first that counts, at most so many. */
    private int lead(int i, int most) {
        int lead = 0;
        while (lead < most && weights[i * taps + lead] == 0) {
            lead++;
        }
        return lead;
    }

    private int last(int i) {
        int last = taps - 1;
        while (last > 0 && weights[i * taps + last] == 0) {
            last--;
        }
        return last;
    }

    /** How long the result is. */
    public int length() {
        return to;
    }

    /** One line along the row: to[toAt + i] = Σ weight · in[at + start + j]. */
    public void row(float[] in, int at, float[] out, int toAt) {
        int done = Simd.ON ? Lanes.row(in, at, start, byTap, to, taps, out, toAt) : 0;
        for (int i = done; i < to; i++) {
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
            Work.rows(down.to, 2 * BAND, (top, bottom) -> rowsFirst(in, width, across, down, out, top, bottom));
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
            Convolve.taps(in, rows, down.weights, y * down.taps, down.taps, line, 0, width);
            across.row(line, 0, out, y * across.to);
        }
    }

    private static void rowsFirst(
            float[] in, int width, Resample across, Resample down, float[] out, int top, int bottom) {
        // the rows in use lie in a ring that stays in the cache
        int taps = down.taps;
        var ring = new float[taps * across.to];
        var rows = new int[taps];
        int ready = down.start[top];
        for (int y = top; y < bottom; y++) {
            int first = down.start[y];
            for (ready = Math.max(ready, first); ready < first + taps; ready++) {
                across.row(in, ready * width, ring, ready % taps * across.to);
            }
            for (int j = 0; j < taps; j++) {
                rows[j] = (first + j) % taps * across.to;
            }
            Convolve.taps(ring, rows, down.weights, y * taps, taps, out, y * across.to, across.to);
        }
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

        static int row(float[] in, int at, int[] start, float[] byTap, int n, int taps, float[] out, int toAt) {
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                FloatVector sum = FloatVector.fromArray(S, in, at, start, i).mul(FloatVector.fromArray(S, byTap, i));
                for (int j = 1; j < taps; j++) {
                    FloatVector w = FloatVector.fromArray(S, byTap, j * n + i);
                    sum = FloatVector.fromArray(S, in, at + j, start, i).fma(w, sum);
                }
                sum.intoArray(out, toAt + i);
            }
            return end;
        }
    }
}
