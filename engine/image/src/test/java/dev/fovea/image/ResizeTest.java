package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeTest {
    private static final int[][] SIZES = {{1, 1}, {1, 7}, {50, 3}, {13, 17}, {100, 90}, {211, 160}, {64, 30}};

    private static double mean(Image image) {
        double sum = 0;
        for (float v : image.plane(0)) {
            sum += v;
        }
        return sum / image.plane(0).length;
    }

    @ParameterizedTest
    @EnumSource
    void sameSizeIsTheSamePicture(Resize.Filter filter) {
        Image image = Pictures.noise(31, 20, Colour.LINEAR, 1);
        assertThat(new Resize(31, 20, filter).apply(image)).isSameAs(image);
    }

    @ParameterizedTest
    @EnumSource
    void constantsStay(Resize.Filter filter) {
        var plane = new float[64 * 48];
        Arrays.fill(plane, 0.3f);
        Image flat = Image.of(64, 48, Colour.LINEAR_GREY, plane);
        for (int[] s : SIZES) {
            for (float v : new Resize(s[0], s[1], filter).apply(flat).plane(0)) {
                assertThat(v).isCloseTo(0.3f, within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMeanStaysWhenShrinking(Resize.Filter filter) {
        Image image = Pictures.waves(400, 300);
        assertThat(mean(new Resize(57, 31, filter).apply(image))).isCloseTo(mean(image), within(3e-3));
    }

    @Test
    void areasAreExact() {
        Image image = Pictures.noise(60, 40, Colour.LINEAR_GREY, 2);
        for (int[] s : new int[][] {{30, 20}, {22, 15}, {7, 40}, {1, 1}, {59, 39}}) {
            Image small = new Resize(s[0], s[1], Resize.Filter.BOX).apply(image);
            assertThat(mean(small)).isCloseTo(mean(image), within(1e-6));
        }
        Image half = new Resize(30, 20, Resize.Filter.BOX).apply(image);
        float[] p = image.plane(0);
        assertThat(half.plane(0)[31]).isCloseTo((p[122] + p[123] + p[182] + p[183]) / 4, within(1e-6f));
    }

    /** A ramp stays a ramp on the new grid: the coordinates are right. */
    @ParameterizedTest
    @EnumSource(names = "BOX", mode = EnumSource.Mode.EXCLUDE)
    void rampsStayRamps(Resize.Filter filter) {
        Image ramp = Pictures.ramp(100, 80, 0.004, 0.003);
        for (int[] s : new int[][] {{50, 40}, {170, 137}, {37, 29}, {101, 79}}) {
            Image other = new Resize(s[0], s[1], filter).apply(ramp);
            // a sinc cut off, or any kernel widened by no whole number, does not keep a slope to the last digit
            double tolerance = filter == Resize.Filter.LANCZOS3 || s[0] < 100 || s[1] < 80 ? 5e-4 : 1e-5;
            for (int y = s[1] / 3; y < s[1] * 2 / 3; y++) {
                for (int x = s[0] / 3; x < s[0] * 2 / 3; x++) {
                    double u = (x + 0.5) * 100 / s[0] - 0.5;
                    double v = (y + 0.5) * 80 / s[1] - 0.5;
                    assertThat((double) other.plane(0)[y * s[0] + x])
                            .isCloseTo(0.004 * u + 0.003 * v, within(tolerance));
                }
            }
        }
    }

    @Test
    void fineStripesTurnGreyNotStriped() {
        var plane = new float[200 * 200];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = i % 2;
        }
        Image stripes = Image.of(200, 200, Colour.LINEAR_GREY, plane);
        for (Resize.Filter filter : Resize.Filter.values()) {
            Image small = new Resize(61, 61, filter).apply(stripes);
            assertThat(small.plane(0)[30 * 61 + 30]).as(filter.toString()).isCloseTo(0.5f, within(0.17f));
        }
    }
}
