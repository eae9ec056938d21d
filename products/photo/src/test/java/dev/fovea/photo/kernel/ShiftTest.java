package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.kernel.Simd;
import dev.fovea.image.kernel.TileFft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftTest {
    private static final int N = TileFft.N;
    private static final int STRIDE = 29;
    private static final int START = 3 * STRIDE + 5;

    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "0,63", "32,32", "17,50", "63,63"})
    void theInterpolationIsTheDefinition(int fx, int fy) {
        float[] in = Values.noise(30 * STRIDE, 7);
        float[] out = scalar(in, fx, fy);
        double[] a = weights(fx);
        double[] b = weights(fy);
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                double sum = 0;
                for (int k = 0; k < 36; k++) {
                    sum += b[k / 6] * a[k % 6] * in[START + (y + k / 6) * STRIDE + x + k % 6];
                }
                assertThat((double) out[(y * N + x) * TileFft.LANES + 3]).isCloseTo(sum, within(4e-6));
            }
        }
    }

    @Test
    void anUnmovedTileIsCopied() {
        float[] in = Values.wild(30 * STRIDE, 1);
        float[] out = new float[TileFft.TILE];
        Shift.tile(in, START, STRIDE, 0, 0, false, new float[0], out, 6);
        for (int i = 0; i < N * N; i++) {
            assertThat(out[i * TileFft.LANES + 6]).isEqualTo(in[START + i / N * STRIDE + i % N]);
        }
    }

    @Test
    void onlyItsOwnLaneOfTheBatchIsWritten() {
        float[] in = Values.noise(30 * STRIDE, 1);
        float[] out = new float[TileFft.TILE];
        Shift.tile(in, START, STRIDE, 9, 40, true, new float[N * Shift.SIDE], out, 2);
        for (int i = 0; i < out.length; i++) {
            assertThat(out[i] != 0).isEqualTo(i % TileFft.LANES == 2);
        }
    }

    /** What a merge undoes: a wave comes out moved, and weaker by the response. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5})
    void aWaveIsMovedAndWeakenedByTheResponse(int v) {
        for (int f = 0; f < Shift.FRACTIONS; f += 7) {
            float[] in = new float[30 * STRIDE];
            for (int i = 0; i < in.length; i++) {
                in[i] = (float) Math.cos(2 * Math.PI * v * (i % STRIDE - 5 - Shift.BEFORE) / N);
            }
            float[] out = scalar(in, f, 0);
            for (int x = 0; x < N; x++) {
                double moved = Math.cos(2 * Math.PI * v * (x + f / 64.0) / N);
                assertThat((double) out[x * TileFft.LANES + 3]).isCloseTo(Shift.response(f, v) * moved, within(0.03));
            }
        }
    }

    @Test
    void theResponseIsSymmetricAndOneForTheMean() {
        for (int f = 0; f < Shift.FRACTIONS; f++) {
            assertThat(Shift.response(f, 0)).isCloseTo(1, within(1e-6f));
            for (int v = 1; v < N; v++) {
                assertThat(Shift.response(f, v)).isEqualTo(Shift.response(f, N - v));
            }
        }
    }

    @Test
    void lanesEqualScalarToTheBit() {
        assumeTrue(Simd.ON);
        for (int f = 0; f < Shift.FRACTIONS; f++) {
            float[] in = Values.wild(30 * STRIDE, f);
            float[] lanes = new float[TileFft.TILE];
            Shift.tile(in, START, STRIDE, f, 63 - f, true, new float[N * Shift.SIDE], lanes, 3);
            assertThat(lanes).isEqualTo(scalar(in, f, 63 - f));
        }
    }

    private static float[] scalar(float[] in, int fx, int fy) {
        float[] out = new float[TileFft.TILE];
        Shift.tileScalar(in, START, STRIDE, Shift.weights(fx), Shift.weights(fy), new float[N * Shift.SIDE], out, 3);
        return out;
    }

    /** Lanczos' windowed sinc, a = 3, at the six places around a fraction, made to sum to 1. */
    private static double[] weights(int f) {
        double[] w = new double[6];
        double sum = 0;
        for (int k = 0; k < 6; k++) {
            double x = k - 2 - f / 64.0;
            w[k] = sinc(x) * (Math.abs(x) < 3 ? sinc(x / 3) : 0);
            sum += w[k];
        }
        for (int k = 0; k < 6; k++) {
            w[k] /= sum;
        }
        return w;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
