package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Values between pixels from four by four neighbours (Keys 1981, a = -1/2), along the rows, then down. A pixel at the distance t weighs
 * 1.5 t³ - 2.5 t² + 1 below 1, and -0.5 t³ + 2.5 t² - 4 t + 2 from 1 to 2. Beyond the plane its edge continues.
 */
public final class Bicubic {
    private Bicubic() {}

    /** A row of a warp; arguments as in {@link Bilinear#row}. */
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
        int done = Simd.ON ? Lanes.row(plane, width, height, dx, dy, at, x, y, to, toAt, n) : 0;
        for (int i = done; i < n; i++) {
            to[toAt + i] = value(plane, width, height, x + i, dx[at + i], y, dy[at + i]);
        }
    }

    static float value(float[] plane, int width, int height, int x, float dx, int y, float dy) {
        int wx = Lattice.floor(dx);
        int wy = Lattice.floor(dy);
        float fx = dx - wx;
        int x0 = clamp(x + wx - 1, width);
        int x1 = clamp(x + wx, width);
        int x2 = clamp(x + wx + 1, width);
        int x3 = clamp(x + wx + 2, width);
        int r0 = clamp(y + wy - 1, height) * width;
        int r1 = clamp(y + wy, height) * width;
        int r2 = clamp(y + wy + 1, height) * width;
        int r3 = clamp(y + wy + 2, height) * width;
        float w0 = outer(fx);
        float w1 = inner(fx);
        float w2 = inner(1 - fx);
        float w3 = outer(1 - fx);
        float a = sum(plane[r0 + x0], plane[r0 + x1], plane[r0 + x2], plane[r0 + x3], w0, w1, w2, w3);
        float b = sum(plane[r1 + x0], plane[r1 + x1], plane[r1 + x2], plane[r1 + x3], w0, w1, w2, w3);
        float c = sum(plane[r2 + x0], plane[r2 + x1], plane[r2 + x2], plane[r2 + x3], w0, w1, w2, w3);
        float d = sum(plane[r3 + x0], plane[r3 + x1], plane[r3 + x2], plane[r3 + x3], w0, w1, w2, w3);
        float fy = dy - wy;
        return sum(a, b, c, d, outer(fy), inner(fy), inner(1 - fy), outer(1 - fy));
    }

    /** The weight of the nearer pixel at a distance below 1. */
    private static float inner(float t) {
        return Math.fma(t * t, Math.fma(t, 1.5f, -2.5f), 1f);
    }

    /** The weight of the farther pixel at a distance of 1 + t. */
    private static float outer(float t) {
        return t * Math.fma(t, Math.fma(t, -0.5f, 1f), -0.5f);
    }

    private static float sum(float a, float b, float c, float d, float w0, float w1, float w2, float w3) {
        return Math.fma(d, w3, Math.fma(c, w2, Math.fma(b, w1, a * w0)));
    }

    private static int clamp(int i, int n) {
        return Math.max(0, Math.min(n - 1, i));
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
            var weights = new float[8 * V];
            var lines = new float[5 * V];
            int i = 0;
            for (; i <= n - V; i += V) {
                weigh(dx, at + i, weights, 0);
                weigh(dy, at + i, weights, 4 * V);
                int sx = Lattice.floor(dx[at + i]);
                int sy = Math.min(Lattice.floor(dy[at + i]), Lattice.floor(dy[at + i + V - 1]));
                int ix = x + i + sx - 1;
                int iy = y + sy - 1;
                boolean inside = ix >= 0 && ix + V + 3 <= w && iy >= 0 && iy + 5 <= h;
                int steps = inside && steps(dx, at + i, sx) == 0 ? steps(dy, at + i, sy) : 2;
                if (steps < 2) {
                    for (int r = 0; r < 4 + steps; r++) {
                        line(plane, (iy + r) * w + ix, weights, lines, r * V);
                    }
                    if (steps > 0) {
                        choose(dy, at + i, sy, lines);
                    }
                } else {
                    for (int r = 0; r < 4; r++) {
                        far(plane, w, h, dx, dy, at + i, x + i, y + r - 1, index, weights, lines, r * V);
                    }
                }
                down(lines, weights, to, toAt + i);
            }
            return i;
        }

        // Small methods that hand over arrays: larger ones exceed what C2 inlines, and vectors would then be boxed.

        /** The four weights of each lane. */
        private static void weigh(float[] d, int at, float[] weights, int to) {
            FloatVector v = FloatVector.fromArray(S, d, at);
            FloatVector f = v.sub(floor(v));
            FloatVector g = FloatVector.broadcast(S, 1f).sub(f);
            outer(f).intoArray(weights, to);
            inner(f).intoArray(weights, to + V);
            inner(g).intoArray(weights, to + 2 * V);
            outer(g).intoArray(weights, to + 3 * V);
        }

        private static FloatVector inner(FloatVector t) {
            FloatVector slope = FloatVector.broadcast(S, 1.5f).fma(t, FloatVector.broadcast(S, -2.5f));
            return slope.fma(t.mul(t), FloatVector.broadcast(S, 1f));
        }

        private static FloatVector outer(FloatVector t) {
            FloatVector slope = FloatVector.broadcast(S, -0.5f).fma(t, FloatVector.broadcast(S, 1f));
            return slope.fma(t, FloatVector.broadcast(S, -0.5f)).mul(t);
        }

        /** How many more whole pixels than this the lanes go: 0, 0 to 1, or 2 for anything else. */
        private static int steps(float[] d, int at, int least) {
            // compared with whole numbers, not subtracted: -1e-9 lies below 0, but -1e-9 - (-1) rounds to 1
            FloatVector v = FloatVector.fromArray(S, d, at);
            VectorMask<Float> below = v.compare(VectorOperators.LT, (float) least);
            if (below.anyTrue() || !v.compare(VectorOperators.LT, least + 2f).allTrue()) {
                return 2;
            }
            return v.compare(VectorOperators.LT, least + 1f).allTrue() ? 0 : 1;
        }

        /** Where the displacement hardly changes, neighbours in the result are neighbours in the source: plain loads. */
        private static void line(float[] plane, int p, float[] weights, float[] lines, int to) {
            FloatVector sum = FloatVector.fromArray(S, plane, p).mul(FloatVector.fromArray(S, weights, 0));
            for (int j = 1; j < 4; j++) {
                FloatVector w = FloatVector.fromArray(S, weights, j * V);
                sum = FloatVector.fromArray(S, plane, p + j).fma(w, sum);
            }
            sum.intoArray(lines, to);
        }

        /** The lanes that have stepped down by one row take each line from the next. */
        private static void choose(float[] dy, int at, int sy, float[] lines) {
            VectorMask<Float> lower = FloatVector.fromArray(S, dy, at).compare(VectorOperators.GE, sy + 1f);
            for (int r = 0; r < 4; r++) {
                FloatVector.fromArray(S, lines, r * V)
                        .blend(FloatVector.fromArray(S, lines, r * V + V), lower)
                        .intoArray(lines, r * V);
            }
        }

        /** One line of each lane from anywhere. */
        private static void far(
                float[] plane,
                int w,
                int h,
                float[] dx,
                float[] dy,
                int at,
                int x,
                int y,
                int[] index,
                float[] weights,
                float[] lines,
                int to) {
            IntVector row = whole(dy, at).add(y).max(0).min(h - 1).mul(w);
            IntVector ix = whole(dx, at).add(IntVector.zero(I).addIndex(1)).add(x - 1);
            FloatVector sum = FloatVector.zero(S);
            for (int j = 0; j < 4; j++) {
                ix.add(j).max(0).min(w - 1).add(row).intoArray(index, 0);
                FloatVector value = FloatVector.fromArray(S, plane, 0, index, 0);
                sum = value.fma(FloatVector.fromArray(S, weights, j * V), sum);
            }
            sum.intoArray(lines, to);
        }

        private static void down(float[] lines, float[] weights, float[] to, int at) {
            FloatVector sum = FloatVector.fromArray(S, lines, 0).mul(FloatVector.fromArray(S, weights, 4 * V));
            for (int r = 1; r < 4; r++) {
                FloatVector w = FloatVector.fromArray(S, weights, (4 + r) * V);
                sum = FloatVector.fromArray(S, lines, r * V).fma(w, sum);
            }
            sum.intoArray(to, at);
        }

        private static IntVector whole(float[] d, int at) {
            return (IntVector) floor(FloatVector.fromArray(S, d, at)).convert(VectorOperators.F2I, 0);
        }

        private static FloatVector floor(FloatVector d) {
            FloatVector within = d.max(-Lattice.LIMIT).min(Lattice.LIMIT);
            FloatVector cut =
                    (FloatVector) within.convert(VectorOperators.F2I, 0).convert(VectorOperators.I2F, 0);
            return cut.sub(1, cut.compare(VectorOperators.GT, within));
        }
    }
}
