package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseEstimateTest {
    private static final int W = 480;
    private static final int H = 360;

    /** Patches of many brightnesses, with texture on a third of them. */
    private static double scene(int x, int y) {
        double patch = 0.02 + 0.8 * ((x / 60 * 5 + y / 60 * 3) % 17) / 17.0;
        boolean textured = (x / 60 + y / 60) % 3 == 0;
        return patch * (textured ? 1 + 0.5 * Math.sin(1.7 * x + 0.9 * y) : 1 + 0.0005 * x);
    }

    private static float[] noisy(NoiseModel noise, long seed) {
        var random = new Random(seed);
        var plane = new float[W * H];
        for (int i = 0; i < plane.length; i++) {
            double v = scene(i % W, i / W);
            plane[i] = (float) (v + random.nextGaussian() * Math.sqrt(noise.variance(v)));
        }
        return plane;
    }

    private static Raw raw(float[] values) {
        var samples = new short[values.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.clamp(Math.round(values[i] * 60000 + 4000), 0, 65535);
        }
        float[] black = {4000, 4000, 4000, 4000};
        return new Raw(
                W,
                H,
                Cfa.RGGB,
                new short[][] {samples},
                black,
                64000,
                CameraColour.SRGB,
                Optional.empty(),
                Exif.NONE,
                "test");
    }

    private static void close(NoiseModel found, NoiseModel truth) {
        for (double x : new double[] {0.1, 0.3, 0.7}) {
            double ratio = Math.sqrt(found.variance(x) / truth.variance(x));
            assertThat(ratio).as("estimated over true sigma at %s", x).isBetween(0.85, 1.15);
        }
    }

    @ParameterizedTest
    @CsvSource({"5e-6, 1e-3", "2e-5, 5e-3", "1e-4, 1.5e-2"})
    void noiseOfAMosaicIsFound(double read, double shot) {
        var truth = new NoiseModel(read, shot);
        close(NoiseEstimate.of(raw(noisy(truth, 1))), truth);
        close(NoiseEstimate.of(List.of(raw(noisy(truth, 2)), raw(noisy(truth, 3)))), truth);
    }

    @ParameterizedTest
    @CsvSource({"5e-6, 1e-3", "2e-5, 5e-3", "1e-4, 1.5e-2"})
    void noiseOfADifferenceIsFound(double read, double shot) {
        var truth = new NoiseModel(read, shot);
        float[] a = noisy(truth, 4);
        float[] b = noisy(truth, 5);
        var difference = new float[a.length];
        var mean = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
            mean[i] = (a[i] + b[i]) / 2;
        }
        close(NoiseEstimate.difference(difference, mean, W, H, Cfa.NONE), truth);
        close(NoiseEstimate.difference(difference, mean, W, H, Cfa.GRBG), truth);
        NoiseCurve curve = NoiseEstimate.differenceCurve(difference, mean, W, H);
        assertThat(curve.at(0.3f) / Math.sqrt(truth.variance(0.3))).isBetween(0.8, 1.2);
    }

    @Test
    void noiseOfADevelopedPlaneIsFoundAtEveryLevel() {
        var truth = new NoiseModel(1e-5, 1e-3);
        NoiseCurve curve = NoiseEstimate.curve(noisy(truth, 6), W, H);
        for (float x : new float[] {0.1f, 0.3f, 0.6f}) {
            assertThat(curve.at(x) / Math.sqrt(truth.variance(x))).isBetween(0.75, 1.25);
        }
        assertThat(curve.grain()).isCloseTo(1, within(0.15f));
    }

    @Test
    void blotchyNoiseHasGrain() {
        float[] fine = noisy(new NoiseModel(1e-4, 1e-3), 7);
        var coarse = new float[fine.length];
        for (int i = W + 1; i < coarse.length; i++) {
            coarse[i] = (fine[i] + fine[i - 1] + fine[i - W] + fine[i - W - 1]) / 4;
        }
        assertThat(NoiseEstimate.curve(coarse, W, H).grain()).isGreaterThan(1.3f);
    }

    @Test
    void pulledBlacksAndTinyPicturesGiveAnAnswer() {
        assertThat(NoiseEstimate.of(raw(new float[W * H])).variance(0.5)).isGreaterThanOrEqualTo(0);
        NoiseCurve none = NoiseEstimate.curve(new float[] {0.5f}, 1, 1);
        assertThat(none.at(0.5f)).isZero();
        var clipped = new float[W * H];
        Arrays.fill(clipped, 1);
        assertThat(NoiseEstimate.difference(clipped, clipped, W, H, Cfa.NONE).shot())
                .isPositive();
    }
}
