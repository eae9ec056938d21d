package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The row kernels that find green everywhere in a mosaic, by colour differences weighed in four directions (Pekkucuksen and Altunbasak
 * 2010, "Gradient based threshold free color filter array interpolation"). They work on flat tiles with a row stride: a neighbour is an
 * offset. At the flanks of a tile an offset leads into the next row, so the outermost columns of a result are not to be used.
 */
public final class GreenRows {
    /** Values up to this behave linearly, above it as a square root: about what eyes, and photon noise, do. */
    public static final float KNEE = 0.01f;

    private static final float ROOT = (float) Math.sqrt(KNEE);
    private static final float SLOPE = 0.5f / ROOT;

    /** Rows and columns around a pixel of {@link #green} that must be valid in the mosaic. */
    public static final int REACH = 8;

    /** Sums of gradients above this count as this: nine of them are multiplied, and must stay finite. */
    private static final float MOST = 1000;

    private static final float K0 = 0.50f;
    private static final float K1 = 0.35f;
    private static final float K2 = 0.12f;
    private static final float K3 = 0.03f;

    private GreenRows() {}

    /**
     * Brings n values, in place, to the scale in which demosaicing works: v = x · gain, then √(v + KNEE) for v &gt; 0 and its tangent
     * below, so that the negative half of noise stays. Even positions (counted from {@code at}) take one gain, odd ones the other.
     */
    public static void encode(float[] a, int at, int n, float even, float odd) {
        if (Simd.ON) {
            Lanes.encode(a, at, n, even, odd);
        } else {
            encode(a, at, 0, n, even, odd);
        }
    }

    static void encode(float[] a, int at, int from, int n, float even, float odd) {
        for (int i = from; i < n; i++) {
            float v = a[at + i] * ((i & 1) == 0 ? even : odd);
            a[at + i] = v > 0 ? (float) Math.sqrt(v + KNEE) : ROOT + v * SLOPE;
        }
    }

    /** Undoes {@link #encode}: n values of {@code a} from {@code at}, times {@code scale}, to {@code out} from {@code to}. */
    public static void decode(float[] a, int at, float[] out, int to, int n, float scale) {
        if (Simd.ON) {
            Lanes.decode(a, at, out, to, n, scale);
        } else {
            decode(a, at, out, to, 0, n, scale);
        }
    }

    static void decode(float[] a, int at, float[] out, int to, int from, int n, float scale) {
        for (int i = from; i < n; i++) {
            float q = a[at + i];
            out[to + i] = (q > ROOT ? q * q - KNEE : (q - ROOT) * (2 * ROOT)) * scale;
        }
    }

    /**
     * Green minus the other colour of the row (dh) and of the column (dv) at n pixels. The one that is missing at a pixel is taken from its
     * line: ½(m₋₁ + m₊₁) + ¼(2m₀ − m₋₂ − m₊₂) (Hamilton and Adams 1997).
     *
     * @param green whether the pixel at {@code at} is green: they alternate
     */
    public static void differences(float[] m, int at, int stride, int n, boolean green, float[] dh, float[] dv) {
        if (Simd.ON) {
            Lanes.differences(m, at, stride, n, green, dh, dv);
        } else {
            differences(m, at, stride, 0, n, green, dh, dv);
        }
    }

    static void differences(float[] m, int at, int stride, int from, int n, boolean green, float[] dh, float[] dv) {
        for (int i = from; i < n; i++) {
            int p = at + i;
            float sign = ((i & 1) == 0) == green ? -0.25f : 0.25f;
            float m0 = m[p] + m[p];
            float h = (m[p - 1] + m[p + 1]) * 2 - m0 - m[p - 2] - m[p + 2];
            float v = (m[p - stride] + m[p + stride]) * 2 - m0 - m[p - 2 * stride] - m[p + 2 * stride];
            dh[p] = h * sign;
            dv[p] = v * sign;
        }
    }

    /** How fast the differences change along their own line: gh = |dh₊₁ − dh₋₁| along the row, gv along the column. */
    public static void gradients(float[] dh, float[] dv, int at, int stride, int n, float[] gh, float[] gv) {
        if (Simd.ON) {
            Lanes.gradients(dh, dv, at, stride, n, gh, gv);
        } else {
            gradients(dh, dv, at, stride, 0, n, gh, gv);
        }
    }

    static void gradients(float[] dh, float[] dv, int at, int stride, int from, int n, float[] gh, float[] gv) {
        for (int i = from; i < n; i++) {
            int p = at + i;
            gh[p] = Math.abs(dh[p + 1] - dh[p - 1]);
            gv[p] = Math.abs(dv[p + stride] - dv[p - stride]);
        }
    }

    /** Sums of three across the line: th of gh over the rows, tv of gv over the columns. */
    public static void thirds(float[] gh, float[] gv, int at, int stride, int n, float[] th, float[] tv) {
        if (Simd.ON) {
            Lanes.thirds(gh, gv, at, stride, n, th, tv);
        } else {
            thirds(gh, gv, at, stride, 0, n, th, tv);
        }
    }

    static void thirds(float[] gh, float[] gv, int at, int stride, int from, int n, float[] th, float[] tv) {
        for (int i = from; i < n; i++) {
            int p = at + i;
            th[p] = gh[p - stride] + gh[p] + gh[p + stride];
            tv[p] = gv[p - 1] + gv[p] + gv[p + 1];
        }
    }

