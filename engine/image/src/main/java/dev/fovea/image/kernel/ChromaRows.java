package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The row kernels that find red or blue everywhere once green is known. Around every pixel the colour follows green along a line,
 * c = a·g + b: the slope a is a regression over the colour's own pixels nearby, and b is what is left there, interpolated (residual
 * interpolation: Kiku, Monno, Tanaka and Okutomi 2013, here with the guided filter's means taken on the colour's own grid, as in He and
 * Sun 2015). Planes hold one value for each 2×2 cell, flat with a row stride.
 */
public final class ChromaRows {
    /** Cells around a cell that {@link #slopes} reads. */
    public static final int REACH = 2;

    private static final float SHARE = 1f / 25;

    private ChromaRows() {}

    /** Takes every second of 2n values, beginning at {@code at}. */
    public static void gather(float[] full, int at, float[] cells, int to, int n) {
        for (int i = 0; i < n; i++) {
            cells[to + i] = full[at + 2 * i];
        }
    }

    /**
     * Sums over five rows of n cells from {@code at}: of g, c, g², g·c, one after the other in {@code sums}, each n long.
     */
    public static void fives(float[] g, float[] c, int at, int stride, int n, float[] sums) {
        if (Simd.ON) {
            Lanes.fives(g, c, at, stride, n, sums);
        } else {
            fives(g, c, at, stride, 0, n, sums);
        }
    }

    static void fives(float[] g, float[] c, int at, int stride, int from, int n, float[] sums) {
        for (int i = from; i < n; i++) {
            float sg = 0;
            float sc = 0;
            float sgg = 0;
            float sgc = 0;
            for (int k = -REACH; k <= REACH; k++) {
                float x = g[at + i + k * stride];
                float y = c[at + i + k * stride];
                sg += x;
                sc += y;
                sgg += x * x;
                sgc += x * y;
            }
            sums[i] = sg;
            sums[n + i] = sc;
            sums[2 * n + i] = sgg;
            sums[3 * n + i] = sgc;
        }
    }

    /**
     * The slope of c over g in 5×5 cells, cov(g, c) / (var(g) + calm), for all but the two outermost of the n cells of a row.
     *
     * @param sums from {@link #fives}
     * @param calm a variance of g that means nothing: there the slope fades to 0, and no noise is taken over from green
     */
    public static void slopes(float[] sums, int n, float calm, float[] a, int at) {
        if (Simd.ON) {
            Lanes.slopes(sums, n, calm, a, at);
        } else {
            slopes(sums, REACH, n, calm, a, at);
        }
    }

    static void slopes(float[] sums, int from, int n, float calm, float[] a, int at) {
        for (int i = from; i < n - REACH; i++) {
            float g = five(sums, i);
            float c = five(sums, n + i);
            float var = five(sums, 2 * n + i) - g * g;
            float cov = five(sums, 3 * n + i) - g * c;
            a[at + i] = cov / (Math.max(var, 0) + calm);
        }
    }

    private static float five(float[] s, int i) {
        return (s[i - 2] + s[i - 1] + s[i] + s[i + 1] + s[i + 2]) * SHARE;
    }

    /** The mean slope ā of 3×3 cells, and the offset b = c − ā·g, for n cells. */
    public static void lines(float[] slope, float[] g, float[] c, int at, int stride, int n, float[] a, float[] b) {
        for (int i = 0; i < n; i++) {
            int p = at + i;
            float sum = slope[p - stride - 1]
                    + slope[p - stride]
                    + slope[p - stride + 1]
                    + slope[p - 1]
                    + slope[p]
                    + slope[p + 1]
                    + slope[p + stride - 1]
                    + slope[p + stride]
                    + slope[p + stride + 1];
            a[p] = sum * (1f / 9);
            b[p] = c[p] - a[p] * g[p];
        }
    }

    /**
     * One full row of the colour: a and b of two cell rows are averaged (the same row twice where the row has the colour), brought to the
     * full grid by halves, and applied: out = a·g + b.
     *
     * @param above the index of the first cell in the upper row
     * @param below the index of the first cell in the lower row
     * @param g green, full
     * @param at the index in g of the pixel that has the first cell's colour or lies under it
     * @param n cells: 2n pixels are written; cell n is read
     */
    public static void row(float[] a, float[] b, int above, int below, float[] g, int at, int n, float[] out, int to) {
        float a0 = (a[above] + a[below]) * 0.5f;
        float b0 = (b[above] + b[below]) * 0.5f;
        for (int i = 0; i < n; i++) {
            float a1 = (a[above + i + 1] + a[below + i + 1]) * 0.5f;
            float b1 = (b[above + i + 1] + b[below + i + 1]) * 0.5f;
            out[to + 2 * i] = a0 * g[at + 2 * i] + b0;
            out[to + 2 * i + 1] = (a0 + a1) * 0.5f * g[at + 2 * i + 1] + (b0 + b1) * 0.5f;
            a0 = a1;
            b0 = b1;
        }
    }

    /** The same with the Vector API. */
    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        private Lanes() {}

        static void fives(float[] g, float[] c, int at, int stride, int n, float[] sums) {
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                var sg = FloatVector.zero(S);
                var sc = FloatVector.zero(S);
                var sgg = FloatVector.zero(S);
                var sgc = FloatVector.zero(S);
                for (int k = -REACH; k <= REACH; k++) {
                    var x = FloatVector.fromArray(S, g, at + i + k * stride);
                    var y = FloatVector.fromArray(S, c, at + i + k * stride);
                    sg = sg.add(x);
                    sc = sc.add(y);
                    sgg = sgg.add(x.mul(x));
                    sgc = sgc.add(x.mul(y));
                }
                sg.intoArray(sums, i);
                sc.intoArray(sums, n + i);
                sgg.intoArray(sums, 2 * n + i);
                sgc.intoArray(sums, 3 * n + i);
            }
            ChromaRows.fives(g, c, at, stride, end, n, sums);
        }

        static void slopes(float[] sums, int n, float calm, float[] a, int at) {
            int i = REACH;
            for (; i <= n - REACH - S.length(); i += S.length()) {
                var g = five(sums, i);
                var c = five(sums, n + i);
                var var = five(sums, 2 * n + i).sub(g.mul(g));
                var cov = five(sums, 3 * n + i).sub(g.mul(c));
                cov.div(var.max(0f).add(calm)).intoArray(a, at + i);
            }
            ChromaRows.slopes(sums, i, n, calm, a, at);
        }

        private static FloatVector five(float[] s, int i) {
            return FloatVector.fromArray(S, s, i - 2)
                    .add(FloatVector.fromArray(S, s, i - 1))
                    .add(FloatVector.fromArray(S, s, i))
                    .add(FloatVector.fromArray(S, s, i + 1))
                    .add(FloatVector.fromArray(S, s, i + 2))
                    .mul(SHARE);
        }
    }
}
