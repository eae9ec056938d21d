package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanSumTest {
    private static final int REACH = 20;
    private static final int ROWS = 9;

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    void lanesEqualScalar(int n) {
        var shape = new Shape(n);
        var all = new float[n];
        var single = new float[n];
        SpanSum.gather(shape.sums, shape.places, shape.weights, ROWS, all, 0, n);
        for (int i = 0; i < n; i++) {
            int[] moved = shape.places.clone();
            for (int k = 0; k < moved.length; k++) {
                moved[k] += i;
            }
            SpanSum.gather(shape.sums, moved, shape.weights, ROWS, single, i, 1);
        }
        assertThat(all).containsExactly(single);
    }

    @ParameterizedTest(name = "at {0}")
    @ValueSource(ints = {0, 1, 17, 63})
    void aSpanIsTheSumOfWhatLiesUnderIt(int x) {
        var shape = new Shape(64);
        var to = new float[64];
        SpanSum.gather(shape.sums, shape.places, shape.weights, ROWS, to, 0, 64);
        double sum = 0;
        for (int k = 0; k < ROWS; k++) {
            for (int i = 0; i < shape.width; i++) {
                double from = Math.max(i, shape.left[k] + x);
                double end = Math.min(i + 1, shape.right[k] + x);
                sum += Math.max(0, end - from) * shape.values[k][i] * shape.weight[k];
            }
        }
        assertThat((double) to[x]).isCloseTo(sum, within(1e-3));
    }

    /** Spans of random ends over random rows. */
    private static final class Shape {
        final int width;
        final float[][] values;
        final float[] sums;
        final int[] places = new int[2 * ROWS];
        final float[] weights = new float[4 * ROWS];
        final double[] left = new double[ROWS];
        final double[] right = new double[ROWS];
        final double[] weight = new double[ROWS];

        Shape(int n) {
            var random = new SplittableRandom(n);
            width = n + 2 * REACH;
            values = new float[ROWS][];
            sums = new float[(width + 1) * ROWS];
            for (int k = 0; k < ROWS; k++) {
                values[k] = Values.shares(width, k);
                SpanSum.run(values[k], width, 1, sums, k * (width + 1));
                left[k] = random.nextDouble(REACH);
                right[k] = REACH + random.nextDouble(REACH - 1);
                weight[k] = random.nextDouble();
                end(k, 0, left[k], -weight[k]);
                end(k, 1, right[k], weight[k]);
            }
        }

        private void end(int k, int side, double place, double sign) {
            int whole = (int) place;
            places[2 * k + side] = k * (width + 1) + whole;
            weights[4 * k + 2 * (1 - side)] = (float) (sign * (1 - (place - whole)));
            weights[4 * k + 2 * (1 - side) + 1] = (float) (sign * (place - whole));
        }
    }
}
