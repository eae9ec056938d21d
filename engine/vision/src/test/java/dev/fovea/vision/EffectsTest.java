package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.Knob;
import dev.fovea.image.Image;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectsTest {
    /** An effect as a stranger would write it. */
    @About("Every pixel gets lighter.")
    public record LightUp(
            @Knob(normal = 0.5, help = "How much.") double strength) implements Paint {
        @Override
        public Image paint(Scene scene) {
            return scene.image();
        }
    }

    @Test
    void one_file_is_enough_to_be_found() {
        assertThat(Effects.all()).singleElement().satisfies(kind -> {
            assertThat(kind.name()).isEqualTo("light-up");
            assertThat(kind.about()).isEqualTo("Every pixel gets lighter.");
            assertThat(kind.knobs())
                    .singleElement()
                    .satisfies(k -> assertThat(k.name()).isEqualTo("strength"));
        });
    }

    @Test
    void an_effect_is_made_from_its_knobs() {
        Effects.Kind kind = Effects.all().getFirst();
        assertThat(kind.make(Map.of())).isEqualTo(new LightUp(0.5));
        assertThat(kind.make(Map.of("strength", 0.75))).isEqualTo(new LightUp(0.75));
        assertThatThrownBy(() -> kind.make(Map.of("colour", 1.0))).hasMessageContaining("no knob named colour");
    }
}
