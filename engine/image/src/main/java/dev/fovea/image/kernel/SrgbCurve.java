package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sRGB transfer curve (IEC 61966-2-1:1999), a power with a straight foot, as square roots and a polynomial.
 *
 * <p>Encoding: 12.92 x below 0.0031308, else 1.055 x^(1/2.4) - 0.055, which is a smooth function of t = x^(1/4), a polynomial of degree 7
 * within 7e-7. Decoding: x / 12.92 below 0.04045, else ((x + 0.055) / 1.055)^2.4, a polynomial of degree 7 in v = √(x + 0.055) within
 * 1e-7 of display value. Coefficients: minimax by Lawson's iteration, the constant raised until 1 maps to 1. All 65536 codes of 16 bits survive the
 * round trip. Both clip to 0..1.
 */
public final class SrgbCurve {
    private static final float FOOT_LIGHT = 0.0031308f;
    private static final float FOOT_DISPLAY = 0.04045f;
    private static final float SLOPE = 12.92f;
    private static final float OFFSET = 0.055f;

    private static final float E0 = -0.058446627f + 3.3e-7f;
    private static final float E1 = 0.12357638f;
    private static final float E2 = 1.4615229f;
    private static final float E3 = -1.1558868f;
    private static final float E4 = 1.2091342f;
    private static final float E5 = -0.89839625f;
    private static final float E6 = 0.39470392f;
    private static final float E7 = -0.07620811f;

    private static final float D0 = 8.4414984e-5f + 5e-8f;
    private static final float D1 = -0.0014093802f;
    private static final float D2 = 0.010563241f;
    private static final float D3 = -0.04912705f;
    private static final float D4 = 0.19319667f;
    private static final float D5 = 0.78977513f;
    private static final float D6 = -0.07286988f;
    private static final float D7 = 0.009202306f;

    private SrgbCurve() {}

    /** Light to display values. */
    public static void encode(float[] from, int at, float[] to, int toAt, int n) {
        int done = Simd.ON ? Lanes.encode(from, at, to, toAt, n) : 0;
        for (int i = done; i < n; i++) {
            to[toAt + i] = encode(from[at + i]);
        }
    }

    /** Display values to light. */
    public static void decode(float[] from, int at, float[] to, int toAt, int n) {
        int done = Simd.ON ? Lanes.decode(from, at, to, toAt, n) : 0;
        for (int i = done; i < n; i++) {
            to[toAt + i] = decode(from[at + i]);
        }
    }

    static float encode(float light) {
        float x = Math.max(0f, Math.min(1f, light));
        if (x < FOOT_LIGHT) {
            return x * SLOPE;
        }
        float t = root(root(x));
        float p = Math.fma(t, E7, E6);
        p = Math.fma(t, p, E5);
        p = Math.fma(t, p, E4);
        p = Math.fma(t, p, E3);
        p = Math.fma(t, p, E2);
        p = Math.fma(t, p, E1);
        return Math.min(1f, Math.fma(t, p, E0));
    }

    static float decode(float display) {
        float x = Math.max(0f, Math.min(1f, display));
        if (x < FOOT_DISPLAY) {
            return x * (1 / SLOPE);
        }
        float v = root(x + OFFSET);
        float p = Math.fma(v, D7, D6);
        p = Math.fma(v, p, D5);
        p = Math.fma(v, p, D4);
        p = Math.fma(v, p, D3);
        p = Math.fma(v, p, D2);
        p = Math.fma(v, p, D1);
        return Math.min(1f, Math.fma(v, p, D0));
    }

    private static float root(float x) {
        return (float) Math.sqrt(x);
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

        static int encode(float[] from, int at, float[] to, int toAt, int n) {
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                FloatVector x = FloatVector.fromArray(S, from, at + i).min(1f).max(0f);
                FloatVector t = x.sqrt().sqrt();
                FloatVector p = FloatVector.broadcast(S, E7)
                        .fma(t, FloatVector.broadcast(S, E6))
                        .fma(t, FloatVector.broadcast(S, E5))
                        .fma(t, FloatVector.broadcast(S, E4))
                        .fma(t, FloatVector.broadcast(S, E3))
                        .fma(t, FloatVector.broadcast(S, E2))
                        .fma(t, FloatVector.broadcast(S, E1))
                        .fma(t, FloatVector.broadcast(S, E0))
                        .min(1f);
                VectorMask<Float> foot = x.compare(VectorOperators.LT, FOOT_LIGHT);
                p.blend(x.mul(SLOPE), foot).intoArray(to, toAt + i);
            }
            return end;
        }

        static int decode(float[] from, int at, float[] to, int toAt, int n) {
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                FloatVector x = FloatVector.fromArray(S, from, at + i).min(1f).max(0f);
                FloatVector v = x.add(OFFSET).sqrt();
                FloatVector p = FloatVector.broadcast(S, D7)
                        .fma(v, FloatVector.broadcast(S, D6))
                        .fma(v, FloatVector.broadcast(S, D5))
                        .fma(v, FloatVector.broadcast(S, D4))
                        .fma(v, FloatVector.broadcast(S, D3))
                        .fma(v, FloatVector.broadcast(S, D2))
                        .fma(v, FloatVector.broadcast(S, D1))
                        .fma(v, FloatVector.broadcast(S, D0))
                        .min(1f);
                VectorMask<Float> foot = x.compare(VectorOperators.LT, FOOT_DISPLAY);
                p.blend(x.mul(1 / SLOPE), foot).intoArray(to, toAt + i);
            }
            return end;
        }
    }
}