    /**
     * Green at n pixels: measured, or the other colour plus a mean of the differences to the left, right, above and below. A side
     * weighs 1 / (calm + Σ gradients over its 5×3 pixels)³: the interpolation follows edges, and where everything is below {@code calm},
     * the noise, it takes all four alike. The
     * compiler turns this loop into vectors by itself.
     *
     * @param th sums from {@link #thirds}
     * @param tv sums from {@link #thirds}
     * @param calm the sum of fifteen gradients that means nothing
     */
    public static void green(
            float[] m,
            float[] dh,
            float[] dv,
            float[] th,
            float[] tv,
            int at,
            int stride,
            int n,
            boolean green,
            float calm,
            float[] g) {
        for (int i = 0; i < n; i++) {
            int p = at + i;
            float left = doubt(th, p, -1, calm);
            float right = doubt(th, p, 1, calm);
            float up = doubt(tv, p, -stride, calm);
            float down = doubt(tv, p, stride, calm);
            float row = left * right;
            float column = up * down;
            float toLeft = right * column;
            float toRight = left * column;
            float toUp = down * row;
            float toDown = up * row;
            float sum = toLeft * side(dh, p, -1)
                    + toRight * side(dh, p, 1)
                    + toUp * side(dv, p, -stride)
                    + toDown * side(dv, p, stride);
            float mean = sum / (toLeft + toRight + toUp + toDown);
            g[p] = ((i & 1) == 0) == green ? m[p] : m[p] + mean;
        }
    }

    /** One over a side's weight; all four weights are then brought to one denominator, which saves four divisions. */
    private static float doubt(float[] t, int p, int step, float calm) {
        float s = t[p] + t[p + step] + t[p + 2 * step] + t[p + 3 * step] + t[p + 4 * step] + calm;
        float limited = Math.min(s, MOST);
        return limited * limited * limited;
    }

    private static float side(float[] d, int p, int step) {
        return d[p] * K0 + d[p + step] * K1 + d[p + 2 * step] * K2 + d[p + 3 * step] * K3;
    }

    /** The same with the Vector API. */
    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
        private static final VectorMask<Float> EVEN = VectorMask.fromLong(S, 0x55);

        private Lanes() {}

        static void encode(float[] a, int at, int n, float even, float odd) {
            var gain = FloatVector.broadcast(S, odd).blend(even, EVEN);
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                var v = FloatVector.fromArray(S, a, at + i).mul(gain);
                var low = v.mul(SLOPE).add(ROOT);
                var root = v.max(0f).add(KNEE).sqrt();
                low.blend(root, v.compare(VectorOperators.GT, 0f)).intoArray(a, at + i);
            }
            GreenRows.encode(a, at, end, n, even, odd);
        }

        static void decode(float[] a, int at, float[] out, int to, int n, float scale) {
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                var q = FloatVector.fromArray(S, a, at + i);
                var low = q.sub(ROOT).mul(2 * ROOT);
                var square = q.mul(q).sub(KNEE);
                low.blend(square, q.compare(VectorOperators.GT, ROOT))
                        .mul(scale)
                        .intoArray(out, to + i);
            }
            GreenRows.decode(a, at, out, to, end, n, scale);
        }

        static void differences(float[] m, int at, int stride, int n, boolean green, float[] dh, float[] dv) {
            var sign = FloatVector.broadcast(S, green ? 0.25f : -0.25f).blend(green ? -0.25f : 0.25f, EVEN);
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                int p = at + i;
                var m0 = load(m, p);
                m0 = m0.add(m0);
                line(m, p, 1, m0).mul(sign).intoArray(dh, p);
                line(m, p, stride, m0).mul(sign).intoArray(dv, p);
            }
            GreenRows.differences(m, at, stride, end, n, green, dh, dv);
        }

        private static FloatVector line(float[] m, int p, int step, FloatVector twice) {
            return load(m, p - step)
                    .add(load(m, p + step))
                    .mul(2f)
                    .sub(twice)
                    .sub(load(m, p - 2 * step))
                    .sub(load(m, p + 2 * step));
        }

        static void gradients(float[] dh, float[] dv, int at, int stride, int n, float[] gh, float[] gv) {
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                int p = at + i;
                load(dh, p + 1).sub(load(dh, p - 1)).abs().intoArray(gh, p);
                load(dv, p + stride).sub(load(dv, p - stride)).abs().intoArray(gv, p);
            }
            GreenRows.gradients(dh, dv, at, stride, end, n, gh, gv);
        }

        static void thirds(float[] gh, float[] gv, int at, int stride, int n, float[] th, float[] tv) {
            int end = S.loopBound(n);
            for (int i = 0; i < end; i += S.length()) {
                int p = at + i;
                load(gh, p - stride).add(load(gh, p)).add(load(gh, p + stride)).intoArray(th, p);
                load(gv, p - 1).add(load(gv, p)).add(load(gv, p + 1)).intoArray(tv, p);
            }
            GreenRows.thirds(gh, gv, at, stride, end, n, th, tv);
        }

        private static FloatVector load(float[] a, int at) {
            return FloatVector.fromArray(S, a, at);
        }
    }
}
