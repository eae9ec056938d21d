package dev.fovea.photo.kernel;

import dev.fovea.image.kernel.Simd;
import dev.fovea.image.kernel.TileFft;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The pairwise Wiener merge of tile spectra (Hasinoff 2016, section 5, there on single bins), on batches in the layout of
 * {@link TileFft}: what of another frame does not differ from the reference by more than noise is averaged in, the rest is left out.
 */
public final class TileMerge {
    private static final int LANES = TileFft.LANES;
    private static final int BINS = TileFft.BINS;
    private static final int N = TileFft.N;
    private static final int BIN_COUNT = N * BINS;

    private TileMerge() {}

    /**
     * Adds the squared difference of one plane's spectra, in units of the expected noise:
     * {@code q += |e - t|^2 / (2 psd)}.
     *
     * @param inverse {@code 1 / (2 psd planes)} at every bin
     */
    public static void mismatch(float[] tRe, float[] tIm, float[] eRe, float[] eIm, float[] inverse, float[] q) {
        if (Simd.ON) {
            Lanes.mismatch(tRe, tIm, eRe, eIm, inverse, q);
        } else {
            mismatchScalar(tRe, tIm, eRe, eIm, inverse, q);
        }
    }

    /**
     * From mismatch to weight: {@code w = response / (1 + (m / tolerance)^4)}, with m the mean of q over neighbouring bins
     * (1 2 1 both ways, the spectrum being periodic), or q / 4 where a single bin stands out.
     *
     * @param q destroyed
     * @param hx squared response of the interpolation at u, by lanes; likewise hy at v
     * @param w one weight for each bin and lane
     */
    public static void weigh(float[] q, float[] scratch, float tolerance, float[] hx, float[] hy, float[] w) {
        if (Simd.ON) {
            Lanes.weigh(q, scratch, 1 / tolerance, hx, hy, w);
        } else {
            weighScalar(q, scratch, 1 / tolerance, hx, hy, w);
        }
    }

    /**
     * Forgives part of what the tile itself is made of, where the frame is trusted: {@code q /= 1 + share trust own}. Two good mosaics
     * differ by what demosaicing guessed, which grows with the detail there is.
     *
     * @param own the reference's own power in units of q
     * @param trust 0..1 for each lane
     */
    public static void allow(float[] q, float[] own, float[] trust, float share) {
        if (share == 0) {
            return;
        }
        if (Simd.ON) {
            Lanes.allow(q, own, trust, share);
        } else {
            allowScalar(q, own, trust, share);
        }
    }

    static void allowScalar(float[] q, float[] own, float[] trust, float share) {
        for (int i = 0; i < q.length; i += LANES) {
            for (int l = 0; l < LANES; l++) {
                q[i + l] /= 1 + share * trust[l] * own[i + l];
            }
        }
    }

    /** Undoes an interpolation: every bin times {@code gx[u] gy[v]}, which are given by lanes. */
    public static void equalise(float[] re, float[] im, float[] gx, float[] gy) {
        if (Simd.ON) {
            Lanes.equalise(re, im, gx, gy);
        } else {
            equaliseScalar(re, im, gx, gy);
        }
    }

    static void equaliseScalar(float[] re, float[] im, float[] gx, float[] gy) {
        for (int v = 0; v < N; v++) {
            for (int u = 0; u < BINS; u++) {
                for (int l = 0; l < LANES; l++) {
                    float g = gx[u * LANES + l] * gy[v * LANES + l];
                    re[at(u, v) + l] *= g;
                    im[at(u, v) + l] *= g;
                }
            }
        }
    }

    /** Each lane's sum of squared differences over some bins, from the {@code first} of the list on. */
    public static void distance(
            float[] aRe, float[] aIm, float[] bRe, float[] bIm, int[] bins, int first, float[] out) {
        if (Simd.ON) {
            Lanes.distance(aRe, aIm, bRe, bIm, bins, first, out);
        } else {
            distanceScalar(aRe, aIm, bRe, bIm, bins, first, out);
        }
    }

