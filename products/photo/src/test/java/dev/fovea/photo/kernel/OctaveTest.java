package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OctaveTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 3", "7, 9", "8, 8", "31, 17"})
    void aConstantStaysAndARampIsNotShifted(int width, int height) {
        float[] large = new float[width * height];
        for (int i = 0; i < large.length; i++) {
            large[i] = 3 + 2f * (i % width) - i / width;
        }
        int half = Octave.half(width);
        float[] small = new float[half * Octave.half(height)];
        Octave.down(large, width, height, small, 0, Octave.half(height));
        float[] row = new float[width];
        float[] mixed = new float[half];
        for (int y = 0; y < height; y++) {
            Octave.up(small, width, height, y, row, mixed);
            for (int x = 0; x < width; x++) {
                boolean inner = x > 2 && y > 2 && x < width - 4 && y < height - 4;
                assertThat(row[x]).isCloseTo(large[y * width + x], within(inner ? 1e-4f : 3f));
            }
        }
    }
}
