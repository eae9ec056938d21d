package dev.fovea.image.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Fourier transform of eight real 16×16 tiles at once: {@code X[v][u] = sum over y, x of t[y][x] exp(-2 pi i (u x + v y) / 16)}.
 *
 * <p>Tiles lie interleaved, one lane each: sample (x, y) of tile l at {@code (y * 16 + x) * 8 + l}. As tiles are real, only the columns
 * u = 0..8 of a spectrum are kept: bin (u, v) of tile l at {@code (v * 9 + u) * 8 + l}. Two rows go through one complex transform of 16
 * points (radix 4 twice; Cooley and Tukey 1965) as its real and imaginary part. With the lanes across tiles no value is ever shuffled.
 */
public final class TileFft {
    /** Samples along a side of a tile. */
    public static final int N = 16;
    /** Columns of a spectrum. */
    public static final int BINS = N / 2 + 1;
    /** Tiles in a batch. */
    public static final int LANES = 8;
    /** Floats of a batch of tiles. */
    public static final int TILE = N * N * LANES;
    /** Floats of the real, or the imaginary, part of a batch of spectra. */
    public static final int SPECTRUM = N * BINS * LANES;

    private static final int ROW = N * LANES;
    private static final float SCALE = 1f / (N * N);
    private static final float[] COS = new float[10];
    private static final float[] SIN = new float[10];

    static {
        for (int k = 0; k < COS.length; k++) {
            COS[k] = (float) Math.cos(2 * Math.PI * k / N);
            SIN[k] = (float) -Math.sin(2 * Math.PI * k / N);
        }
    }

    // Work space of one transform: four complex rows. Not shared between threads.
    private final float[] aRe = new float[ROW];
    private final float[] aIm = new float[ROW];
    private final float[] bRe = new float[ROW];
    private final float[] bIm = new float[ROW];
    private final boolean simd;

    /** A transform for one thread. */
    public TileFft() {
        this(Simd.ON);
    }

    TileFft(boolean simd) {
        this.simd = simd;
    }

    /** The spectra of a batch of tiles. */
    public void forward(float[] tiles, float[] re, float[] im) {
        for (int y = 0; y < N; y += 2) {
            fft(tiles, y * ROW, tiles, (y + 1) * ROW, LANES, bRe, 0, bIm, 0, LANES, 1);
            split(y, re, im);
        }
        for (int u = 0; u < BINS; u++) {
            int o = u * LANES;
            fft(re, o, im, o, BINS * LANES, re, o, im, o, BINS * LANES, 1);
        }
    }

    /** The tiles of a batch of spectra, which are destroyed. */
    public void inverse(float[] re, float[] im, float[] tiles) {
        for (int u = 0; u < BINS; u++) {
            // Real and imaginary part exchanged: the forward transform then goes backward.
            int o = u * LANES;
            fft(im, o, re, o, BINS * LANES, im, o, re, o, BINS * LANES, 1);
        }
        for (int y = 0; y < N; y += 2) {
            join(y, re, im);
            fft(bIm, 0, bRe, 0, LANES, tiles, (y + 1) * ROW, tiles, y * ROW, LANES, SCALE);
        }
    }

    private void split(int y, float[] re, float[] im) {
        if (simd) {
            Lanes.split(y, bRe, bIm, re, im);
        } else {
            split(y, bRe, bIm, re, im);
        }
    }

    private void join(int y, float[] re, float[] im) {
        if (simd) {
            Lanes.join(y, re, im, bRe, bIm);
        } else {
            join(y, re, im, bRe, bIm);
        }
    }

    private void fft(
            float[] re,
            int r,
            float[] im,
            int i,
            int stride,
            float[] outRe,
            int or,
            float[] outIm,
            int oi,
            int outStride,
            float scale) {
        if (simd) {
            Lanes.first(re, r, im, i, stride, aRe, aIm);
            Lanes.second(aRe, aIm, outRe, or, outIm, oi, outStride, scale);
        } else {
            first(re, r, im, i, stride, aRe, aIm);
            second(aRe, aIm, outRe, or, outIm, oi, outStride, scale);
        }
    }

