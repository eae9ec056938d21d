package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneEuroTest {
    private static final double FRAME = 1.0 / 30;

    @ParameterizedTest
    @ValueSource(doubles = {40, 120, 200})
    void restIsCalmAndMotionIsPrompt(double size) {
        var filter = new OneEuro();
        var random = new Random(1);
        double trembling = 0;
        for (int i = 0; i < 200; i++) {
            float[] smooth = filter.next(points(0, size, 0.006 * size, random), FRAME, size);
            trembling += i < 100 ? 0 : smooth[0] * smooth[0] / 100;
        }
        assertThat(Math.sqrt(trembling)).isLessThan(0.0025 * size);
        for (int i = 1; i < 30; i++) {
            float[] smooth = filter.next(points(10 * i, size, 0, random), FRAME, size);
            assertThat(10 * i - smooth[0]).isLessThan(10);
        }
    }

    @Test
    void aBlinkIsNotSmoothedAway() {
        var filter = new OneEuro();
        var random = new Random(1);
        for (int i = 0; i < 30; i++) {
            filter.next(points(0, 100, 0, random), FRAME, 100);
        }
        float[] closed = points(0, 100, 0, random);
        closed[31] += 8;
        filter.next(closed, FRAME, 100);
        filter.next(closed, FRAME, 100);
        float[] smooth = filter.next(closed, FRAME, 100);
        assertThat(smooth[31] - 100f * 10 / 100).isCloseTo(8f, within(4f));
    }

    /** A hundred points in a row, the first at x, each with noise. */
    private static float[] points(double x, double size, double noise, Random random) {
        var points = new float[300];
        for (int i = 0; i < 300; i += 3) {
            points[i] = (float) (x + size * i / 300 + noise * random.nextGaussian());
            points[i + 1] = (float) (size * i / 300 + noise * random.nextGaussian());
        }
        return points;
    }
}
