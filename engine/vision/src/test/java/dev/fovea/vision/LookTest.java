package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.Tracker;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LookTest {
    private final Eye eye = Eye.with(new DiscNets());
    private final Scene scene = eye.look(Discs.picture(100, 80, new double[] {50, 40, 20}));

    private record Halved() implements Paint {
        @Override
        public Image paint(Scene scene) {
            return each(scene.image(), v -> v / 2);
        }
    }

    private record Inverted() implements Paint {
        @Override
        public Image paint(Scene scene) {
            return each(scene.image(), v -> 1 - v);
        }
    }

    /** Each frame is darker than the one before. */
    private record Slow() implements Paint {
        @Override
        public Image paint(Scene scene) {
            return scene.image();
        }

        @Override
        public Tracker<Scene, Scene> live() {
            var count = new AtomicInteger();
            return scene -> scene.painted(each(scene.image(), v -> v / count.incrementAndGet()));
        }
    }

    private static Image each(Image image, DoubleUnaryOperator change) {
        var planes = new float[image.colour().planes()][image.width() * image.height()];
        for (int c = 0; c < planes.length; c++) {
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = (float) change.applyAsDouble(image.plane(c)[i]);
            }
        }
        return Image.of(image.width(), image.height(), image.colour(), planes);
    }

    @Test
    void an_empty_chain_changes_nothing() {
        assertThat(Look.of().apply(scene)).isSameAs(scene);
        assertThat(Look.of().live().next(scene)).isSameAs(scene);
    }

    @Test
    void a_chain_of_two_is_one_after_the_other_and_their_order_matters() {
        Image darkThenNegative = each(each(scene.image(), v -> v / 2), v -> 1 - v);
        Look look = Look.of(new Halved(), new Inverted());
        assertThat(look.apply(scene).image()).isEqualTo(darkThenNegative);
        assertThat(look.live().next(scene).image()).isEqualTo(darkThenNegative);
        assertThat(Look.of(new Inverted(), new Halved()).apply(scene).image()).isNotEqualTo(darkThenNegative);
    }

    @Test
    void what_was_seen_in_the_original_is_seen_in_what_is_painted() {
        Scene black = scene.painted(Image.of(100, 80, Colour.SRGB, new float[3][8000]));
        assertThat(black.faces()).hasSize(1).isSameAs(scene.faces());
        assertThat(Look.of(new Inverted()).apply(black).person()).isSameAs(scene.person());
        assertThat(black.image().plane(0)[0]).isZero();
    }

    @Test
    void a_tracker_has_a_memory_of_its_own() {
        Look look = Look.of(new Slow());
        Tracker<Scene, Scene> first = look.live();
        Image once = first.next(scene).image();
        assertThat(first.next(scene).image()).isNotEqualTo(once);
        assertThat(look.live().next(scene).image()).isEqualTo(once);
    }

    @Test
    void a_painted_frame_keeps_its_time_and_source() {
        Frame frame = Frame.of(scene.image(), Duration.ofMillis(80), "camera");
        Frame painted = Look.of(new Halved()).live().next(eye.look(frame)).frame();
        assertThat(painted.at()).isEqualTo(frame.at());
        assertThat(painted.source()).isEqualTo("camera");
        assertThat(Look.of().live().next(eye.look(frame)).frame()).isSameAs(frame);
    }

    @Test
    void a_scene_keeps_its_size() {
        assertThatThrownBy(() -> scene.painted(Discs.picture(80, 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 x 80");
    }
}
