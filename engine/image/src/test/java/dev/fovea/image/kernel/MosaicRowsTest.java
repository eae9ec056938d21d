package dev.fovea.image.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels of demosaicing: lanes equal the scalar definition, bit for bit. */
class MosaicRowsTest {
    private static final int STRIDE = 40;

    private static float[] values(int n, long seed) {
        var random = new SplittableRandom(seed);
        var row = new float[n];
        float[] extremes = {0, -0f, 1, -1, 1e-30f, 65504, -65504, Float.MIN_VALUE};
        for (int i = 0; i < n; i++) {
            row[i] = random.nextInt(20) == 0
                    ? extremes[random.nextInt(extremes.length)]
                    : random.nextFloat() * 1.2f - 0.1f;
        }
        return row;
    }

    private static float[] plane(int n, long seed) {
        return values(n + 20 * STRIDE, seed);
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    void scale(int n) {
        float[] lanes = values(n + 3, 1);
        float[] scalar = lanes.clone();
        GreenRows.encode(lanes, 3, n, 1.5f, 2);
        GreenRows.encode(scalar, 3, 0, n, 1.5f, 2);
        assertThat(lanes).isEqualTo(scalar);
        var there = new float[n + 1];
        var here = new float[n + 1];
        GreenRows.decode(lanes, 3, there, 1, n, 0.7f);
        GreenRows.decode(lanes, 3, here, 1, 0, n, 0.7f);
        assertThat(there).isEqualTo(here);
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    void differences(int n) {
        int at = 8 * STRIDE;
        for (boolean green : new boolean[] {true, false}) {
            float[] m = plane(n, 2);
            var lanes = new float[6][m.length];
            var scalar = new float[6][m.length];
            GreenRows.differences(m, at, STRIDE, n, green, lanes[0], lanes[1]);
            GreenRows.differences(m, at, STRIDE, 0, n, green, scalar[0], scalar[1]);
            float[] dh = plane(n, 3);
            float[] dv = plane(n, 4);
            GreenRows.gradients(dh, dv, at, STRIDE, n, lanes[2], lanes[3]);
            GreenRows.gradients(dh, dv, at, STRIDE, 0, n, scalar[2], scalar[3]);
            GreenRows.thirds(dh, dv, at, STRIDE, n, lanes[4], lanes[5]);
            GreenRows.thirds(dh, dv, at, STRIDE, 0, n, scalar[4], scalar[5]);
            for (int i = 0; i < 6; i++) {
                assertThat(lanes[i]).as("result " + i).isEqualTo(scalar[i]);
            }
        }
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    void chroma(int n) {
        float[] g = plane(n, 5);
        float[] c = plane(n, 6);
        var lanes = new float[4 * n];
        var scalar = new float[4 * n];
        ChromaRows.fives(g, c, 8 * STRIDE, STRIDE, n, lanes);
        ChromaRows.fives(g, c, 8 * STRIDE, STRIDE, 0, n, scalar);
        assertThat(lanes).isEqualTo(scalar);
        var there = new float[n];
        var here = new float[n];
        ChromaRows.slopes(lanes, n, 1e-3f, there, 0);
        ChromaRows.slopes(lanes, 2, n, 1e-3f, here, 0);
        assertThat(there).isEqualTo(here);
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    void colour(int n) {
        float[][] in = {values(n + 2, 7), values(n + 2, 8), values(n + 2, 9)};
        float[] gains = {2, 1, 1.5f};
        float[] m = {1.6f, -0.5f, -0.1f, -0.2f, 1.5f, -0.3f, 0, -0.4f, 1.4f};
        for (float saturation : new float[] {1, Float.POSITIVE_INFINITY}) {
            var lanes = new float[3][n + 2];
            var scalar = new float[3][n + 2];
            CameraRows.linear(in, lanes, 2, n, gains, m, saturation);
            CameraRows.linear(in, scalar, 2, 0, n, gains, m, saturation);
            assertThat(lanes).isDeepEqualTo(scalar);
        }
    }
}
