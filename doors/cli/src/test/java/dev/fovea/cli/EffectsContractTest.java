package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.vision.Effect;
import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Look;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every effect promises, whoever wrote it. */
class EffectsContractTest {
    static List<Effects.Kind> effects() {
        return Effects.all();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void itSaysWhatItDoes(Effects.Kind kind) {
        assertThat(kind.about()).endsWith(".").hasSizeBetween(10, 100);
        assertThat(kind.knobs()).hasSameSizeAs(kind.type().getRecordComponents());
        kind.knobs().forEach(named -> assertThat(named.knob().help()).endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void itKeepsSizeColourAndRange(Effects.Kind kind) {
        Image image = Pictures.lamp(97, 64);
        try (Eye eye = Eye.open()) {
            Paint paint = (Paint) kind.make(Map.of());
            for (Image painted : List.of(
                    paint.paint(eye.look(image)),
                    paint.live().next(eye.look(image)).image())) {
                assertThat(painted.width()).isEqualTo(97);
                assertThat(painted.height()).isEqualTo(64);
                assertThat(painted.colour()).isEqualTo(image.colour());
                for (int c = 0; c < 3; c++) {
                    for (float v : painted.plane(c)) {
                        assertThat(v).isBetween(0f, 1f);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("effects")
    void compactFramesAreLikePicturesButForRounding(Effects.Kind kind) {
        Frame frame = Frame.of(Pictures.lamp(97, 63), Duration.ofMillis(40), "lamp");
        try (Eye eye = Eye.open()) {
            Paint paint = (Paint) kind.make(Map.of());
            Frame live = paint.live().next(eye.look(frame)).frame();
            Frame still = Frame.of(paint.paint(eye.look(frame)), frame.at(), frame.source());
            assertThat(live.at()).isEqualTo(frame.at());
            assertThat(live.source()).isEqualTo(frame.source());
            for (int i = 0; i < still.bytes().length; i++) {
                assertThat(live.bytes()[i] & 0xFF).isCloseTo(still.bytes()[i] & 0xFF, within(2));
            }
        }
    }

    @Test
    void aChainOfAllIsOneAfterTheOther() {
        Image image = Pictures.lamp(64, 48);
        List<Effect> all = effects().stream().map(kind -> kind.make(Map.of())).toList();
        try (Eye eye = Eye.open()) {
            Scene scene = eye.look(image);
            Scene one = scene;
            for (Effect effect : all) {
                one = one.painted(((Paint) effect).paint(one));
            }
            assertThat(new Look(all).apply(scene).image()).isEqualTo(one.image());
        }
    }
}
