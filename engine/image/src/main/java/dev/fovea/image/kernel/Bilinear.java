package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Values between pixels from two by two neighbours: a + f (b - a) along the rows, then down. Beyond the plane its edge continues.
 */
public final class Bilinear {
    private Bilinear() {}

    /**
     * A row of a warp: to[toAt + i] is the plane's value at (x + i + dx[at + i], y + dy[at + i]).
     *
     * @param at where the row's displacements start
     */
    public static void row(
            float[] plane,
            int width,
            int height,
            float[] dx,
            float[] dy,
            int at,
            int x,
            int y,
            float[] to,
            int toAt,
            int n) {
        int done =
                Simd.ON && width > 1 && height > 1 ? Lanes.row(plane, width, height, dx, dy, at, x, y, to, toAt, n) : 0;
        for (int i = done; i < n; i++) {
            to[toAt + i] = value(plane, width, height, x + i, dx[at + i], y, dy[at + i]);
        }
    }

    /** The plane's value at (x + dx, y + dy). */
    public static float value(float[] plane, int width, int height, int x, float dx, int y, float dy) {
        int wx = Lattice.floor(dx);
        int wy = Lattice.floor(dy);
        int ix = x + wx;
        int iy = y + wy;
        float fx = ix < 0 ? 0 : ix > width - 2 ? 1 : dx - wx;
        float fy = iy < 0 ? 0 : iy > height - 2 ? 1 : dy - wy;
        ix = Math.max(0, Math.min(width - 2, ix));
        iy = Math.max(0, Math.min(height - 2, iy));
        int p = iy * width + ix;
        int right = width > 1 ? 1 : 0;
        int below = height > 1 ? width : 0;
        float top = mix(plane[p], plane[p + right], fx);
        float low = mix(plane[p + below], plane[p + below + right], fx);
        return mix(top, low, fy);
    }

    private static float mix(float a, float b, float f) {
        return Math.fma(f, b - a, a);
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
        private static final int V = S.length();

        static int row(
                float[] plane,
                int w,
                int h,
                float[] dx,
                float[] dy,
                int at,
                int x,
                int y,
                float[] to,
                int toAt,
                int n) {
            var index = new int[V];
            int i = 0;
            for (; i <= n - V; i += V) {
                if (!near(plane, w, h, dx, dy, at, x, y, to, toAt, i)) {
                    far(plane, w, h, dx, dy, at, x, y, to, toAt, i, index);
                }
            }
            return i;
        }

        /**
         * Where the displacement hardly changes, which is the rule, neighbours in the result are neighbours in the source: plain loads. The
         * source may step down by one row on the way: those lanes take the row below. False where it is not so.
         */
        private static boolean near(
                float[] plane,
                int w,
                int h,
                float[] dx,
                float[] dy,
                int at,
                int x,
                int y,
                float[] to,
                int toAt,
                int i) {
            int sx = Lattice.floor(dx[at + i]);
            int sy = Math.min(Lattice.floor(dy[at + i]), Lattice.floor(dy[at + i + V - 1]));
            int ix = x + i + sx;
            int iy = y + sy;
            if (ix < 0 || ix + V >= w || iy < 0 || iy + 2 >= h) {
                return false;
            }
            FloatVector vx = FloatVector.fromArray(S, dx, at + i);
            FloatVector vy = FloatVector.fromArray(S, dy, at + i);
            // compared with whole numbers, not subtracted: -1e-9 lies below 0, but -1e-9 - (-1) rounds to 1
            VectorMask<Float> elsewhere = vx.compare(VectorOperators.LT, (float) sx)
                    .or(vx.compare(VectorOperators.GE, sx + 1f))
                    .or(vy.compare(VectorOperators.LT, (float) sy))
                    .or(vy.compare(VectorOperators.GE, sy + 2f));
            if (elsewhere.anyTrue()) {
                return false;
            }
            FloatVector fx = vx.sub(sx);
            FloatVector fy = vy.sub(sy);
            VectorMask<Float> lower = vy.compare(VectorOperators.GE, sy + 1f);
            int p = iy * w + ix;
            FloatVector top = pair(plane, p, fx);
            FloatVector low = pair(plane, p + w, fx);
            if (lower.anyTrue()) {
                top = top.blend(low, lower);
                low = low.blend(pair(plane, p + 2 * w, fx), lower);
                fy = fy.blend(vy.sub(sy + 1f), lower);
            }
            low.sub(top).fma(fy, top).intoArray(to, toAt + i);
            return true;
        }

        private static FloatVector pair(float[] plane, int p, FloatVector f) {
            FloatVector a = FloatVector.fromArray(S, plane, p);
            return FloatVector.fromArray(S, plane, p + 1).sub(a).fma(f, a);
        }

        /** Any place, from anywhere. */
        private static void far(
                float[] plane,
                int w,
                int h,
                float[] dx,
                float[] dy,
                int at,
                int x,
                int y,
                float[] to,
                int toAt,
                int i,
                int[] index) {
            FloatVector vx = FloatVector.fromArray(S, dx, at + i);
            FloatVector vy = FloatVector.fromArray(S, dy, at + i);
            FloatVector wx = floor(vx);
            FloatVector wy = floor(vy);
            IntVector ix = whole(wx).add(IntVector.zero(I).addIndex(1)).add(x + i);
            IntVector iy = whole(wy).add(y);
            FloatVector fx = fraction(vx.sub(wx), ix, w);
            FloatVector fy = fraction(vy.sub(wy), iy, h);
            ix.max(0).min(w - 2).add(iy.max(0).min(h - 2).mul(w)).intoArray(index, 0);
            FloatVector a = FloatVector.fromArray(S, plane, 0, index, 0);
            FloatVector b = FloatVector.fromArray(S, plane, 1, index, 0);
            FloatVector c = FloatVector.fromArray(S, plane, w, index, 0);
            FloatVector d = FloatVector.fromArray(S, plane, w + 1, index, 0);
            FloatVector top = b.sub(a).fma(fx, a);
            FloatVector low = d.sub(c).fma(fx, c);
            low.sub(top).fma(fy, top).intoArray(to, toAt + i);
        }

        private static FloatVector fraction(FloatVector f, IntVector i, int n) {
            return f.blend(0, i.compare(VectorOperators.LT, 0).cast(S))
                    .blend(1, i.compare(VectorOperators.GT, n - 2).cast(S));
        }

        private static IntVector whole(FloatVector floor) {
            return (IntVector) floor.convert(VectorOperators.F2I, 0);
        }

        private static FloatVector floor(FloatVector d) {
            FloatVector within = d.max(-Lattice.LIMIT).min(Lattice.LIMIT);
            FloatVector cut =
                    (FloatVector) within.convert(VectorOperators.F2I, 0).convert(VectorOperators.I2F, 0);
            return cut.sub(1, cut.compare(VectorOperators.GT, within));
        }
    }
}