    static void distanceScalar(float[] aRe, float[] aIm, float[] bRe, float[] bIm, int[] bins, int first, float[] out) {
        for (int l = 0; l < LANES; l++) {
            float sum = 0;
            for (int k = first; k < bins.length; k++) {
                int i = bins[k] * LANES + l;
                float re = aRe[i] - bRe[i];
                float im = aIm[i] - bIm[i];
                sum += re * re + im * im;
            }
            out[l] = sum;
        }
    }

    /** Weighted sum of one plane: {@code m += w e}. */
    public static void add(float[] w, float[] eRe, float[] eIm, float[] mRe, float[] mIm) {
        if (Simd.ON) {
            Lanes.add(w, eRe, eIm, mRe, mIm);
        } else {
            for (int i = 0; i < BIN_COUNT * LANES; i++) {
                mRe[i] += w[i] * eRe[i];
                mIm[i] += w[i] * eIm[i];
            }
        }
    }

    /** Sums of weights and of their squares. */
    public static void total(float[] w, float[] sum, float[] squares) {
        for (int i = 0; i < BIN_COUNT * LANES; i++) {
            sum[i] += w[i];
            squares[i] += w[i] * w[i];
        }
    }

    /**
     * Divides by the sum of weights and shrinks what noise can explain: {@code m / sum * g},
     * {@code g = max(floor, 1 - strength noise / |m|^2)}, {@code noise = psd squares / sum^2}. The mean stays.
     */
    public static void shrink(
            float[] mRe, float[] mIm, float[] sum, float[] squares, float[] psd, float strength, float floor) {
        if (Simd.ON) {
            Lanes.shrink(mRe, mIm, sum, squares, psd, strength, floor);
        } else {
            shrinkScalar(mRe, mIm, sum, squares, psd, strength, floor);
        }
    }

    static void mismatchScalar(float[] tRe, float[] tIm, float[] eRe, float[] eIm, float[] inverse, float[] q) {
        for (int b = 0; b < BIN_COUNT; b++) {
            for (int l = 0; l < LANES; l++) {
                int i = b * LANES + l;
                float re = eRe[i] - tRe[i];
                float im = eIm[i] - tIm[i];
                q[i] += (re * re + im * im) * inverse[b];
            }
        }
    }

    static void weighScalar(float[] q, float[] s, float scale, float[] hx, float[] hy, float[] w) {
        for (int v = 0; v < N; v++) {
            for (int u = 0; u < BINS; u++) {
                for (int l = 0; l < LANES; l++) {
                    s[at(u, v) + l] = (q[at(u, v - 1) + l] + q[at(u, v + 1) + l]) * 0.25f + q[at(u, v) + l] * 0.5f;
                }
            }
        }
        for (int v = 0; v < N; v++) {
            for (int u = 0; u < BINS; u++) {
                for (int l = 0; l < LANES; l++) {
                    float m = (s[at(u - 1, v) + l] + s[at(u + 1, v) + l]) * 0.25f + s[at(u, v) + l] * 0.5f;
                    float r = Math.max(m, q[at(u, v) + l] * 0.25f) * scale;
                    float r2 = r * r;
                    w[at(u, v) + l] = hx[u * LANES + l] * hy[v * LANES + l] / (r2 * r2 + 1);
                }
            }
        }
    }

    /** Offset of a bin; v is cyclic, u is mirrored at its ends (there the spectrum is the conjugate of itself, nearly). */
    private static int at(int u, int v) {
        int column = u < 0 ? -u : u >= BINS ? 2 * (BINS - 1) - u : u;
        return ((v & (N - 1)) * BINS + column) * LANES;
    }

    static void shrinkScalar(
            float[] mRe, float[] mIm, float[] sum, float[] squares, float[] psd, float strength, float floor) {
        for (int b = 0; b < BIN_COUNT; b++) {
            for (int l = 0; l < LANES; l++) {
                int i = b * LANES + l;
                float norm = 1 / sum[i];
                float re = mRe[i] * norm;
                float im = mIm[i] * norm;
                float noise = squares[i] * norm * norm * psd[b] * strength;
                float power = re * re + im * im + 1e-12f;
                float g = b == 0 ? 1 : Math.max(floor, (power - noise) / power);
                mRe[i] = re * g;
                mIm[i] = im * g;
            }
        }
    }

