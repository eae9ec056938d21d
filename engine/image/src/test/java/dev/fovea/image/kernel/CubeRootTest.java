package dev.fovea.image.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CubeRootTest {
    @ParameterizedTest
    @ValueSource(floats = {0, -0f, 1e-20f, -1e-6f, 0.001f, 0.5f, -0.5f, 1, 0.99999f, 7, 65504, 1e30f})
    void equalsTheRoot(float x) {
        for (float step = 0.5f; step < 8; step += 0.013f) {
            float[] row = {x * step};
            CubeRoot.roots(row, 1);
            double wanted = Math.cbrt(x * step);
            assertThat((double) row[0]).isCloseTo(wanted, within(Math.abs(wanted) * 3e-7));
        }
    }
}
