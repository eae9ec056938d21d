package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeMotionTest {
    private static final int COLUMNS = 12;
    private static final int ROWS = 9;
    /** A shift of some pixels, 0.3 degrees of turning and a little growing. */
    private static final double[] HAND = {3.2, 0.001, -0.00524, -5.1, 0.00524, 0.0008};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theHandsMotionIsFoundThoughAThirdOfTheTilesMoveOtherwise(long seed) {
        var random = new SplittableRandom(seed);
        Field field = Field.still(COLUMNS, ROWS, 16, 7.5f);
        for (int t = 0; t < COLUMNS * ROWS; t++) {
            boolean astray = random.nextInt(100) < 30;
            double x = 7.5 + t % COLUMNS * 16;
            double y = 7.5 + t / COLUMNS * 16;
            field.dx()[t] = (float) (at(0, x, y) + error(random, astray, 6));
            field.dy()[t] = (float) (at(3, x, y) + error(random, astray, -4));
        }
        WholeMotion found = WholeMotion.fit(field, all(400), all(0), all(400));
        assertThat(found.found()).isTrue();
        assertThat(found.spread()).isLessThan(0.2);
        for (int t = 0; t < COLUMNS * ROWS; t++) {
            float x = 7.5f + t % COLUMNS * 16;
            float y = 7.5f + t / COLUMNS * 16;
            assertThat((double) found.dx(x, y)).isCloseTo(at(0, x, y), within(0.1));
            assertThat((double) found.dy(x, y)).isCloseTo(at(3, x, y), within(0.1));
        }
    }

    private static double error(SplittableRandom random, boolean astray, double where) {
        return astray ? where + 3 * random.nextGaussian() : 0.05 * random.nextGaussian();
    }

    private static double at(int i, double x, double y) {
        return HAND[i] + HAND[i + 1] * x + HAND[i + 2] * y;
    }

    /** Along an edge a tile knows only what lies across it. */
    @Test
    void tilesThatKnowOneDirectionTellThatOne() {
        Field field = Field.still(COLUMNS, ROWS, 16, 7.5f);
        float[] xx = all(0.01f);
        float[] yy = all(0.01f);
        for (int t = 0; t < COLUMNS * ROWS; t++) {
            boolean right = t % 2 == 0;
            (right ? xx : yy)[t] = 1000;
            field.dx()[t] = right ? 2 : -9;
            field.dy()[t] = right ? 9 : 1;
        }
        WholeMotion found = WholeMotion.fit(field, xx, all(0), yy);
        assertThat(found.dx(90, 70)).isCloseTo(2, within(0.1f));
        assertThat(found.dy(90, 70)).isCloseTo(1, within(0.1f));
    }

    @Test
    void tilesThatKnowNothingTellNothing() {
        Field field = Field.still(COLUMNS, ROWS, 16, 7.5f);
        WholeMotion found = WholeMotion.fit(field, all(0), all(0), all(0));
        assertThat(found.found()).isFalse();
        assertThat(found.dx(50, 50)).isZero();
    }

    private static float[] all(float value) {
        float[] values = new float[COLUMNS * ROWS];
        Arrays.fill(values, value);
        return values;
    }
}
