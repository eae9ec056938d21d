package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseCurveTest {
    private static final List<Double> FIVE = List.of(1.0, 4.0, 2.0, 0.5, 0.25);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCurveUnlikeSrgbIsRecoveredFromNoisyFramesWithinThreePercent(long seed) {
        Burst burst = BracketScene.frames(FIVE, 100 * seed);
        ResponseCurve curve = ResponseCurve.recover(burst, Exposures.of(burst, Optional.of(FIVE)));
        for (int c = 0; c < 3; c++) {
            double level = 0;
            for (int z = 64; z < 192; z++) {
                level += Math.log(curve.light(c, z) / BracketScene.inverse(c, z / 255.0)) / 128;
            }
            for (int z = 24; z <= 245; z++) {
                double ratio = curve.light(c, z) / BracketScene.inverse(c, z / 255.0) / Math.exp(level);
                assertThat(ratio).as("channel %d, code %d", c, z).isCloseTo(1, within(0.03));
            }
        }
    }

    @Test
    void theMiddleOfARecoveredCurveMeansWhatItMeansInSrgb() {
        Burst burst = BracketScene.frames(FIVE, 7);
        ResponseCurve curve = ResponseCurve.recover(burst, Exposures.of(burst, Optional.of(FIVE)));
        for (int c = 0; c < 3; c++) {
            assertThat(curve.light(c, 128)).isCloseTo(ResponseCurve.SRGB.light(c, 128), within(0.05f));
        }
    }

    @Test
    void framesExposedAlikeTellNothingAndCountAsSrgb() {
        Burst burst = BracketScene.frames(List.of(1.0, 1.0), 7);
        assertThat(ResponseCurve.recover(burst, Exposures.same(2)).inverse())
                .isDeepEqualTo(ResponseCurve.SRGB.inverse());
    }

    @Test
    void srgbTurnsCodesIntoLight() {
        var grey = new float[] {0, 0.5f, 1};
        Image light = ResponseCurve.SRGB.apply(Image.of(3, 1, Colour.SRGB, grey, grey, grey));
        assertThat(light.colour()).isEqualTo(Colour.LINEAR);
        assertThat(light.plane(1)[0]).isBetween(0f, 0.0002f);
        assertThat(light.plane(1)[1]).isCloseTo(0.214f, within(0.003f));
        assertThat(light.plane(1)[2]).isCloseTo(1, within(0.005f));
    }

    @Test
    void wrongShapesAreRefused() {
        var falls = new float[1][256];
        assertThatThrownBy(() -> new ResponseCurve(falls)).hasMessageContaining("rise");
        assertThatThrownBy(() -> new ResponseCurve(new float[2][256])).hasMessageContaining("1 or 3");
        Image linear = Image.of(1, 1, Colour.LINEAR_GREY, new float[1]);
        assertThatThrownBy(() -> ResponseCurve.SRGB.apply(linear)).isInstanceOf(IllegalArgumentException.class);
        Burst raws = BracketScene.raws(List.of(1.0, 2.0), 1);
        assertThatThrownBy(() -> ResponseCurve.recover(raws, Exposures.of(raws)))
                .hasMessageContaining("RAW");
    }
}
