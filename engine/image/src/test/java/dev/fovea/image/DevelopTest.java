package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.CameraColour.Calibration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevelopTest {
    /** A camera like many: XYZ to its colours. */
    private static final float[] CAMERA = {0.76f, -0.20f, -0.07f, -0.45f, 1.28f, 0.19f, -0.09f, 0.20f, 0.62f};

    private static final double[] LIGHT_A = {1.0985, 1, 0.3558};
    private static final double[] LIGHT_D65 = {0.95046, 1, 1.08906};
    private static final double[] XYZ_TO_SRGB = {
        3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252
    };

    /** X, Y, Z relative to D65 of six colours between skin and foliage. */
    private static final double[][] PATCHES = {
        {0.115, 0.101, 0.068}, {0.381, 0.358, 0.265}, {0.179, 0.193, 0.357},
        {0.107, 0.133, 0.070}, {0.317, 0.431, 0.467}, {0.591, 0.600, 0.093}
    };

    private static double[] times(double[] m, double[] v) {
        var r = new double[3];
        for (int i = 0; i < 3; i++) {
            r[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
        }
        return r;
    }

    private static float[] camera(double[] xyz) {
        var m = new double[9];
        for (int i = 0; i < 9; i++) {
            m[i] = CAMERA[i];
        }
        double[] v = times(m, xyz);
        return new float[] {(float) v[0], (float) v[1], (float) v[2]};
    }

    private static float[] neutral(double[] light) {
        float[] n = camera(light);
        float top = Math.max(n[0], Math.max(n[1], n[2]));
        return new float[] {n[0] / top, n[1] / top, n[2] / top};
    }

    private static CameraColour under(double[] light) {
        return new CameraColour(
                neutral(light), List.of(new Calibration(17, CAMERA, null), new Calibration(21, CAMERA, null)), 0);
    }

    private static float[] one(float[] camera, CameraColour colour, float saturation) {
        Image i = new Develop().apply(new float[][] {{camera[0]}, {camera[1]}, {camera[2]}}, 1, 1, colour, saturation);
        return new float[] {i.plane(0)[0], i.plane(1)[0], i.plane(2)[0]};
    }

    @Test
    void whiteUnderAnyLightBecomesWhite() {
        for (double[] light : List.of(LIGHT_A, LIGHT_D65)) {
            CameraColour colour = under(light);
            float[] grey = neutral(light);
            for (int c = 0; c < 3; c++) {
                grey[c] *= 0.5f;
            }
            assertThat(one(grey, colour, 1)).containsExactly(new float[] {0.5f, 0.5f, 0.5f}, within(1e-5f));
        }
    }

    @Test
    void theLightIsFoundFromTheNeutralValues() {
        assertThat(CameraMatrix.temperature(CameraMatrix.white(under(LIGHT_A)))).isCloseTo(2856, within(15.0));
        assertThat(CameraMatrix.temperature(CameraMatrix.white(under(LIGHT_D65))))
                .isCloseTo(6504, within(15.0));
    }

    @Test
    void coloursSeenUnderDaylightAreThoseOfTheStandard() {
        float[] white = camera(LIGHT_D65);
        float top = Math.max(white[0], Math.max(white[1], white[2]));
        for (double[] patch : PATCHES) {
            double[] wanted = times(XYZ_TO_SRGB, patch);
            float[] seen = camera(patch);
            for (int c = 0; c < 3; c++) {
                seen[c] /= top;
            }
            float[] found = one(seen, under(LIGHT_D65), 1);
            for (int c = 0; c < 3; c++) {
                assertThat((double) found[c]).isCloseTo(wanted[c], within(2e-3));
            }
        }
    }

    @Test
    void aForwardMatrixIsPreferred() {
        float[] forward = {
            0.4360747f, 0.3850649f, 0.1430804f, 0.2225045f, 0.7168786f, 0.0606169f, 0.0139322f, 0.0971045f, 0.7141733f
        };
        var colour = new CameraColour(neutral(LIGHT_D65), List.of(new Calibration(21, CAMERA, forward)), 0);
        float[] gains = colour.gains();
        float[] found = one(new float[] {0.5f / gains[0], 0.25f / gains[1], 0.1f / gains[2]}, colour, 1);
        assertThat(found).containsExactly(new float[] {0.5f, 0.25f, 0.1f}, within(1e-3f));
    }

    @Test
    void twoCalibrationsAreMixedByTheLight() {
        float[] other = CAMERA.clone();
        other[0] += 0.1f;
        var list = List.of(new Calibration(17, CAMERA, null), new Calibration(21, other, null));
        float[] day = CameraMatrix.toLinear(new CameraColour(neutral(LIGHT_D65), list, 0));
        float[] lamp = CameraMatrix.toLinear(new CameraColour(neutral(LIGHT_A), list, 0));
        float[] pure = CameraMatrix.toLinear(under(LIGHT_A));
        assertThat(lamp).containsExactly(pure, within(2e-2f));
        assertThat(day[0]).isNotCloseTo(lamp[0], within(1e-2f));
    }

    @Test
    void withoutCalibrationsOnlyTheNeutralCounts() {
        var colour = new CameraColour(new float[] {0.5f, 1, 0.8f}, List.of(), 0);
        assertThat(one(new float[] {0.1f, 0.2f, 0.4f}, colour, 1))
                .containsExactly(new float[] {0.2f, 0.2f, 0.5f}, within(1e-6f));
    }

    @Test
    void saturatedWhiteStaysWhiteWhateverTheExposure() {
        var colour = new CameraColour(new float[] {0.5f, 1, 0.7f}, List.of(), 0);
        for (float exposure = 0.5f; exposure < 4; exposure += 0.01f) {
            float[] seen = {Math.min(1, 0.5f * exposure), Math.min(1, exposure), Math.min(1, 0.7f * exposure)};
            float[] found = one(seen, colour, 1);
            assertThat(found[0]).isCloseTo(found[1], within(0.07f));
            assertThat(found[2]).isCloseTo(found[1], within(0.07f));
        }
    }

    @Test
    void aPictureWithoutSaturationKeepsItsColourAboveOne() {
        float[] seen = {2, 3, 0.5f};
        assertThat(one(seen, CameraColour.SRGB, Float.POSITIVE_INFINITY)).isEqualTo(seen);
    }

    @Test
    void negativeNoiseIsKept() {
        assertThat(one(new float[] {-0.01f, 0.02f, -0.03f}, CameraColour.SRGB, 1))
                .isEqualTo(new float[] {-0.01f, 0.02f, -0.03f});
    }

    @Test
    void wrongCountsAreRefused() {
        assertThatThrownBy(() -> new Develop().apply(new float[2][4], 2, 2, CameraColour.SRGB))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
