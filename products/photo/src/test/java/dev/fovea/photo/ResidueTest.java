package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidueTest {
    @ParameterizedTest
    @CsvSource({"2.5e-6, 6e-4", "1e-5, 2e-3", "1e-5, 0"})
    void whiteNoiseIsFound(double read, double shot) {
        var noise = new NoiseModel(read, shot);
        var random = new Random(2);
        int size = 400;
        float[] plane = new float[size * size];
        for (int i = 0; i < plane.length; i++) {
            double x = 0.001 + 0.3 * Math.pow(i % size / (double) size, 2);
            plane[i] = (float) (x + random.nextGaussian() * Math.sqrt(noise.variance(x)));
        }
        NoiseModel found = Residue.of(Image.of(size, size, Colour.LINEAR, plane, plane, plane));
        for (double x : new double[] {0.002, 0.05, 0.25}) {
            assertThat(found.variance(x)).isCloseTo(noise.variance(x), Percentage.withPercentage(35));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 9", "40, 12"})
    void aCleanOrTinyPictureHasNone(int width, int height) {
        float[] plane = new float[width * height];
        NoiseModel found = Residue.of(Image.of(width, height, Colour.LINEAR, plane, plane, plane));
        assertThat(found.variance(0.5)).isCloseTo(0, within(1e-12));
    }
}
