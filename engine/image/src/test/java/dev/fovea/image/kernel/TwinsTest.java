package dev.fovea.image.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lanes equal the scalar definition, bit for bit. A kernel asked for one value runs its scalar loop; asked for all, its lanes.
 */
class TwinsTest {
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    @interface AtLengths {}

    private static float[] values(int n, long seed) {
        var random = new SplittableRandom(seed);
        var row = new float[n];
        for (int i = 0; i < n; i++) {
            row[i] = random.nextInt(20) == 0 ? extreme(random) : random.nextFloat() * 1.2f - 0.1f;
        }
        return row;
    }

    private static float extreme(SplittableRandom random) {
        float[] all = {0, -0f, 1, -1, 1e-30f, 0.0031308f, 0.04045f, 65504, -65504, Float.MIN_VALUE};
        return all[random.nextInt(all.length)];
    }

    private static void same(float[] lanes, float[] scalar) {
        assertThat(Arrays.equals(lanes, scalar)).as("lanes equal scalar").isTrue();
    }

    @AtLengths
    void transferCurve(int n) {
        float[] in = values(n, 1);
        var all = new float[n];
        var single = new float[n];
        SrgbCurve.encode(in, 0, all, 0, n);
        for (int i = 0; i < n; i++) {
            SrgbCurve.encode(in, i, single, i, 1);
        }
        same(all, single);
        SrgbCurve.decode(in, 0, all, 0, n);
        for (int i = 0; i < n; i++) {
            SrgbCurve.decode(in, i, single, i, 1);
        }
        same(all, single);
    }

    @AtLengths
    void taps(int n) {
        for (int taps : new int[] {1, 2, 3, 4, 5, 13}) {
            float[] in = values(n + 40, 2);
            float[] weights = values(taps + 1, 3);
            var all = new float[n + 2];
            var single = new float[n + 2];
            var offsets = new int[taps];
            for (int j = 0; j < taps; j++) {
                offsets[j] = 3 * j;
            }
            Convolve.taps(in, offsets, weights, 1, taps, all, 2, n);
            for (int i = 0; i < n; i++) {
                var moved = new int[taps];
                for (int j = 0; j < taps; j++) {
                    moved[j] = offsets[j] + i;
                }
                Convolve.taps(in, moved, weights, 1, taps, single, 2 + i, 1);
            }
            same(all, single);
        }
    }

    @AtLengths
    void threeByThree(int n) {
        float[] in = values(3 * (n + 2), 4);
        float[] nine = values(9, 5);
        var all = new float[n];
        var single = new float[n];
        int b = n + 2;
        Convolve.threeRow(in, 1, b + 1, 2 * b + 1, nine, all, 0, n);
        for (int i = 0; i < n; i++) {
            Convolve.threeRow(in, 1 + i, b + 1 + i, 2 * b + 1 + i, nine, single, i, 1);
        }
        same(all, single);
    }

    @AtLengths
    void runningSums(int n) {
        float[] in = values(2 * n, 6);
        float[] all = values(n, 7);
        float[] single = all.clone();
        BoxSum.slide(all, in, 0, n, n);
        for (int i = 0; i < n; i++) {
            single[i] += in[i] - in[n + i];
        }
        same(all, single);
        BoxSum.slideProduct(all, in, in, 0, n, n);
        for (int i = 0; i < n; i++) {
            single[i] += Math.fma(in[i], in[i], -(in[n + i] * in[n + i]));
        }
        same(all, single);
        for (int shift : new int[] {1, 2, 5, 16}) {
            float[] a = values(n + shift, 8);
            float[] b = a.clone();
            BoxSum.twice(a, shift, n);
            for (int i = 0; i < n; i++) {
                b[i] += b[i + shift];
            }
            same(a, b);
        }
    }

    @AtLengths
    void medians(int n) {
        float[] in = values(3 * (n + 2), 9);
        var l = new float[3][n + 3];
        var s = new float[3][n + 3];
        Median.sort(in, 0, n + 2, 2 * n + 4, l[0], l[1], l[2], n + 2);
        for (int i = 0; i < n + 2; i++) {
            var one = new float[3][2];
            Median.sort(in, i, n + 2 + i, 2 * n + 4 + i, one[0], one[1], one[2], 1);
            for (int k = 0; k < 3; k++) {
                s[k][i + 1] = one[k][1];
            }
        }
        for (int k = 0; k < 3; k++) {
            same(l[k], s[k]);
        }
        var all = new float[n];
        Median.pick(l[0], l[1], l[2], all, 0, n);
        for (int i = 0; i < n; i++) {
            var cell = new float[] {0};
            Median.pick(
                    Arrays.copyOfRange(l[0], i, i + 3),
                    Arrays.copyOfRange(l[1], i, i + 3),
                    Arrays.copyOfRange(l[2], i, i + 3),
                    cell,
                    0,
                    1);
            assertThat(all[i]).isEqualTo(cell[0]);
        }
    }

    @AtLengths
    void samplers(int n) {
        if (n == 0) {
            return;
        }
        var random = new SplittableRandom(n);
        for (int height : new int[] {1, 2, 9, 40}) {
            float[] plane = values(n * height, 10);
            for (int kind = 0; kind < 6; kind++) {
                var dx = new float[n];
                var dy = new float[n];
                for (int i = 0; i < n; i++) {
                    switch (kind) {
                        case 0 -> dx[i] = dy[i] = 0.25f;
                        case 1 -> {
                            dx[i] = -0.002f * i + 1.3f;
                            dy[i] = 0.04f * i - 2;
                        }
                        case 2 -> {
                            dx[i] = random.nextFloat() * 40 - 20;
                            dy[i] = random.nextFloat() * 40 - 20;
                        }
                        case 3 -> {
                            dx[i] = -0.3f * i;
                            dy[i] = 1e10f * (random.nextFloat() - 0.5f);
                        }
                        case 4 -> {
                            // just below a whole pixel: the fraction rounds to 1
                            dx[i] = random.nextBoolean() ? -1e-9f : -0.5f;
                            dy[i] = random.nextBoolean() ? -1e-9f : random.nextBoolean() ? 0.25f : -0.5f;
                        }
                        default -> {
                            dx[i] = random.nextBoolean() ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
                            dy[i] = -3e38f;
                        }
                    }
                }
                int y = height / 2;
                var all = new float[n];
                var single = new float[n];
                Bilinear.row(plane, n, height, dx, dy, 0, 5, y, all, 0, n);
                for (int i = 0; i < n; i++) {
                    single[i] = Bilinear.value(plane, n, height, 5 + i, dx[i], y, dy[i]);
                }
                same(all, single);
                Bicubic.row(plane, n, height, dx, dy, 0, 5, y, all, 0, n);
                for (int i = 0; i < n; i++) {
                    single[i] = Bicubic.value(plane, n, height, 5 + i, dx[i], y, dy[i]);
                }
                same(all, single);
            }
        }
    }
}
