package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColoursTest {
    private static Image pixel(Colour colour, float... values) {
        var planes = new float[values.length][];
        for (int c = 0; c < values.length; c++) {
            planes[c] = new float[] {values[c]};
        }
        return Image.of(1, 1, colour, planes);
    }

    private static void holds(Image image, double tolerance, double... wanted) {
        for (int c = 0; c < wanted.length; c++) {
            assertThat((double) image.plane(c)[0])
                    .as("plane " + c + " of " + image.colour())
                    .isCloseTo(wanted[c], within(tolerance));
        }
    }

    @Test
    void whiteIsD65() {
        holds(pixel(Colour.SRGB, 1, 1, 1).to(Colour.XYZ), 1e-4, 0.95046, 1, 1.08906);
        holds(pixel(Colour.DISPLAY_P3, 1, 1, 1).to(Colour.XYZ), 1e-4, 0.95046, 1, 1.08906);
    }

    /** IEC 61966-2-1 prints the matrix with four digits. */
    @Test
    void redAsInTheStandard() {
        holds(pixel(Colour.LINEAR, 1, 0, 0).to(Colour.XYZ), 1e-4, 0.4124, 0.2126, 0.0193);
        holds(pixel(Colour.LINEAR, 0, 1, 0).to(Colour.XYZ), 1e-4, 0.3576, 0.7152, 0.1192);
        holds(pixel(Colour.LINEAR, 0, 0, 1).to(Colour.XYZ), 1e-4, 0.1805, 0.0722, 0.9505);
    }

    /** The values that CSS Color 4 and Ottosson's page give for the primaries. */
    @ParameterizedTest
    @CsvSource({
        "1,1,1, 1,0,0",
        "1,0,0, 0.62796,0.22486,0.12585",
        "0,1,0, 0.86644,-0.23389,0.17950",
        "0,0,1, 0.45201,-0.03246,-0.31153",
        "0,0,0, 0,0,0"
    })
    void oklab(float r, float g, float b, double l, double a, double lb) {
        holds(pixel(Colour.SRGB, r, g, b).to(Colour.OKLAB), 1e-4, l, a, lb);
    }

    /** CSS Color 4: display-p3 of sRGB red. */
    @Test
    void redInDisplayP3() {
        holds(pixel(Colour.SRGB, 1, 0, 0).to(Colour.DISPLAY_P3), 1e-4, 0.91749, 0.20029, 0.13856);
        holds(pixel(Colour.DISPLAY_P3, 0, 1, 0).to(Colour.SRGB), 1e-4, 0, 1, 0);
    }

    @Test
    void greyIsLuminance() {
        holds(
                pixel(Colour.LINEAR, 0.2f, 0.5f, 0.1f).to(Colour.LINEAR_GREY),
                1e-4,
                0.2 * 0.2126 + 0.5 * 0.7152 + 0.1 * 0.0722);
        holds(pixel(Colour.SRGB, 0.4f, 0.4f, 0.4f).to(Colour.GREY), 1e-5, 0.4);
    }

    @ParameterizedTest
    @EnumSource
    void everyColourComesBack(Colour colour) {
        if (colour.planes() == 1) {
            return;
        }
        Image image = Pictures.noise(37, 23, Colour.SRGB, 5);
        Image back = image.to(colour).to(Colour.SRGB);
        for (int c = 0; c < 3; c++) {
            assertThat(Pictures.largestDifference(image.plane(c), back.plane(c)))
                    .isLessThan(2e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPairConverts(Colour from) {
        Image image = Pictures.noise(5, 3, Colour.SRGB, 5).to(from);
        for (Colour to : Colour.values()) {
            Image there = image.to(to);
            assertThat(there.colour()).isEqualTo(to);
            for (int c = 0; c < to.planes(); c++) {
                for (float v : there.plane(c)) {
                    assertThat(v).isFinite();
                }
            }
        }
    }

    @Test
    void lightAboveOneAndBelowZeroSurvivesWhereItMay() {
        Image bright = pixel(Colour.LINEAR, 7, -0.01f, 2);
        holds(bright.to(Colour.XYZ).to(Colour.LINEAR), 1e-5, 7, -0.01, 2);
        holds(bright.to(Colour.OKLAB).to(Colour.LINEAR), 1e-4, 7, -0.01, 2);
        holds(bright.to(Colour.SRGB), 0, 1, 0, 1);
    }

    @Test
    void coverageIsAddedAndDropped() {
        Image sticker = pixel(Colour.SRGBA, 0.1f, 0.2f, 0.3f, 0.4f);
        holds(sticker.to(Colour.SRGB), 0, 0.1f, 0.2f, 0.3f);
        holds(sticker.to(Colour.SRGB).to(Colour.SRGBA), 0, 0.1f, 0.2f, 0.3f, 1);
        holds(pixel(Colour.GREY, 0.5f).to(Colour.SRGBA), 0, 0.5, 0.5, 0.5, 1);
    }
}
