package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How a patch of {@value #SIDE} x {@value #SIDE} pixels of one picture differs from a place between the pixels of another, for the inverse
 * search of Kroeger, Timofte, Dai and van Gool, "Fast Optical Flow using Dense Inverse Search" (2016). Planes have a frame wide enough that
 * nothing is read beyond them.
 *
 * <p>Sums are taken in a fixed order, column by column and then over the columns as a tree: the scalar definition and its lanes agree to
 * the bit.
 */
public final class PatchError {
    /** Pixels along a patch's side. */
    public static final int SIDE = 8;

    /** How many values {@link #differences} and {@link #shape} leave in their result. */
    public static final int SUMS = 5;

    private PatchError() {}

    /**
     * With d = to(q) - from(p), q - p the same for every pixel: Σ d, Σ d², Σ d gx and Σ d gy. The value at q is bilinear.
     *
     * @param a where the patch starts in from, gx and gy
     * @param b where its counterpart's whole pixels start in to
     * @param fx how much further to the right, 0..1
     * @param fy how much further below
     * @param pitch from row to row, in all planes
     * @param columns scratch of at least 5 x SIDE values
     */
    public static void differences(
            float[] from,
            float[] gx,
            float[] gy,
            int a,
            float[] to,
            int b,
            float fx,
            float fy,
            int pitch,
            float[] columns,
            float[] sums) {
        if (Simd.ON) {
            Lanes.differences(from, gx, gy, a, to, b, fx, fy, pitch, columns);
        } else {
            for (int x = 0; x < SIDE; x++) {
                differences(from, gx, gy, a + x, to, b + x, fx, fy, pitch, columns, x);
            }
        }
        fold(columns, 4, sums);
    }

    /** One column of {@link #differences}. */
    static void differences(
            float[] from,
            float[] gx,
            float[] gy,
            int a,
            float[] to,
            int b,
            float fx,
            float fy,
            int pitch,
            float[] columns,
            int x) {
        float s = 0;
        float q = 0;
        float sx = 0;
        float sy = 0;
        float above = mix(to[b], to[b + 1], fx);
        for (int y = 0; y < SIDE; y++) {
            int p = a + y * pitch;
            int r = b + (y + 1) * pitch;
            float below = mix(to[r], to[r + 1], fx);
            float d = mix(above, below, fy) - from[p];
            s += d;
            q = Math.fma(d, d, q);
            sx = Math.fma(d, gx[p], sx);
            sy = Math.fma(d, gy[p], sy);
            above = below;
        }
        columns[x] = s;
        columns[SIDE + x] = q;
        columns[2 * SIDE + x] = sx;
        columns[3 * SIDE + x] = sy;
    }

    /** Of a patch's gradients: Σ gx, Σ gy, Σ gx², Σ gx gy and Σ gy². */
    public static void shape(float[] gx, float[] gy, int a, int pitch, float[] columns, float[] sums) {
        if (Simd.ON) {
            Lanes.shape(gx, gy, a, pitch, columns);
        } else {
            for (int x = 0; x < SIDE; x++) {
                shape(gx, gy, a + x, pitch, columns, x);
            }
        }
        fold(columns, 5, sums);
    }

    /** One column of {@link #shape}. */
    static void shape(float[] gx, float[] gy, int a, int pitch, float[] columns, int x) {
        float sx = 0;
        float sy = 0;
        float xx = 0;
        float xy = 0;
        float yy = 0;
        for (int y = 0; y < SIDE; y++) {
            float u = gx[a + y * pitch];
            float v = gy[a + y * pitch];
            sx += u;
            sy += v;
            xx = Math.fma(u, u, xx);
            xy = Math.fma(u, v, xy);
            yy = Math.fma(v, v, yy);
        }
        columns[x] = sx;
        columns[SIDE + x] = sy;
        columns[2 * SIDE + x] = xx;
        columns[3 * SIDE + x] = xy;
        columns[4 * SIDE + x] = yy;
    }

    /**
     * One row of a patch joins the means of the rows it lies in: with the weight 1 / max(1, |d|), its displacement (u, v) is added.
     *
     * @param weight the sum of the weights
     * @param mu the sum of weighted u
     * @param mv the sum of weighted v
     * @param at where the patch starts in these three
     */
    public static void spread(
            float[] from,
            int a,
            float[] to,
            int b,
            float fx,
            float fy,
            int pitch,
            float u,
            float v,
            float[] weight,
            float[] mu,
            float[] mv,
            int at) {
        if (Simd.ON) {
            Lanes.spread(from, a, to, b, fx, fy, pitch, u, v, weight, mu, mv, at);
            return;
        }
        for (int x = 0; x < SIDE; x++) {
            spreadOne(from, a + x, to, b + x, fx, fy, pitch, u, v, weight, mu, mv, at + x);
        }
    }

    /** One pixel of {@link #spread}. */
    static void spreadOne(
            float[] from,
            int a,
            float[] to,
            int b,
            float fx,
            float fy,
            int pitch,
            float u,
            float v,
            float[] weight,
            float[] mu,
            float[] mv,
            int at) {
        float above = mix(to[b], to[b + 1], fx);
        float below = mix(to[b + pitch], to[b + pitch + 1], fx);
        float d = mix(above, below, fy) - from[a];
        float w = 1 / Math.max(1, Math.abs(d));
        weight[at] += w;
        mu[at] = Math.fma(w, u, mu[at]);
        mv[at] = Math.fma(w, v, mv[at]);
    }

    private static float mix(float a, float b, float f) {
        return Math.fma(b - a, f, a);
    }

    private static void fold(float[] columns, int rows, float[] sums) {
        for (int r = 0; r < rows; r++) {
            int c = r * SIDE;
            float left = (columns[c] + columns[c + 1]) + (columns[c + 2] + columns[c + 3]);
            float right = (columns[c + 4] + columns[c + 5]) + (columns[c + 6] + columns[c + 7]);
            sums[r] = left + right;
        }
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        static void differences(
                float[] from,
                float[] gx,
                float[] gy,
                int a,
                float[] to,
                int b,
                float fx,
                float fy,
                int pitch,
                float[] columns) {
            FloatVector s = FloatVector.zero(S);
            FloatVector q = FloatVector.zero(S);
            FloatVector sx = FloatVector.zero(S);
            FloatVector sy = FloatVector.zero(S);
            FloatVector vx = FloatVector.broadcast(S, fx);
            FloatVector vy = FloatVector.broadcast(S, fy);
            FloatVector above = line(to, b, vx);
            for (int y = 0; y < SIDE; y++) {
                int p = a + y * pitch;
                FloatVector below = line(to, b + (y + 1) * pitch, vx);
                FloatVector d = below.sub(above).fma(vy, above).sub(FloatVector.fromArray(S, from, p));
                s = s.add(d);
                q = d.fma(d, q);
                sx = d.fma(FloatVector.fromArray(S, gx, p), sx);
                sy = d.fma(FloatVector.fromArray(S, gy, p), sy);
                above = below;
            }
            s.intoArray(columns, 0);
            q.intoArray(columns, SIDE);
            sx.intoArray(columns, 2 * SIDE);
            sy.intoArray(columns, 3 * SIDE);
        }

        private static FloatVector line(float[] plane, int at, FloatVector f) {
            FloatVector left = FloatVector.fromArray(S, plane, at);
            return FloatVector.fromArray(S, plane, at + 1).sub(left).fma(f, left);
        }

        static void shape(float[] gx, float[] gy, int a, int pitch, float[] columns) {
            FloatVector sx = FloatVector.zero(S);
            FloatVector sy = FloatVector.zero(S);
            FloatVector xx = FloatVector.zero(S);
            FloatVector xy = FloatVector.zero(S);
            FloatVector yy = FloatVector.zero(S);
            for (int y = 0; y < SIDE; y++) {
                FloatVector u = FloatVector.fromArray(S, gx, a + y * pitch);
                FloatVector v = FloatVector.fromArray(S, gy, a + y * pitch);
                sx = sx.add(u);
                sy = sy.add(v);
                xx = u.fma(u, xx);
                xy = u.fma(v, xy);
                yy = v.fma(v, yy);
            }
            sx.intoArray(columns, 0);
            sy.intoArray(columns, SIDE);
            xx.intoArray(columns, 2 * SIDE);
            xy.intoArray(columns, 3 * SIDE);
            yy.intoArray(columns, 4 * SIDE);
        }

        static void spread(
                float[] from,
                int a,
                float[] to,
                int b,
                float fx,
                float fy,
                int pitch,
                float u,
                float v,
                float[] weight,
                float[] mu,
                float[] mv,
                int at) {
            FloatVector vx = FloatVector.broadcast(S, fx);
            FloatVector above = line(to, b, vx);
            FloatVector below = line(to, b + pitch, vx);
            FloatVector d =
                    below.sub(above).fma(FloatVector.broadcast(S, fy), above).sub(FloatVector.fromArray(S, from, a));
            FloatVector w = FloatVector.broadcast(S, 1f).div(d.abs().max(1f));
            FloatVector.fromArray(S, weight, at).add(w).intoArray(weight, at);
            w.fma(FloatVector.broadcast(S, u), FloatVector.fromArray(S, mu, at)).intoArray(mu, at);
            w.fma(FloatVector.broadcast(S, v), FloatVector.fromArray(S, mv, at)).intoArray(mv, at);
        }
    }
}
