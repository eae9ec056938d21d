package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecorrelationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void thereAndBackIsNothing(int planes) {
        var random = new SplittableRandom(planes);
        float[][] values = new float[planes][207];
        float[][] given = new float[planes][];
        for (int p = 0; p < planes; p++) {
            for (int i = 0; i < 207; i++) {
                values[p][i] = (float) random.nextGaussian();
            }
            given[p] = values[p].clone();
        }
        Decorrelation.forward(values);
        Decorrelation.backward(values);
        for (int p = 0; p < planes; p++) {
            assertThat(values[p]).containsExactly(given[p], within(1e-6f));
        }
    }

    /** Orthonormal: white noise stays white, and as strong as it was. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void theTransformIsOrthonormal(int planes) {
        // Column i shows what becomes of plane i alone.
        float[][] m = new float[planes][planes];
        for (int p = 0; p < planes; p++) {
            m[p][p] = 1;
        }
        Decorrelation.forward(m);
        for (int a = 0; a < planes; a++) {
            for (int b = 0; b < planes; b++) {
                double product = 0;
                for (int i = 0; i < planes; i++) {
                    product += m[a][i] * m[b][i];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void greyIsBrightnessAlone(int planes) {
        float[][] grey = new float[planes][1];
        for (float[] plane : grey) {
            plane[0] = 1;
        }
        Decorrelation.forward(grey);
        assertThat(grey[0][0]).isCloseTo((float) Math.sqrt(planes), within(1e-6f));
        for (int p = 1; p < planes; p++) {
            assertThat(grey[p][0]).isCloseTo(0, within(1e-6f));
        }
    }
}
