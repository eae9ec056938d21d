package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.Knobs;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToneTest {
    private static final NoiseModel CLEAN = new NoiseModel(0, 0);
    private static final NoiseModel MERGED = new NoiseModel(2.5e-6, 6.25e-4);
    private static final Tone PLAIN = new Tone(0, 0, 0, 0, 0, 0, 0, 0, 0);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "31, 17", "1, 40", "64, 1"})
    void anySizeWorks(int width, int height) {
        Image shown = Tone.NATURAL.apply(noisy(grey(width, height, (x, y) -> 0.02), MERGED, 1), MERGED);
        assertThat(shown.width()).isEqualTo(width);
        assertThat(shown.height()).isEqualTo(height);
        assertThat(shown.colour()).isEqualTo(Colour.SRGB);
        for (int c = 0; c < 3; c++) {
            for (float v : shown.plane(c)) {
                assertThat(v).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void allKnobsAtZeroMeanClippingAndEncoding() {
        var random = new Random(3);
        float[][] planes = new float[3][50 * 40];
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = 1.2f * random.nextFloat() * random.nextFloat();
            }
        }
        Image linear = Image.of(50, 40, Colour.LINEAR, planes);
        Image shown = PLAIN.apply(linear, MERGED);
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < planes[c].length; i++) {
                double plain = Math.clamp(Display.encode(planes[c][i]), 0, 1);
                assertThat(shown.plane(c)[i]).isCloseTo((float) plain, within(1 / 512f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05", "0.3", "1", "20"})
    void aGreyRampStaysMonotone(double top) {
        int width = 512;
        Image ramp = grey(width, 64, (x, y) -> top * Math.pow(2, -9 * (1 - x / (width - 1))));
        float[] shown = Tone.NATURAL.apply(ramp, CLEAN).plane(1);
        for (int x = 1; x < width; x++) {
            assertThat(shown[32 * width + x])
                    .as("x = %d", x)
                    .isGreaterThanOrEqualTo(shown[32 * width + x - 1] - 0.001f);
        }
    }

    @Test
    void blackStaysBlackAndWhiteWhite() {
        Image scene = grey(160, 120, (x, y) -> x < 40 ? 0 : x < 130 ? 0.01 : 1.2);
        float[] shown = Tone.NATURAL.apply(scene, MERGED).plane(1);
        assertThat(shown[60 * 160 + 15] * 255).isLessThanOrEqualTo(2);
        assertThat(shown[60 * 160 + 148] * 255).isGreaterThanOrEqualTo(253);
        float[] dark = Tone.NATURAL.apply(grey(40, 30, (x, y) -> 0), MERGED).plane(1);
        assertThat(dark[15 * 40 + 20] * 255).isLessThan(0.01f);
    }

    @ParameterizedTest
    @CsvSource({"0.002, 0.02", "0.01, 0.1", "0.004, 1", "0.0005, 0.004", "0.05, 0.5"})
    void anEdgeDoesNotRing(double dark, double light) {
        int size = 192;
        Image edge = grey(size, size, (x, y) -> x < size / 2 ? dark : light);
        float[] shown = Tone.NATURAL.apply(edge, CLEAN).plane(1);
        int row = size / 2 * size;
        for (int d = 0; d < 12; d++) {
            int left = size / 2 - 1 - d;
            int right = size / 2 + d;
            assertThat(shown[row + left])
                    .as("%d px left of the edge", d)
                    .isGreaterThanOrEqualTo(shown[row + size / 2 - 13] - 0.02f);
            assertThat(shown[row + right])
                    .as("%d px right of the edge", d)
                    .isLessThanOrEqualTo(shown[row + size / 2 + 12] + 0.02f);
        }
    }

    @Test
    void neutralGreyStaysNeutralEvenUnderNoise() {
        Image clean = grey(96, 96, (x, y) -> 0.001 + 0.0004 * x);
        Image shown = Tone.NATURAL.apply(clean, CLEAN);
        for (int i = 0; i < 96 * 96; i++) {
            assertThat(shown.plane(0)[i]).isCloseTo(shown.plane(1)[i], within(0.001f));
            assertThat(shown.plane(2)[i]).isCloseTo(shown.plane(1)[i], within(0.001f));
        }
        Image dark = Tone.NATURAL.apply(noisy(grey(256, 256, (x, y) -> 0.003), MERGED, 9), MERGED);
        double green = mean(dark.plane(1));
        assertThat(mean(dark.plane(0)) - green).isCloseTo(0, within(1.5 / 255));
        assertThat(mean(dark.plane(2)) - green).isCloseTo(0, within(1.5 / 255));
    }

    @Test
    void noiseOfAFlatDarkAreaShrinks() {
        Image linear = noisy(grey(256, 256, (x, y) -> 0.004), MERGED, 5);
        Image shown = Tone.NATURAL.apply(linear, MERGED);
        Image plain = new Tone(1, 0, 0, 0, 0, 0, 0, 0, 0.6f).apply(linear, MERGED);
        for (int c = 0; c < 3; c++) {
            assertThat(deviation(shown.plane(c))).isLessThan(0.45 * deviation(plain.plane(c)));
        }
    }

    @Test
    void aLampKeepsItsHue() {
        int size = 64;
        double[] sodium = {1, 0.55, 0.18};
        float[][] planes = new float[3][size * size];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < size * size; i++) {
                boolean lamp = Math.hypot(i % size - 32.0, i / size - 32.0) < 8;
                planes[c][i] = (float) (lamp ? sodium[c] : 0.004);
            }
        }
        Image shown = Tone.NATURAL.apply(Image.of(size, size, Colour.LINEAR, planes), CLEAN);
        int centre = 32 * size + 32;
        assertThat(shown.plane(0)[centre]).isGreaterThan(0.97f);
        assertThat(shown.plane(1)[centre]).isBetween(0.7f, 0.97f);
        assertThat(shown.plane(2)[centre]).isLessThan(shown.plane(1)[centre] - 0.05f);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Image linear = noisy(grey(150, 133, (x, y) -> 0.001 + x * y * 1e-6), MERGED, 8);
        Image one = Work.threads(1, () -> Tone.NATURAL.apply(linear));
        assertThat(Work.threads(2, () -> Tone.NATURAL.apply(linear))).isEqualTo(one);
    }

    @Test
    void theNightStaysDarkerThanTheDay() {
        Image night = grey(128, 96, (x, y) -> Math.hypot(x - 64, y - 30) < 4 ? 1 : 0.002 + 0.00002 * x);
        var day = Knobs.make(Tone.class, Map.of("mood", 0.0));
        double dark = mean(Tone.NATURAL.apply(night, CLEAN).plane(1));
        assertThat(dark).isLessThan(mean(day.apply(night, CLEAN).plane(1)) - 0.03);
        assertThat(dark).isBetween(0.08, 0.45);
    }

    @Test
    void brokenPixelsStayAlone() {
        float[] plane = new float[64 * 64];
        java.util.Arrays.fill(plane, 0.01f);
        float[] broken = plane.clone();
        broken[20 * 64 + 20] = Float.NaN;
        broken[40 * 64 + 40] = Float.POSITIVE_INFINITY;
        Image shown = Tone.NATURAL.apply(Image.of(64, 64, Colour.LINEAR, plane, broken, plane), MERGED);
        for (int c = 0; c < 3; c++) {
            assertThat(shown.plane(c)[60 * 64 + 5]).isBetween(0.1f, 0.6f);
            for (float v : shown.plane(c)) {
                assertThat(v).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void knobsHaveRanges() {
        assertThatThrownBy(() -> new Tone(1, 9, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("brightness is 9, but must lie between -3 and 3 EV");
    }

    private static Image grey(int width, int height, DoubleBinaryOperator luma) {
        float[] plane = new float[width * height];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) luma.applyAsDouble(i % width, i / width);
        }
        return Image.of(width, height, Colour.LINEAR, plane, plane, plane);
    }

    private static Image noisy(Image clean, NoiseModel noise, long seed) {
        var random = new Random(seed);
        float[][] planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = clean.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] += (float) (random.nextGaussian() * Math.sqrt(noise.variance(planes[c][i])));
            }
        }
        return Image.of(clean.width(), clean.height(), Colour.LINEAR, planes);
    }

    private static double mean(float[] plane) {
        double sum = 0;
        for (float v : plane) {
            sum += v;
        }
        return sum / plane.length;
    }

    private static double deviation(float[] plane) {
        double mean = mean(plane);
        double sum = 0;
        for (float v : plane) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / plane.length);
    }
}
