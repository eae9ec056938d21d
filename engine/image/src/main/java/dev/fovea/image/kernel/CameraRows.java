package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** White balance, saturated colours and the camera's colour matrix in one pass. */
public final class CameraRows {
    /** From this part of saturation on, a value is trusted less and less. */
    private static final float DOUBT = 0.95f;

    private static final float TOP = 1 / (1 - DOUBT);
    private static final float LEAST = 1e-6f;

    private CameraRows() {}

    /**
     * Converts n pixels. A pixel's balanced values are b = gain · x, each trusted by u = 1 below 0.95 of saturation, falling to 0 at it.
     * What is not trusted is raised, never lowered, towards the mean of what is trusted (weighted by u), or the largest of what is not,
     * whichever is more. Then out = matrix · b.
     *
     * @param in three planes
     * @param out three planes
     * @param gains three factors of white balance
     * @param m nine numbers by rows
     * @param saturation the value of x at which the sensor saturates
     */
    public static void linear(float[][] in, float[][] out, int at, int n, float[] gains, float[] m, float saturation) {
        if (Simd.ON) {
            Lanes.linear(in, out, at, n, gains, m, saturation);
        } else {
            linear(in, out, at, 0, n, gains, m, saturation);
        }
    }

    static void linear(
            float[][] in, float[][] out, int at, int from, int n, float[] gains, float[] m, float saturation) {
        float slope = 1 / ((1 - DOUBT) * saturation);
        for (int i = at + from; i < at + n; i++) {
            float ur = trust(in[0][i], slope);
            float ug = trust(in[1][i], slope);
            float ub = trust(in[2][i], slope);
            float r = in[0][i] * gains[0];
            float g = in[1][i] * gains[1];
            float b = in[2][i] * gains[2];
            float told = (ur * r + ug * g + ub * b) / Math.max(ur + ug + ub, LEAST);
            float most = Math.max((1 - ur) * r, Math.max((1 - ug) * g, (1 - ub) * b));
            float likely = Math.max(told, most);
            r += (1 - ur) * Math.max(likely - r, 0);
            g += (1 - ug) * Math.max(likely - g, 0);
            b += (1 - ub) * Math.max(likely - b, 0);
            out[0][i] = m[0] * r + m[1] * g + m[2] * b;
            out[1][i] = m[3] * r + m[4] * g + m[5] * b;
            out[2][i] = m[6] * r + m[7] * g + m[8] * b;
        }
    }

    private static float trust(float x, float slope) {
        return Math.min(Math.max(TOP - x * slope, 0), 1);
    }

    /** The same with the Vector API. */
    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        private Lanes() {}

        static void linear(float[][] in, float[][] out, int at, int n, float[] gains, float[] m, float saturation) {
            float slope = 1 / ((1 - DOUBT) * saturation);
            var one = FloatVector.broadcast(S, 1f);
            int end = S.loopBound(n);
            for (int i = at; i < at + end; i += S.length()) {
                var r = FloatVector.fromArray(S, in[0], i);
                var g = FloatVector.fromArray(S, in[1], i);
                var b = FloatVector.fromArray(S, in[2], i);
                var ur = trust(r, slope);
                var ug = trust(g, slope);
                var ub = trust(b, slope);
                r = r.mul(gains[0]);
                g = g.mul(gains[1]);
                b = b.mul(gains[2]);
                var told = ur.mul(r)
                        .add(ug.mul(g))
                        .add(ub.mul(b))
                        .div(ur.add(ug).add(ub).max(LEAST));
                var dr = one.sub(ur);
                var dg = one.sub(ug);
                var db = one.sub(ub);
                var likely = told.max(dr.mul(r).max(dg.mul(g).max(db.mul(b))));
                r = r.add(dr.mul(likely.sub(r).max(0f)));
                g = g.add(dg.mul(likely.sub(g).max(0f)));
                b = b.add(db.mul(likely.sub(b).max(0f)));
                row(r, g, b, m, 0).intoArray(out[0], i);
                row(r, g, b, m, 3).intoArray(out[1], i);
                row(r, g, b, m, 6).intoArray(out[2], i);
            }
            CameraRows.linear(in, out, at, end, n, gains, m, saturation);
        }

        private static FloatVector trust(FloatVector x, float slope) {
            return FloatVector.broadcast(S, TOP).sub(x.mul(slope)).max(0f).min(1f);
        }

        private static FloatVector row(FloatVector r, FloatVector g, FloatVector b, float[] m, int k) {
            return r.mul(m[k]).add(g.mul(m[k + 1])).add(b.mul(m[k + 2]));
        }
    }
}
