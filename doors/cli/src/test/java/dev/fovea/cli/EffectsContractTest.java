package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Image;
import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Paint;
import java.util.List;
import java.util.Map;
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
            for (Image painted :
                    List.of(paint.paint(eye.look(image)), paint.live().next(eye.look(image)))) {
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
}
