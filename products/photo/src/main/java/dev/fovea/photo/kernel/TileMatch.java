package dev.fovea.photo.kernel;

import dev.fovea.image.kernel.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Compares 16×16 tiles of two pictures. */
public final class TileMatch {
    /** Side of a tile. */
    public static final int N = 16;

    private TileMatch() {}

    /** The sum of squared differences of two tiles: {@code sum (a - b)^2}. */
    public static float difference(float[] a, int ao, int as, float[] b, int bo, int bs) {
        return Simd.ON ? Lanes.difference(a, ao, as, b, bo, bs) : differenceScalar(a, ao, as, b, bo, bs);
    }

    /**
     * One Gauss-Newton equation of Lucas and Kanade (1981): for the tile of a at {@code ao}, and b moved by (tx, ty) in 0..1 from
     * {@code bo} (bilinear), the sums gx·gx, gx·gy, gy·gy, gx·e, gy·e, e·e of a's central differences and {@code e = b - a}.
     *
     * @param out six numbers
     */
    public static void equation(float[] a, int ao, int as, float[] b, int bo, int bs, float tx, float ty, float[] out) {
        if (Simd.ON) {
            Lanes.equation(a, ao, as, b, bo, bs, tx, ty, out);
        } else {
            equationScalar(a, ao, as, b, bo, bs, tx, ty, out);
        }
    }

    static float differenceScalar(float[] a, int ao, int as, float[] b, int bo, int bs) {
        float sum = 0;
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                float d = a[ao + y * as + x] - b[bo + y * bs + x];
                sum += d * d;
            }
        }
        return sum;
    }

    static void equationScalar(float[] a, int ao, int as, float[] b, int bo, int bs, float tx, float ty, float[] out) {
        float xx = 0;
        float xy = 0;
        float yy = 0;
        float xe = 0;
        float ye = 0;
        float ee = 0;
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                int i = ao + y * as + x;
                int j = bo + y * bs + x;
                float top = b[j] + tx * (b[j + 1] - b[j]);
                float low = b[j + bs] + tx * (b[j + bs + 1] - b[j + bs]);
                float e = top + ty * (low - top) - a[i];
                float gx = (a[i + 1] - a[i - 1]) * 0.5f;
                float gy = (a[i + as] - a[i - as]) * 0.5f;
                xx += gx * gx;
                xy += gx * gy;
                yy += gy * gy;
                xe += gx * e;
                ye += gy * e;
                ee += e * e;
            }
        }
        put(out, xx, xy, yy, xe, ye, ee);
    }

    private static void put(float[] out, float xx, float xy, float yy, float xe, float ye, float ee) {
        out[0] = xx;
        out[1] = xy;
        out[2] = yy;
        out[3] = xe;
        out[4] = ye;
        out[5] = ee;
    }

    /** The same with eight pixels to a vector; equal within rounding of the sums. */
    static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        private static FloatVector at(float[] a, int i) {
            return FloatVector.fromArray(S, a, i);
        }

        static float difference(float[] a, int ao, int as, float[] b, int bo, int bs) {
            var left = FloatVector.zero(S);
            var right = FloatVector.zero(S);
            for (int y = 0; y < N; y++) {
                var d = at(a, ao + y * as).sub(at(b, bo + y * bs));
                var e = at(a, ao + y * as + 8).sub(at(b, bo + y * bs + 8));
                left = d.fma(d, left);
                right = e.fma(e, right);
            }
            return left.add(right).reduceLanes(VectorOperators.ADD);
        }

        static void equation(float[] a, int ao, int as, float[] b, int bo, int bs, float tx, float ty, float[] out) {
            var xx = FloatVector.zero(S);
            var xy = xx;
            var yy = xx;
            var xe = xx;
            var ye = xx;
            var ee = xx;
            for (int k = 0; k < 2 * N; k++) {
                int i = ao + (k >> 1) * as + (k & 1) * 8;
                int j = bo + (k >> 1) * bs + (k & 1) * 8;
                var b0 = at(b, j);
                var b1 = at(b, j + bs);
                var top = at(b, j + 1).sub(b0).mul(tx).add(b0);
                var low = at(b, j + bs + 1).sub(b1).mul(tx).add(b1);
                var e = low.sub(top).mul(ty).add(top).sub(at(a, i));
                var gx = at(a, i + 1).sub(at(a, i - 1)).mul(0.5f);
                var gy = at(a, i + as).sub(at(a, i - as)).mul(0.5f);
                xx = gx.fma(gx, xx);
                xy = gx.fma(gy, xy);
                yy = gy.fma(gy, yy);
                xe = gx.fma(e, xe);
                ye = gy.fma(e, ye);
                ee = e.fma(e, ee);
            }
            put(out, sum(xx), sum(xy), sum(yy), sum(xe), sum(ye), sum(ee));
        }

        private static float sum(FloatVector v) {
            return v.reduceLanes(VectorOperators.ADD);
        }
    }
}
