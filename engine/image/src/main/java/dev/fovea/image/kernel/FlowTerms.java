package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What pulls at the flow of one pixel: the equations of Brox, Bruhn, Papenberg and Weickert, "High Accuracy Optical Flow Estimation Based on
 * a Theory for Warping" (2004), linearised about (u0, v0), with the constraints normalised by the slopes (Zimmer, Bruhn and Weickert, "Optic
 * Flow in Harmony", 2011).
 *
 * <p>The energy of a pixel is δ φ(r² / n) + γ φ(rx² / nx + ry² / ny) + α φ(|∇u|² + |∇v|²) with φ(s²) = √(s² + ε²), where r = It + Ix (u - u0) + Iy (v -
 * v0) says how far grey values change along the flow, rx and ry the same of their slopes, n = Ix² + Iy² + ζ², and ∇ is the difference to the
 * next pixel on the right and below. With the factors φ' held, its derivative is linear in (u, v): xx u + xy v = bx, xy u + yy v = by from the
 * data, and α φ' is the weight of the two differences.
 */
public final class FlowTerms {
    /** Constant grey values, 0..255. */
    private static final float DELTA = 5;
    /** Constant slopes. */
    private static final float GAMMA = 10;

    private static final float EPSILON2 = 1e-6f;
    private static final float ZETA2 = 1e-2f;

    private FlowTerms() {}

    /**
     * How two pictures differ and change, one value for each pixel of a row.
     *
     * @param x slope to the right of the mean of the one picture and the other one warped
     * @param y slope downwards
     * @param t how much brighter the other one is
     * @param xx second slopes
     * @param xt how t changes to the right
     * @param yt how t changes downwards
     */
    public record Changes(float[] x, float[] y, float[] t, float[] xx, float[] xy, float[] yy, float[] xt, float[] yt) {
        /** Room for n pixels. */
        public static Changes of(int n) {
            return new Changes(
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n],
                    new float[n]);
        }

