package dev.fovea.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7})
    void theNightIsFiniteAndSpansFromDeepShadowToBlownLamps(long seed) {
        World night = Scenes.night(120, 90, 2, seed);
        Image backdrop = night.backdrop();
        float darkest = Float.MAX_VALUE;
        float brightest = 0;
        for (int c = 0; c < 3; c++) {
            for (float v : backdrop.plane(c)) {
                assertThat(v).isFinite().isNotNegative();
                darkest = Math.min(darkest, v);
                brightest = Math.max(brightest, v);
            }
        }
        assertThat(darkest).isLessThan(0.02f);
        assertThat(brightest).isGreaterThan(8);
        assertThat(night.actors()).hasSize(2);
    }

    @Test
    void theSameSeedRendersTheSameNight() {
        World a = Scenes.night(48, 36, 2, 4);
        World b = Scenes.night(48, 36, 2, 4);
        assertThat(a.backdrop()).isEqualTo(b.backdrop());
        assertThat(a.actors().getFirst().at(1)).isEqualTo(b.actors().getFirst().at(1));
    }

    @Test
    void theStrollerWalksToTheRight() {
        Actor stroller = Scenes.night(120, 90, 8, 1).actors().getFirst();
        assertThat(stroller.at(7).x()).isGreaterThan(stroller.at(0).x() + 2);
    }

    @Test
    void patchworkStaysWithinItsRange() {
        Image patchwork = Scenes.patchwork(97, 61, 2);
        for (int c = 0; c < 3; c++) {
            for (float v : patchwork.plane(c)) {
                assertThat(v).isBetween(0.01f, 0.95f);
            }
        }
        assertThat(patchwork).isNotEqualTo(Scenes.patchwork(97, 61, 3));
    }

    @Test
    void lettersAreLegible() {
        assertThat(Glyphs.ink("I", 2.5, 3.5, 0.01)).isCloseTo(1, within(1e-9));
        assertThat(Glyphs.ink("I", 0.5, 3.5, 0.01)).isZero();
        assertThat(Glyphs.ink("OK", Glyphs.PITCH + 0.5, 3.5, 0.01)).isCloseTo(1, within(1e-9));
        assertThat(Glyphs.ink("O", 2.5, 3.5, 100)).isLessThan(0.01);
    }
}
