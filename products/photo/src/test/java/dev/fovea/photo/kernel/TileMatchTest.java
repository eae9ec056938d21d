package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.kernel.Simd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileMatchTest {
    private static final int N = TileMatch.N;
    private static final int A = 23;
    private static final int B = 31;
    private static final int AT_A = 2 * A + 3;
    private static final int AT_B = 5 * B + 9;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theDifferenceIsTheDefinition(long seed) {
        float[] a = Values.noise(30 * A, seed);
        float[] b = Values.noise(30 * B, seed + 10);
        double sum = difference(a, b);
        assertThat((double) TileMatch.differenceScalar(a, AT_A, A, b, AT_B, B)).isCloseTo(sum, within(1e-5 * sum));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theEquationIsTheDefinition(long seed) {
        float[] a = Values.noise(30 * A, seed);
        float[] b = Values.noise(30 * B, seed + 10);
        float[] out = new float[6];
        TileMatch.equationScalar(a, AT_A, A, b, AT_B, B, 0.3f, 0.8f, out);
        assertClose(out, equation(a, b, 0.3f, 0.8f), magnitude(a, b, 0.3f, 0.8f));
    }

    /** On a smooth picture one Gauss-Newton step says how far it was moved. */
    @Test
    void theEquationTellsTheMotionOfASmoothPicture() {
        float[] a = new float[30 * A];
        float[] b = new float[30 * A];
        for (int i = 0; i < a.length; i++) {
            a[i] = smooth(i % A, i / A);
            b[i] = smooth(i % A - 0.25, i / A + 0.15);
        }
        float[] q = new float[6];
        TileMatch.equation(a, AT_A, A, b, AT_A, A, 0, 0, q);
        double det = (double) q[0] * q[2] - (double) q[1] * q[1];
        assertThat((q[1] * q[4] - q[2] * q[3]) / det).isCloseTo(0.25, within(0.02));
        assertThat((q[1] * q[3] - q[0] * q[4]) / det).isCloseTo(-0.15, within(0.02));
    }

    private static float smooth(double x, double y) {
        return (float) (Math.sin(x * 0.31 + y * 0.12) + Math.cos(y * 0.27 - x * 0.09));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-6f, 1, 1e5f})
    void lanesEqualScalarButForTheOrderOfSums(float scale) {
        assumeTrue(Simd.ON);
        for (long seed = 0; seed < 20; seed++) {
            float[] a = scaled(Values.noise(30 * A, seed), scale);
            float[] b = scaled(Values.noise(30 * B, seed + 100), scale);
            float scalar = TileMatch.differenceScalar(a, AT_A, A, b, AT_B, B);
            assertThat(TileMatch.Lanes.difference(a, AT_A, A, b, AT_B, B)).isCloseTo(scalar, within(1e-5f * scalar));
            float t = seed / 20f;
            float[] one = new float[6];
            float[] eight = new float[6];
            TileMatch.equationScalar(a, AT_A, A, b, AT_B, B, t, 1 - t, one);
            TileMatch.Lanes.equation(a, AT_A, A, b, AT_B, B, t, 1 - t, eight);
            assertClose(eight, doubles(one), magnitude(a, b, t, 1 - t));
        }
    }

    @Test
    void alikeTilesDoNotDiffer() {
        float[] a = Values.wild(30 * A, 4);
        assertThat(TileMatch.difference(a, AT_A, A, a, AT_A, A)).isZero();
        float[] out = new float[6];
        TileMatch.equation(a, AT_A, A, a, AT_A, A, 0, 0, out);
        assertThat(out[3]).isZero();
        assertThat(out[4]).isZero();
        assertThat(out[5]).isZero();
    }

    private static void assertClose(float[] found, double[] wanted, double[] magnitude) {
        for (int k = 0; k < 6; k++) {
            assertThat((double) found[k]).as("sum %d", k).isCloseTo(wanted[k], within(1e-5 * magnitude[k]));
        }
    }

    private static double difference(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < N * N; i++) {
            sum += Math.pow((double) a[AT_A + i / N * A + i % N] - b[AT_B + i / N * B + i % N], 2);
        }
        return sum;
    }

    private static double[] equation(float[] a, float[] b, double tx, double ty) {
        double[] sums = new double[6];
        forEachPixel(a, b, tx, ty, (gx, gy, e) -> add(sums, gx, gy, e));
        return sums;
    }

    /** What the six sums would be if nothing cancelled. */
    private static double[] magnitude(float[] a, float[] b, double tx, double ty) {
        double[] sums = new double[6];
        forEachPixel(a, b, tx, ty, (gx, gy, e) -> add(sums, Math.abs(gx), Math.abs(gy), Math.abs(e)));
        return sums;
    }

    private static void add(double[] sums, double gx, double gy, double e) {
        double[] products = {gx * gx, gx * gy, gy * gy, gx * e, gy * e, e * e};
        for (int k = 0; k < 6; k++) {
            sums[k] += products[k];
        }
    }

    private interface Pixel {
        void at(double gx, double gy, double e);
    }

    private static void forEachPixel(float[] a, float[] b, double tx, double ty, Pixel pixel) {
        for (int k = 0; k < N * N; k++) {
            int i = AT_A + k / N * A + k % N;
            int j = AT_B + k / N * B + k % N;
            double moved =
                    (1 - ty) * ((1 - tx) * b[j] + tx * b[j + 1]) + ty * ((1 - tx) * b[j + B] + tx * b[j + B + 1]);
            pixel.at(((double) a[i + 1] - a[i - 1]) / 2, ((double) a[i + A] - a[i - A]) / 2, moved - a[i]);
        }
    }

    private static float[] scaled(float[] values, float by) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= by;
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
