package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BackgroundBlurTest {
    private static final int W = 200;
    private static final int H = 120;

    private static Image plane(Colour colour, java.util.function.IntToDoubleFunction value) {
        var plane = new float[W * H];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) value.applyAsDouble(i);
        }
        return Image.of(W, H, colour, plane);
    }

    /** A person in the middle third. */
    private static Image person() {
        return plane(Colour.GREY, i -> i % W >= 70 && i % W < 130 ? 1 : 0);
    }

    @Test
    void a_constant_stays_constant() {
        Image flat = plane(Colour.LINEAR_GREY, i -> 0.37);
        Image out = new BackgroundBlur(1).blurred(flat, person(), 1);
        for (float v : out.plane(0)) {
            assertThat(v).isCloseTo(0.37f, within(1e-4f));
        }
    }

    @Test
    void nothing_of_the_person_smears_into_the_background_and_nothing_of_the_background_over_the_person() {
        Image scene = plane(Colour.LINEAR_GREY, i -> i % W >= 70 && i % W < 130 ? 1 : i / W / 4 % 2 * 0.2);
        Image out = new BackgroundBlur(1).blurred(scene, person(), 1);
        for (int i = 0; i < W * H; i++) {
            if (i % W >= 70 && i % W < 130) {
                assertThat(out.plane(0)[i]).isEqualTo(1);
            } else {
                assertThat(out.plane(0)[i]).isBetween(-1e-4f, 0.2001f);
            }
        }
    }

    @Test
    void a_point_of_light_becomes_a_disc_with_all_of_its_light() {
        Image point = plane(Colour.LINEAR_GREY, i -> i == 60 * W + 35 ? 100 : 0);
        Image nobody = plane(Colour.GREY, i -> 0);
        float[] out = new BackgroundBlur(1).blurred(point, nobody, 1).plane(0);
        double sum = 0;
        for (float v : out) {
            sum += v;
        }
        assertThat(sum).isCloseTo(100, within(0.5));
        assertThat(out[60 * W + 35]).isCloseTo(out[60 * W + 38], within(0.02f));
        assertThat(out[60 * W + 35 + 8]).isCloseTo(0, within(1e-5f));
    }

    @Test
    void without_anybody_the_picture_is_left_alone() {
        Image scene = plane(Colour.GREY, i -> i % 7 / 7.0);
        assertThat(new BackgroundBlur(2).blurred(scene, plane(Colour.GREY, i -> 0), 0))
                .isSameAs(scene);
    }

    @Test
    void a_blur_of_the_mirror_image_is_the_mirror_image_of_the_blur() {
        Image scene = plane(Colour.LINEAR_GREY, i -> Math.sin(i * 12.9898) * 0.5 + 0.5);
        float[] out = new BackgroundBlur(1.5).blurred(scene, person(), 1).plane(0);
        Image mirrored = plane(Colour.LINEAR_GREY, i -> scene.plane(0)[i / W * W + W - 1 - i % W]);
        float[] other = new BackgroundBlur(1.5).blurred(mirrored, person(), 1).plane(0);
        for (int i = 0; i < out.length; i++) {
            assertThat(other[i / W * W + W - 1 - i % W]).isCloseTo(out[i], within(2e-4f));
        }
        assertThat(Arrays.equals(out, other)).isFalse();
    }
}