        /** Lets a pixel say nothing. */
        public void silence(int p) {
            x[p] = y[p] = t[p] = xx[p] = xy[p] = yy[p] = xt[p] = yt[p] = 0;
        }
    }

    /**
     * A displacement for every pixel.
     *
     * @param u to the right
     * @param v downwards
     */
    public record Field(float[] u, float[] v) {}

    /** The equations of one row of pixels. */
    public record Row(float[] xx, float[] xy, float[] yy, float[] bx, float[] by, float[] smooth) {
        /** Room for n pixels. */
        public Row(int n) {
            this(new float[n], new float[n], new float[n], new float[n], new float[n], new float[n]);
        }
    }

    /**
     * The equations of a row of n pixels.
     *
     * @param start what the changes are linearised about
     * @param now what the factors are taken from
     * @param at the index of the row's first pixel in both fields
     * @param below from a pixel to the next below; 0 in the last row
     * @param alpha the weight of smoothness
     */
    public static void row(Changes c, Field start, Field now, int at, int n, int below, float alpha, Row to) {
        int done = Simd.ON ? Lanes.data(c, start, now, at, n, to) : 0;
        for (int i = done; i < n; i++) {
            data(c, start, now, at + i, to, i);
        }
        done = Simd.ON ? Lanes.smooth(now.u, now.v, at, n - 1, below, alpha, to.smooth) : 0;
        for (int i = done; i < n; i++) {
            int right = i + 1 < n ? 1 : 0;
            to.smooth[i] = smooth(now.u, now.v, at + i, right, below, alpha);
        }
    }

    /** What the pictures say about one pixel. */
    static void data(Changes c, Field start, Field now, int p, Row to, int i) {
        float u0 = start.u[p];
        float v0 = start.v[p];
        float du = now.u[p] - u0;
        float dv = now.v[p] - v0;
        float x = c.x[i];
        float y = c.y[i];
        float t = c.t[i];
        float n = Math.fma(x, x, Math.fma(y, y, ZETA2));
        float r = Math.fma(x, du, Math.fma(y, dv, t));
        float w = DELTA / (n * (float) Math.sqrt(r * r / n + EPSILON2));
        float wx = w * x;
        float wy = w * y;
        float b = Math.fma(x, u0, Math.fma(y, v0, -t));
        float xx = c.xx[i];
        float xy = c.xy[i];
        float yy = c.yy[i];
        float xt = c.xt[i];
        float yt = c.yt[i];
        float nx = Math.fma(xx, xx, Math.fma(xy, xy, ZETA2));
        float ny = Math.fma(yy, yy, Math.fma(xy, xy, ZETA2));
        float rx = Math.fma(xx, du, Math.fma(xy, dv, xt));
        float ry = Math.fma(xy, du, Math.fma(yy, dv, yt));
        float g = GAMMA / (float) Math.sqrt(rx * rx / nx + ry * ry / ny + EPSILON2);
        float gx = g / nx;
        float gy = g / ny;
        float bx = gx * Math.fma(xx, u0, Math.fma(xy, v0, -xt));
        float by = gy * Math.fma(xy, u0, Math.fma(yy, v0, -yt));
        to.xx[i] = Math.fma(wx, x, Math.fma(gx * xx, xx, gy * xy * xy));
        to.xy[i] = Math.fma(wx, y, Math.fma(gx * xx, xy, gy * xy * yy));
        to.yy[i] = Math.fma(wy, y, Math.fma(gx * xy, xy, gy * yy * yy));
        to.bx[i] = Math.fma(wx, b, Math.fma(xx, bx, xy * by));
        to.by[i] = Math.fma(wy, b, Math.fma(xy, bx, yy * by));
    }

    /** The weight of a pixel's differences to the right and below. */
    static float smooth(float[] u, float[] v, int p, int right, int below, float alpha) {
        float ux = u[p + right] - u[p];
        float uy = u[p + below] - u[p];
        float vx = v[p + right] - v[p];
        float vy = v[p + below] - v[p];
        float s = Math.fma(ux, ux, Math.fma(uy, uy, Math.fma(vx, vx, Math.fma(vy, vy, EPSILON2))));
        return alpha / (float) Math.sqrt(s);
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
        private static final int V = S.length();

        static int data(Changes c, Field start, Field now, int at, int n, Row to) {
            int i = 0;
            for (; i <= n - V; i += V) {
                one(c, start, now, at + i, to, i);
            }
            return i;
        }

        private static void one(Changes c, Field start, Field now, int p, Row to, int i) {
            FloatVector u0 = FloatVector.fromArray(S, start.u, p);
            FloatVector v0 = FloatVector.fromArray(S, start.v, p);
            FloatVector du = FloatVector.fromArray(S, now.u, p).sub(u0);
            FloatVector dv = FloatVector.fromArray(S, now.v, p).sub(v0);
            FloatVector x = FloatVector.fromArray(S, c.x, i);
            FloatVector y = FloatVector.fromArray(S, c.y, i);
            FloatVector t = FloatVector.fromArray(S, c.t, i);
            FloatVector n = x.fma(x, y.fma(y, FloatVector.broadcast(S, ZETA2)));
            FloatVector r = x.fma(du, y.fma(dv, t));
            FloatVector w = FloatVector.broadcast(S, DELTA)
                    .div(n.mul(r.mul(r).div(n).add(EPSILON2).sqrt()));
            FloatVector wx = w.mul(x);
            FloatVector wy = w.mul(y);
            FloatVector b = x.fma(u0, y.fma(v0, t.neg()));
            FloatVector xx = FloatVector.fromArray(S, c.xx, i);
            FloatVector xy = FloatVector.fromArray(S, c.xy, i);
            FloatVector yy = FloatVector.fromArray(S, c.yy, i);
            FloatVector xt = FloatVector.fromArray(S, c.xt, i);
            FloatVector yt = FloatVector.fromArray(S, c.yt, i);
            FloatVector zeta = FloatVector.broadcast(S, ZETA2);
            FloatVector nx = xx.fma(xx, xy.fma(xy, zeta));
            FloatVector ny = yy.fma(yy, xy.fma(xy, zeta));
            FloatVector rx = xx.fma(du, xy.fma(dv, xt));
            FloatVector ry = xy.fma(du, yy.fma(dv, yt));
            FloatVector g = FloatVector.broadcast(S, GAMMA)
                    .div(rx.mul(rx)
                            .div(nx)
                            .add(ry.mul(ry).div(ny))
                            .add(EPSILON2)
                            .sqrt());
            FloatVector gx = g.div(nx);
            FloatVector gy = g.div(ny);
            FloatVector bx = gx.mul(xx.fma(u0, xy.fma(v0, xt.neg())));
            FloatVector by = gy.mul(xy.fma(u0, yy.fma(v0, yt.neg())));
            wx.fma(x, gx.mul(xx).fma(xx, gy.mul(xy).mul(xy))).intoArray(to.xx, i);
            wx.fma(y, gx.mul(xx).fma(xy, gy.mul(xy).mul(yy))).intoArray(to.xy, i);
            wy.fma(y, gx.mul(xy).fma(xy, gy.mul(yy).mul(yy))).intoArray(to.yy, i);
            wx.fma(b, xx.fma(bx, xy.mul(by))).intoArray(to.bx, i);
            wy.fma(b, xy.fma(bx, yy.mul(by))).intoArray(to.by, i);
        }

        static int smooth(float[] u, float[] v, int at, int n, int below, float alpha, float[] to) {
            int i = 0;
            for (; i <= n - V; i += V) {
                int p = at + i;
                FloatVector cu = FloatVector.fromArray(S, u, p);
                FloatVector cv = FloatVector.fromArray(S, v, p);
                FloatVector ux = FloatVector.fromArray(S, u, p + 1).sub(cu);
                FloatVector uy = FloatVector.fromArray(S, u, p + below).sub(cu);
                FloatVector vx = FloatVector.fromArray(S, v, p + 1).sub(cv);
                FloatVector vy = FloatVector.fromArray(S, v, p + below).sub(cv);
                FloatVector s = ux.fma(ux, uy.fma(uy, vx.fma(vx, vy.fma(vy, FloatVector.broadcast(S, EPSILON2)))));
                FloatVector.broadcast(S, alpha).div(s.sqrt()).intoArray(to, i);
            }
            return i;
        }
    }
}
