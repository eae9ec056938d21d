package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Successive over-relaxation (Young 1954) of two coupled fields on a checkerboard: all red cells can be renewed at once, as their four
 * neighbours are black, and the other way about. Each colour's cells of a row lie side by side; cell i of a colour whose first pixel of the
 * row is s, 0 or 1, is the pixel 2i + s.
 */
public final class RedBlack {
    private RedBlack() {}

    /**
     * The cells of one colour: the fields, the pixel's own equations, and the weights of its differences to the right and below.
     */
    public record Cells(
            float[] u,
            float[] v,
            float[] xx,
            float[] xy,
            float[] yy,
            float[] bx,
            float[] by,
            float[] right,
            float[] down) {
        /** Room for n cells. */
        public Cells(int n) {
            this(
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n]);
        }
    }

    /**
     * Renews n cells of a row: with W the sum of the four weights and N that of the neighbours' weighted u, u += ω ((bx - xy v + N) / (xx + W) -
     * u), then v alike.
     *
     * @param at the row's first cell
     * @param left the first cell's left neighbour among the others; its right neighbour is the next
     * @param above the first cell's upper neighbour
     * @param below the first cell's lower neighbour
     */
    public static void row(Cells own, Cells other, int at, int left, int above, int below, int n, float omega) {
        int done = Simd.ON ? Lanes.row(own, other, at, left, above, below, n, omega) : 0;
        for (int i = done; i < n; i++) {
            cell(own, other, at + i, left + i, above + i, below + i, omega);
        }
    }

    static void cell(Cells own, Cells other, int p, int left, int above, int below, float omega) {
        float wr = own.right[p];
        float wd = own.down[p];
        float wl = other.right[left];
        float wu = other.down[above];
        float w = (wr + wl) + (wd + wu);
        float nu = Math.fma(
                wr, other.u[left + 1], Math.fma(wl, other.u[left], Math.fma(wd, other.u[below], wu * other.u[above])));
        float nv = Math.fma(
                wr, other.v[left + 1], Math.fma(wl, other.v[left], Math.fma(wd, other.v[below], wu * other.v[above])));
        float u = own.u[p];
        float v = own.v[p];
        float newU = Math.fma(-own.xy[p], v, own.bx[p] + nu) / (own.xx[p] + w);
        u = Math.fma(omega, newU - u, u);
        float newV = Math.fma(-own.xy[p], u, own.by[p] + nv) / (own.yy[p] + w);
        own.u[p] = u;
        own.v[p] = Math.fma(omega, newV - v, v);
    }

    /** Every second value: even[i] = from[2i], odd[i] = from[2i + 1], n values in all. */
    public static void split(float[] from, int at, int n, float[] even, float[] odd, int to) {
        int done = Simd.ON ? Lanes.split(from, at, n, even, odd, to) : 0;
        for (int i = done; i < n; i += 2) {
            even[to + i / 2] = from[at + i];
            if (i + 1 < n) {
                odd[to + i / 2] = from[at + i + 1];
            }
        }
    }

    /** The undoing of {@link #split}. */
    public static void join(float[] even, float[] odd, int at, float[] to, int toAt, int n) {
        for (int i = 0; i + 1 < n; i += 2) {
            to[toAt + i] = even[at + i / 2];
            to[toAt + i + 1] = odd[at + i / 2];
        }
        if (n % 2 == 1) {
            to[toAt + n - 1] = even[at + n / 2];
        }
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
        private static final int V = S.length();
        private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(S, 0);
        private static final VectorShuffle<Float> ODD = VectorShuffle.makeUnzip(S, 1);

        static int row(Cells own, Cells other, int at, int left, int above, int below, int n, float omega) {
            int i = 0;
            for (; i <= n - V; i += V) {
                cells(own, other, at + i, left + i, above + i, below + i, omega);
            }
            return i;
        }

        private static void cells(Cells own, Cells other, int p, int left, int above, int below, float omega) {
            FloatVector wr = FloatVector.fromArray(S, own.right, p);
            FloatVector wd = FloatVector.fromArray(S, own.down, p);
            FloatVector wl = FloatVector.fromArray(S, other.right, left);
            FloatVector wu = FloatVector.fromArray(S, other.down, above);
            FloatVector w = wr.add(wl).add(wd.add(wu));
            FloatVector nu = around(other.u, left, above, below, wr, wl, wd, wu);
            FloatVector nv = around(other.v, left, above, below, wr, wl, wd, wu);
            FloatVector u = FloatVector.fromArray(S, own.u, p);
            FloatVector v = FloatVector.fromArray(S, own.v, p);
            FloatVector cross = FloatVector.fromArray(S, own.xy, p).neg();
            FloatVector newU = cross.fma(v, FloatVector.fromArray(S, own.bx, p).add(nu))
                    .div(FloatVector.fromArray(S, own.xx, p).add(w));
            FloatVector o = FloatVector.broadcast(S, omega);
            u = o.fma(newU.sub(u), u);
            FloatVector newV = cross.fma(u, FloatVector.fromArray(S, own.by, p).add(nv))
                    .div(FloatVector.fromArray(S, own.yy, p).add(w));
            u.intoArray(own.u, p);
            o.fma(newV.sub(v), v).intoArray(own.v, p);
        }

        private static FloatVector around(
                float[] f,
                int left,
                int above,
                int below,
                FloatVector wr,
                FloatVector wl,
                FloatVector wd,
                FloatVector wu) {
            FloatVector sum = wu.mul(FloatVector.fromArray(S, f, above));
            sum = wd.fma(FloatVector.fromArray(S, f, below), sum);
            sum = wl.fma(FloatVector.fromArray(S, f, left), sum);
            return wr.fma(FloatVector.fromArray(S, f, left + 1), sum);
        }

        static int split(float[] from, int at, int n, float[] even, float[] odd, int to) {
            int i = 0;
            for (; i <= n - 2 * V; i += 2 * V) {
                FloatVector a = FloatVector.fromArray(S, from, at + i);
                FloatVector b = FloatVector.fromArray(S, from, at + i + V);
                a.rearrange(EVEN, b).intoArray(even, to + i / 2);
                a.rearrange(ODD, b).intoArray(odd, to + i / 2);
            }
            return i;
        }
    }
}