    /** The same, eight tiles to a vector; bit-equal. */
    static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

        private static FloatVector get(float[] a, int i) {
            return FloatVector.fromArray(S, a, i);
        }

        static void mismatch(float[] tRe, float[] tIm, float[] eRe, float[] eIm, float[] inverse, float[] q) {
            for (int b = 0; b < BIN_COUNT; b++) {
                int i = b * LANES;
                var re = get(eRe, i).sub(get(tRe, i));
                var im = get(eIm, i).sub(get(tIm, i));
                re.mul(re).add(im.mul(im)).mul(inverse[b]).add(get(q, i)).intoArray(q, i);
            }
        }

        static void weigh(float[] q, float[] s, float scale, float[] hx, float[] hy, float[] w) {
            for (int v = 0; v < N; v++) {
                for (int u = 0; u < BINS; u++) {
                    int i = at(u, v);
                    get(q, at(u, v - 1))
                            .add(get(q, at(u, v + 1)))
                            .mul(0.25f)
                            .add(get(q, i).mul(0.5f))
                            .intoArray(s, i);
                }
            }
            for (int v = 0; v < N; v++) {
                var response = get(hy, v * LANES);
                for (int u = 0; u < BINS; u++) {
                    int i = at(u, v);
                    var m = get(s, at(u - 1, v))
                            .add(get(s, at(u + 1, v)))
                            .mul(0.25f)
                            .add(get(s, i).mul(0.5f));
                    var r = m.max(get(q, i).mul(0.25f)).mul(scale);
                    var r2 = r.mul(r);
                    get(hx, u * LANES).mul(response).div(r2.mul(r2).add(1)).intoArray(w, i);
                }
            }
        }

        static void allow(float[] q, float[] own, float[] trust, float share) {
            var t = get(trust, 0).mul(share);
            for (int i = 0; i < BIN_COUNT * LANES; i += LANES) {
                get(q, i).div(t.mul(get(own, i)).add(1)).intoArray(q, i);
            }
        }

        static void equalise(float[] re, float[] im, float[] gx, float[] gy) {
            for (int v = 0; v < N; v++) {
                var row = get(gy, v * LANES);
                for (int u = 0; u < BINS; u++) {
                    var g = get(gx, u * LANES).mul(row);
                    int i = (v * BINS + u) * LANES;
                    get(re, i).mul(g).intoArray(re, i);
                    get(im, i).mul(g).intoArray(im, i);
                }
            }
        }

        static void distance(float[] aRe, float[] aIm, float[] bRe, float[] bIm, int[] bins, int first, float[] out) {
            var sum = FloatVector.zero(S);
            for (int k = first; k < bins.length; k++) {
                int i = bins[k] * LANES;
                var re = get(aRe, i).sub(get(bRe, i));
                var im = get(aIm, i).sub(get(bIm, i));
                sum = sum.add(re.mul(re).add(im.mul(im)));
            }
            sum.intoArray(out, 0);
        }

        static void add(float[] w, float[] eRe, float[] eIm, float[] mRe, float[] mIm) {
            for (int i = 0; i < BIN_COUNT * LANES; i += LANES) {
                var weight = get(w, i);
                get(mRe, i).add(weight.mul(get(eRe, i))).intoArray(mRe, i);
                get(mIm, i).add(weight.mul(get(eIm, i))).intoArray(mIm, i);
            }
        }

        static void shrink(
                float[] mRe, float[] mIm, float[] sum, float[] squares, float[] psd, float strength, float floor) {
            var one = FloatVector.broadcast(S, 1);
            for (int b = 0; b < BIN_COUNT; b++) {
                int i = b * LANES;
                var norm = one.div(get(sum, i));
                var re = get(mRe, i).mul(norm);
                var im = get(mIm, i).mul(norm);
                var noise = get(squares, i).mul(norm).mul(norm).mul(psd[b]).mul(strength);
                var power = re.mul(re).add(im.mul(im)).add(1e-12f);
                var g = b == 0 ? one : power.sub(noise).div(power).max(floor);
                re.mul(g).intoArray(mRe, i);
                im.mul(g).intoArray(mIm, i);
            }
        }
    }
}
