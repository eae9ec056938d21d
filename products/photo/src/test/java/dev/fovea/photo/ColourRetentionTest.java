package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.vision.Effects;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColourRetentionTest {
    private static final int W = 37;
    private static final int H = 21;

    private static Image noise() {
        var random = new Random(11);
        var planes = new float[3][W * H];
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = random.nextFloat();
            }
        }
        return Image.of(W, H, Colour.SRGB, planes);
    }

    /** The left half is a person, the middle columns are half one. */
    private static float[] person() {
        var person = new float[W * H];
        for (int i = 0; i < person.length; i++) {
            person[i] = i % W < 16 ? 1 : i % W < 20 ? 0.5f : 0;
        }
        return person;
    }

    @Test
    void the_person_is_left_alone_to_the_bit_and_the_rest_has_no_chroma() {
        Image from = noise();
        Image to = ColourRetention.faded(from, person());
        for (int i = 0; i < W * H; i++) {
            for (int c = 0; c < 3; c++) {
                if (i % W < 16) {
                    assertThat(to.plane(c)[i]).isEqualTo(from.plane(c)[i]);
                } else if (i % W >= 20) {
                    assertThat(to.plane(c)[i]).isEqualTo(to.plane(0)[i]);
                }
            }
        }
    }

    @Test
    void a_frame_keeps_its_luma_and_loses_its_chroma_beside_the_person() {
        Frame from = Frame.of(noise(), Duration.ofMillis(40), "noise");
        Frame to = ColourRetention.faded(from, person());
        assertThat(to.at()).isEqualTo(from.at());
        int cw = (W + 1) / 2;
        int ch = (H + 1) / 2;
        for (int i = 0; i < W * H; i++) {
            assertThat(to.bytes()[i]).isEqualTo(from.bytes()[i]);
        }
        for (int i = 0; i < 2 * cw * ch; i++) {
            byte expected = i % cw < 8 ? from.bytes()[W * H + i] : (byte) 128;
            if (i % cw < 8 || i % cw >= 10) {
                assertThat(to.bytes()[W * H + i]).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_effects_of_photos_are_found() {
        assertThat(Effects.all()).extracting(Effects.Kind::name).contains("colour-retention", "portrait-light");
    }
}