    /** Four butterflies over every fourth element, times the twiddle factors. */
    static void first(float[] re, int r, float[] im, int i, int stride, float[] outRe, float[] outIm) {
        for (int n = 0; n < 4; n++) {
            for (int l = 0; l < LANES; l++) {
                int p = r + n * stride + l;
                int q = i + n * stride + l;
                float r0 = re[p], r1 = re[p + 4 * stride], r2 = re[p + 8 * stride], r3 = re[p + 12 * stride];
                float i0 = im[q], i1 = im[q + 4 * stride], i2 = im[q + 8 * stride], i3 = im[q + 12 * stride];
                float sr = r0 + r2, dr = r0 - r2, tr = r1 + r3, er = r1 - r3;
                float si = i0 + i2, di = i0 - i2, ti = i1 + i3, ei = i1 - i3;
                put(outRe, outIm, n, 0, l, sr + tr, si + ti);
                put(outRe, outIm, n, 1, l, dr + ei, di - er);
                put(outRe, outIm, n, 2, l, sr - tr, si - ti);
                put(outRe, outIm, n, 3, l, dr - ei, di + er);
            }
        }
    }

    private static void put(float[] re, float[] im, int n, int k, int l, float a, float b) {
        float c = COS[n * k];
        float s = SIN[n * k];
        int o = (4 * k + n) * LANES + l;
        re[o] = a * c - b * s;
        im[o] = a * s + b * c;
    }

    /** Four butterflies over neighbouring elements, into natural order. */
    static void second(float[] re, float[] im, float[] outRe, int or, float[] outIm, int oi, int stride, float scale) {
        for (int k = 0; k < 4; k++) {
            for (int l = 0; l < LANES; l++) {
                int p = 4 * k * LANES + l;
                float r0 = re[p], r1 = re[p + LANES], r2 = re[p + 2 * LANES], r3 = re[p + 3 * LANES];
                float i0 = im[p], i1 = im[p + LANES], i2 = im[p + 2 * LANES], i3 = im[p + 3 * LANES];
                float sr = r0 + r2, dr = r0 - r2, tr = r1 + r3, er = r1 - r3;
                float si = i0 + i2, di = i0 - i2, ti = i1 + i3, ei = i1 - i3;
                int a = or + k * stride + l;
                int b = oi + k * stride + l;
                outRe[a] = (sr + tr) * scale;
                outIm[b] = (si + ti) * scale;
                outRe[a + 4 * stride] = (dr + ei) * scale;
                outIm[b + 4 * stride] = (di - er) * scale;
                outRe[a + 8 * stride] = (sr - tr) * scale;
                outIm[b + 8 * stride] = (si - ti) * scale;
                outRe[a + 12 * stride] = (dr - ei) * scale;
                outIm[b + 12 * stride] = (di + er) * scale;
            }
        }
    }

    /** Separates the spectra of two real rows that went through as one complex row. */
    static void split(int y, float[] zRe, float[] zIm, float[] re, float[] im) {
        for (int u = 0; u < BINS; u++) {
            for (int l = 0; l < LANES; l++) {
                int a = u * LANES + l;
                int b = ((N - u) % N) * LANES + l;
                int o = (y * BINS + u) * LANES + l;
                int next = o + BINS * LANES;
                re[o] = (zRe[a] + zRe[b]) * 0.5f;
                im[o] = (zIm[a] - zIm[b]) * 0.5f;
                re[next] = (zIm[a] + zIm[b]) * 0.5f;
                im[next] = (zRe[b] - zRe[a]) * 0.5f;
            }
        }
    }

    /** The reverse of {@link #split}: one complex row from the half spectra of two real rows. */
    static void join(int y, float[] re, float[] im, float[] zRe, float[] zIm) {
        for (int u = 0; u < BINS; u++) {
            for (int l = 0; l < LANES; l++) {
                int o = (y * BINS + u) * LANES + l;
                int next = o + BINS * LANES;
                int mirror = ((N - u) % N) * LANES + l;
                // A half spectrum says nothing new at its mirror image: the conjugate.
                zRe[mirror] = re[o] + im[next];
                zIm[mirror] = re[next] - im[o];
                zRe[u * LANES + l] = re[o] - im[next];
                zIm[u * LANES + l] = im[o] + re[next];
            }
        }
    }

    /** The same, eight tiles to a vector; bit-equal. */
    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        private static FloatVector at(float[] a, int i) {
            return FloatVector.fromArray(S, a, i);
        }

        /*
         * The two passes are written out at length, on purpose: beyond 325 bytes of code the compiler does not inline them, so that each
         * gets a budget of its own. Inlined into one another they exceed it, and vectors end up as objects: ten times slower.
         */

