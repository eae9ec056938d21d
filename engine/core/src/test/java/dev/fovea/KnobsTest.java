package dev.fovea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnobsTest {
    record Blur(
            @Knob(normal = 2, max = 9, unit = "px", help = "How far light spreads.")
            double radius,

            @Knob(normal = 3, min = 1, max = 5, step = 1, help = "How often.")
            int passes,

            @Knob(normal = 0.5, help = "How much is mixed in.")
            float share,

            @Knob(normal = 1, help = "Whether light is added in linear space.")
            boolean linear) {
        Blur {
            Knobs.check(Blur.class, radius, passes, share, linear ? 1 : 0);
        }
    }

    record Half(@Knob(normal = 1, help = "Strength.") double strength, String name) {}

    @Test
    void knobsComeInTheOrderOfTheComponents() {
        assertThat(Knobs.of(Blur.class))
                .extracting(Knobs.Named::name)
                .containsExactly("radius", "passes", "share", "linear");
    }

    @Test
    void componentsThatAreNoKnobsAreLeftOut() {
        assertThat(Knobs.of(Half.class)).extracting(Knobs.Named::name).containsExactly("strength");
    }

    @Test
    void whatIsNotGivenIsNormal() {
        assertThat(Knobs.make(Blur.class, Map.of())).isEqualTo(new Blur(2, 3, 0.5f, true));
        assertThat(Knobs.make(Blur.class, Map.of("passes", 4.0, "linear", 0.0))).isEqualTo(new Blur(2, 4, 0.5f, false));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 9.001, Double.NaN, Double.POSITIVE_INFINITY})
    void aValueOutOfRangeIsRefusedWithItsNameAndRange(double radius) {
        assertThatThrownBy(() -> Knobs.make(Blur.class, Map.of("radius", radius)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("radius is ")
                .hasMessageEndingWith("must lie between 0 and 9 px");
    }

    @Test
    void theEndsOfARangeBelongToIt() {
        assertThat(Knobs.make(Blur.class, Map.of("radius", 0.0)).radius()).isZero();
        assertThat(Knobs.make(Blur.class, Map.of("radius", 9.0)).radius()).isEqualTo(9);
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Knobs.make(Blur.class, Map.of("raduis", 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raduis")
                .hasMessageContaining("radius, passes, share, linear");
    }
}
