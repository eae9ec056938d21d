package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.kernel.Simd;
import dev.fovea.image.kernel.TileFft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileMergeTest {
    private static final int N = TileFft.N;
    private static final int U = TileFft.BINS;
    private static final int L = TileFft.LANES;
    private static final int ALL = TileFft.SPECTRUM;

    @Test
    void mismatchIsTheDefinition() {
        float[][] s = spectra(1);
        float[] inverse = Values.shares(N * U, 5);
        float[] before = Values.shares(ALL, 6);
        float[] q = before.clone();
        TileMerge.mismatchScalar(s[0], s[1], s[2], s[3], inverse, q);
        for (int i = 0; i < ALL; i++) {
            double re = (double) s[2][i] - s[0][i];
            double im = (double) s[3][i] - s[1][i];
            double wanted = before[i] + (re * re + im * im) * inverse[i / L];
            assertThat((double) q[i]).isCloseTo(wanted, within(1e-5 * wanted));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1.8, 5})
    void theWeightIsTheDefinition(double tolerance) {
        float[] q = squared(Values.noise(ALL, 1));
        float[] hx = Values.shares(N * L, 2);
        float[] hy = Values.shares(N * L, 3);
        float[] w = new float[ALL];
        TileMerge.weighScalar(q.clone(), new float[ALL], (float) (1 / tolerance), hx, hy, w);
        for (int v = 0; v < N; v++) {
            for (int u = 0; u < U; u++) {
                for (int l = 0; l < L; l++) {
                    double m = Math.max(neighbours(q, u, v, l), q[(v * U + u) * L + l] / 4);
                    double wanted = hx[u * L + l] * hy[v * L + l] / (1 + Math.pow(m / tolerance, 4));
                    assertThat((double) w[(v * U + u) * L + l]).isCloseTo(wanted, within(1e-5 * wanted + 1e-9));
                }
            }
        }
    }

    /** The mean over 3 × 3 bins, weighted 1 2 1 both ways; the spectrum is periodic down and goes back at its left and right ends. */
    private static double neighbours(float[] q, int u, int v, int l) {
        double sum = 0;
        for (int k = 0; k < 9; k++) {
            int column = Math.abs(u + k % 3 - 1);
            column = column < U ? column : 2 * (U - 1) - column;
            int row = Math.floorMod(v + k / 3 - 1, N);
            double weight = (k % 3 == 1 ? 2 : 1) * (k / 3 == 1 ? 2 : 1) / 16.0;
            sum += weight * q[(row * U + column) * L + l];
        }
        return sum;
    }

    @Test
    void whatDoesNotDifferCountsFullyAndWhatDiffersGreatlyNotAtAll() {
        float[] ones = new float[N * L];
        java.util.Arrays.fill(ones, 1);
        float[] w = new float[ALL];
        TileMerge.weigh(new float[ALL], new float[ALL], 1.8f, ones, ones, w);
        assertThat(w).containsOnly(1);
        float[] huge = new float[ALL];
        java.util.Arrays.fill(huge, 1e30f);
        TileMerge.weigh(huge, new float[ALL], 1.8f, ones, ones, w);
        assertThat(w).containsOnly(0);
    }

    @Test
    void whatTheTileIsMadeOfIsForgivenToTrustedFrames() {
        float[] q = squared(Values.noise(ALL, 1));
        float[] own = squared(Values.noise(ALL, 2));
        float[] trust = Values.shares(L, 3);
        float[] allowed = q.clone();
        TileMerge.allow(allowed, own, trust, 0.7f);
        for (int i = 0; i < ALL; i++) {
            double wanted = q[i] / (1 + 0.7 * trust[i % L] * own[i]);
            assertThat((double) allowed[i]).isCloseTo(wanted, within(1e-5 * wanted));
        }
        float[] kept = q.clone();
        TileMerge.allow(kept, own, trust, 0);
        assertThat(kept).isEqualTo(q);
    }

    @Test
    void anInterpolationIsUndoneAtEveryBin() {
        float[][] s = spectra(4);
        float[] gx = Values.shares(N * L, 1);
        float[] gy = Values.shares(N * L, 2);
        float[] re = s[0].clone();
        float[] im = s[1].clone();
        TileMerge.equaliseScalar(re, im, gx, gy);
        for (int i = 0; i < ALL; i++) {
            float g = gx[i / L % U * L + i % L] * gy[i / L / U * L + i % L];
            assertThat(re[i]).isEqualTo(s[0][i] * g);
            assertThat(im[i]).isEqualTo(s[1][i] * g);
        }
    }

    @Test
    void theDistanceIsTheSumOverTheGivenBins() {
        float[][] s = spectra(5);
        int[] bins = {0, 1, 10, 143};
        float[] out = new float[L];
        TileMerge.distanceScalar(s[0], s[1], s[2], s[3], bins, 1, out);
        for (int l = 0; l < L; l++) {
            double sum = 0;
            for (int bin : new int[] {1, 10, 143}) {
                int i = bin * L + l;
                sum += Math.pow((double) s[0][i] - s[2][i], 2) + Math.pow((double) s[1][i] - s[3][i], 2);
            }
            assertThat((double) out[l]).isCloseTo(sum, within(1e-5 * sum));
        }
    }

    @Test
    void sumsAreWeighted() {
        float[] w = Values.shares(ALL, 1);
        float[][] s = spectra(2);
        float[] re = s[2].clone();
        float[] im = s[3].clone();
        TileMerge.add(w, s[0], s[1], re, im);
        float[] sum = Values.shares(ALL, 8);
        float[] squares = Values.shares(ALL, 9);
        float[] sumBefore = sum.clone();
        float[] squaresBefore = squares.clone();
        TileMerge.total(w, sum, squares);
        for (int i = 0; i < ALL; i++) {
            assertThat(re[i]).isEqualTo(s[2][i] + w[i] * s[0][i]);
            assertThat(im[i]).isEqualTo(s[3][i] + w[i] * s[1][i]);
            assertThat(sum[i]).isEqualTo(sumBefore[i] + w[i]);
            assertThat(squares[i]).isEqualTo(squaresBefore[i] + w[i] * w[i]);
        }
    }

    @Test
    void shrinkingIsTheDefinitionAndLeavesTheMeanAlone() {
        float[][] s = spectra(3);
        float[] sum = sums(4);
        float[] squares = Values.shares(ALL, 5);
        float[] psd = Values.shares(N * U, 6);
        float[] re = s[0].clone();
        float[] im = s[1].clone();
        TileMerge.shrinkScalar(re, im, sum, squares, psd, 1.5f, 0.02f);
        for (int i = 0; i < ALL; i++) {
            double a = s[0][i] / (double) sum[i];
            double b = s[1][i] / (double) sum[i];
            double noise = psd[i / L] * squares[i] / ((double) sum[i] * sum[i]);
            double g = i < L ? 1 : Math.max(0.02, 1 - 1.5 * noise / (a * a + b * b));
            // Where signal and noise are nearly alike, their difference is known less well than either.
            double within = 2e-6 * (Math.abs(a) + Math.abs(b)) + 1e-7;
            assertThat((double) re[i]).isCloseTo(a * g, within(within));
            assertThat((double) im[i]).isCloseTo(b * g, within(within));
        }
    }

    @Test
    void nothingAtAllStaysNothing() {
        float[] re = new float[ALL];
        float[] im = new float[ALL];
        float[] ones = new float[ALL];
        java.util.Arrays.fill(ones, 1);
        TileMerge.shrink(re, im, ones, ones, ones, 1, 0.02f);
        assertThat(re).containsOnly(0);
        assertThat(im).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void lanesEqualScalarToTheBit(long seed) {
        assumeTrue(Simd.ON);
        float[][] s = new float[4][];
        for (int k = 0; k < 4; k++) {
            s[k] = Values.wild(ALL, 10 * seed + k);
        }
        float[] perBin = Values.shares(N * U, seed);
        float[][] q = {new float[ALL], new float[ALL]};
        TileMerge.mismatchScalar(s[0], s[1], s[2], s[3], perBin, q[0]);
        TileMerge.Lanes.mismatch(s[0], s[1], s[2], s[3], perBin, q[1]);
        assertThat(q[1]).isEqualTo(q[0]);

        float[] hx = Values.shares(N * L, seed + 5);
        float[] hy = Values.shares(N * L, seed + 6);
        float[][] w = {new float[ALL], new float[ALL]};
        TileMerge.weighScalar(q[0].clone(), new float[ALL], 0.6f, hx, hy, w[0]);
        TileMerge.Lanes.weigh(q[0].clone(), new float[ALL], 0.6f, hx, hy, w[1]);
        assertThat(w[1]).isEqualTo(w[0]);

        float[] own = Values.shares(ALL, seed + 8);
        float[] trust = Values.shares(L, seed + 9);
        float[][] allowed = {q[0].clone(), q[0].clone()};
        TileMerge.allowScalar(allowed[0], own, trust, 0.7f);
        TileMerge.Lanes.allow(allowed[1], own, trust, 0.7f);
        assertThat(allowed[1]).isEqualTo(allowed[0]);

        float[][] even = {s[0].clone(), s[1].clone(), s[0].clone(), s[1].clone()};
        TileMerge.equaliseScalar(even[0], even[1], hx, hy);
        TileMerge.Lanes.equalise(even[2], even[3], hx, hy);
        assertThat(even[2]).isEqualTo(even[0]);
        assertThat(even[3]).isEqualTo(even[1]);

        int[] bins = {0, 2, 9, 77, 143};
        float[][] distance = {new float[L], new float[L]};
        TileMerge.distanceScalar(s[0], s[1], s[2], s[3], bins, 1, distance[0]);
        TileMerge.Lanes.distance(s[0], s[1], s[2], s[3], bins, 1, distance[1]);
        assertThat(distance[1]).isEqualTo(distance[0]);

        float[] sum = sums(seed);
        float[] squares = Values.shares(ALL, seed + 7);
        float[][] re = {s[0].clone(), s[0].clone()};
        float[][] im = {s[1].clone(), s[1].clone()};
        TileMerge.shrinkScalar(re[0], im[0], sum, squares, perBin, 1.3f, 0.02f);
        TileMerge.Lanes.shrink(re[1], im[1], sum, squares, perBin, 1.3f, 0.02f);
        assertThat(re[1]).isEqualTo(re[0]);
        assertThat(im[1]).isEqualTo(im[0]);
    }

    private static float[][] spectra(long seed) {
        float[][] s = new float[4][];
        for (int k = 0; k < 4; k++) {
            s[k] = Values.noise(ALL, 10 * seed + k);
        }
        return s;
    }

    /** Sums of weights, the reference's 1 included. */
    private static float[] sums(long seed) {
        float[] sums = Values.shares(ALL, seed);
        for (int i = 0; i < ALL; i++) {
            sums[i] = 1 + 7 * sums[i];
        }
        return sums;
    }

    private static float[] squared(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= values[i];
        }
        return values;
    }
}