        static void first(float[] re, int r, float[] im, int i, int stride, float[] outRe, float[] outIm) {
            for (int n = 0; n < 4; n++) {
                int p = r + n * stride;
                int q = i + n * stride;
                var r0 = at(re, p);
                var r1 = at(re, p + 4 * stride);
                var r2 = at(re, p + 8 * stride);
                var r3 = at(re, p + 12 * stride);
                var i0 = at(im, q);
                var i1 = at(im, q + 4 * stride);
                var i2 = at(im, q + 8 * stride);
                var i3 = at(im, q + 12 * stride);
                var sr = r0.add(r2);
                var dr = r0.sub(r2);
                var tr = r1.add(r3);
                var er = r1.sub(r3);
                var si = i0.add(i2);
                var di = i0.sub(i2);
                var ti = i1.add(i3);
                var ei = i1.sub(i3);
                int o = n * LANES;
                sr.add(tr).intoArray(outRe, o);
                si.add(ti).intoArray(outIm, o);
                var a = dr.add(ei);
                var b = di.sub(er);
                float c = COS[n];
                float s = SIN[n];
                o += 4 * LANES;
                a.mul(c).sub(b.mul(s)).intoArray(outRe, o);
                a.mul(s).add(b.mul(c)).intoArray(outIm, o);
                a = sr.sub(tr);
                b = si.sub(ti);
                c = COS[2 * n];
                s = SIN[2 * n];
                o += 4 * LANES;
                a.mul(c).sub(b.mul(s)).intoArray(outRe, o);
                a.mul(s).add(b.mul(c)).intoArray(outIm, o);
                a = dr.sub(ei);
                b = di.add(er);
                c = COS[3 * n];
                s = SIN[3 * n];
                o += 4 * LANES;
                a.mul(c).sub(b.mul(s)).intoArray(outRe, o);
                a.mul(s).add(b.mul(c)).intoArray(outIm, o);
            }
        }

        static void second(
                float[] re, float[] im, float[] outRe, int or, float[] outIm, int oi, int stride, float scale) {
            for (int k = 0; k < 4; k++) {
                int p = 4 * k * LANES;
                var r0 = at(re, p);
                var r1 = at(re, p + LANES);
                var r2 = at(re, p + 2 * LANES);
                var r3 = at(re, p + 3 * LANES);
                var i0 = at(im, p);
                var i1 = at(im, p + LANES);
                var i2 = at(im, p + 2 * LANES);
                var i3 = at(im, p + 3 * LANES);
                var sr = r0.add(r2);
                var dr = r0.sub(r2);
                var tr = r1.add(r3);
                var er = r1.sub(r3);
                var si = i0.add(i2);
                var di = i0.sub(i2);
                var ti = i1.add(i3);
                var ei = i1.sub(i3);
                int a = or + k * stride;
                int b = oi + k * stride;
                sr.add(tr).mul(scale).intoArray(outRe, a);
                si.add(ti).mul(scale).intoArray(outIm, b);
                dr.add(ei).mul(scale).intoArray(outRe, a + 4 * stride);
                di.sub(er).mul(scale).intoArray(outIm, b + 4 * stride);
                sr.sub(tr).mul(scale).intoArray(outRe, a + 8 * stride);
                si.sub(ti).mul(scale).intoArray(outIm, b + 8 * stride);
                dr.sub(ei).mul(scale).intoArray(outRe, a + 12 * stride);
                di.add(er).mul(scale).intoArray(outIm, b + 12 * stride);
            }
        }

        static void split(int y, float[] zRe, float[] zIm, float[] re, float[] im) {
            for (int u = 0; u < BINS; u++) {
                int a = u * LANES;
                int b = ((N - u) % N) * LANES;
                int o = (y * BINS + u) * LANES;
                int next = o + BINS * LANES;
                at(zRe, a).add(at(zRe, b)).mul(0.5f).intoArray(re, o);
                at(zIm, a).sub(at(zIm, b)).mul(0.5f).intoArray(im, o);
                at(zIm, a).add(at(zIm, b)).mul(0.5f).intoArray(re, next);
                at(zRe, b).sub(at(zRe, a)).mul(0.5f).intoArray(im, next);
            }
        }

        static void join(int y, float[] re, float[] im, float[] zRe, float[] zIm) {
            for (int u = 0; u < BINS; u++) {
                int o = (y * BINS + u) * LANES;
                int next = o + BINS * LANES;
                int mirror = ((N - u) % N) * LANES;
                var r = at(re, o);
                var i = at(im, o);
                var r2 = at(re, next);
                var i2 = at(im, next);
                r.add(i2).intoArray(zRe, mirror);
                r2.sub(i).intoArray(zIm, mirror);
                r.sub(i2).intoArray(zRe, u * LANES);
                i.add(r2).intoArray(zIm, u * LANES);
            }
        }
    }
}
