package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Transfer;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinisherTest {
    private static final Finisher FINISHER = Finisher.present().orElseThrow();

    @AfterAll
    static void close() {
        FINISHER.close();
    }

    @ParameterizedTest
    @CsvSource({"100, 84", "101, 83", "7, 5", "1, 1"})
    void tilesMakeNoDifference(int width, int height) {
        Enlarged rough = rough(width, height, Colour.LINEAR, 3);
        Image whole = FINISHER.apply(rough, 2, 300);
        Image tiled = FINISHER.apply(rough, 2, 26);
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < width * height; i++) {
                assertThat(tiled.plane(c)[i]).isCloseTo(whole.plane(c)[i], within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.3, 1.7, 2, 2.5, 3})
    void brightnessStays(double scale) {
        for (double level : new double[] {0.02, 0.1, 0.3, 0.6, 0.9}) {
            Image grey = flat((float) level);
            float found = FINISHER.apply(new Enlarged(grey, noise(32, 32, 0.01f)), scale)
                    .plane(1)[32 * 64 + 32];
            assertThat(Transfer.encode(found)).as("of %s", level).isCloseTo(Transfer.encode(level), within(0.008));
        }
    }

    @Test
    void lightThatIsTooBrightToShowIsKept() {
        Image finished = FINISHER.apply(new Enlarged(flat(3), noise(32, 32, 0.01f)), 2);
        assertThat(finished.plane(0)[32 * 64 + 32]).isCloseTo(3f, within(0.02f));
    }

    @Test
    void aGreyPictureStaysGrey() {
        Image finished = FINISHER.apply(rough(40, 30, Colour.GREY, 1), 2);
        assertThat(finished.colour()).isEqualTo(Colour.GREY);
        assertThat(finished.width()).isEqualTo(40);
    }

    private static Image flat(float value) {
        float[] plane = new float[64 * 64];
        java.util.Arrays.fill(plane, value);
        return Image.of(64, 64, Colour.LINEAR, plane, plane.clone(), plane.clone());
    }

    private static Image noise(int width, int height, float value) {
        float[] plane = new float[width * height];
        java.util.Arrays.fill(plane, value);
        return Image.of(width, height, Colour.LINEAR_GREY, plane);
    }

    private static Enlarged rough(int width, int height, Colour colour, int planes) {
        var random = new Random(5);
        var values = new float[planes][width * height];
        for (float[] plane : values) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (float) (0.3 + 0.2 * Math.sin(i % width * 0.4) + 0.05 * random.nextGaussian());
            }
        }
        return new Enlarged(Image.of(width, height, colour, values), noise((width + 1) / 2, (height + 1) / 2, 0.02f));
    }
}
