package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Focus in a video whose subject comes, goes, walks and changes: rendered mattes. */
class FocusGlideTest {
    private static final int W = 120;
    private static final int H = 60;

    /** Somebody 20 pixels wide, from some column on. */
    private static Image at(int left) {
        var plane = new float[W * H];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = i % W >= left && i % W < left + 20 ? 1 : 0;
        }
        return Image.of(W, H, Colour.GREY, plane);
    }

    private static Image nobody() {
        return at(W);
    }

    private static FocusGlide.Moment next(FocusGlide glide, Image person, double seconds) {
        return glide.next(person, Optional.of(Duration.ofNanos((long) (seconds * 1e9))));
    }

    private static double sharp(FocusGlide.Moment moment, int x) {
        return moment.person().plane(0)[30 * W + x];
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 25, 30, 60})
    void the_focus_glides_to_another_subject_in_half_a_second_at_any_frame_rate(int rate) {
        var glide = new FocusGlide();
        next(glide, at(10), 0);
        next(glide, at(10), 1.0 / rate);
        double change = 2.0 / rate;
        double last = 0;
        for (int i = 0; change + (double) i / rate < change + 1; i++) {
            FocusGlide.Moment moment = next(glide, at(90), change + (double) i / rate);
            double now = sharp(moment, 100);
            double since = (i + 1.0) / rate;
            assertThat(now).as("%s s", since).isBetween(last, last + 3.3 / rate + 1e-6);
            assertThat(sharp(moment, 20)).isCloseTo(1 - now, within(1e-6));
            assertThat(now == 1).isEqualTo(since >= FocusGlide.SECONDS - 1e-9);
            assertThat(moment.amount()).isEqualTo(1);
            last = now;
        }
        assertThat(last).isEqualTo(1);
    }

    @Test
    void who_walks_is_followed_without_delay() {
        var glide = new FocusGlide();
        for (int i = 0; i < 20; i++) {
            FocusGlide.Moment moment = next(glide, at(4 * i), i / 25.0);
            assertThat(moment.person()).isEqualTo(at(4 * i));
            assertThat(moment.between()).isZero();
        }
    }

    @Test
    void who_leaves_stays_sharp_until_the_blur_is_gone() {
        var glide = new FocusGlide();
        next(glide, at(10), 0);
        double last = 1;
        for (int i = 1; i <= 15; i++) {
            FocusGlide.Moment moment = next(glide, nobody(), i * 0.04);
            assertThat(sharp(moment, 20)).isEqualTo(1);
            assertThat(moment.amount()).isLessThanOrEqualTo(last).isGreaterThan(last - 0.13);
            last = moment.amount();
        }
        assertThat(last).isZero();
    }

    @Test
    void who_comes_lets_the_blur_glide_in() {
        var glide = new FocusGlide();
        assertThat(next(glide, nobody(), 0).amount()).isZero();
        assertThat(next(glide, at(10), 0.25).amount()).isCloseTo(0.5, within(1e-6));
        assertThat(next(glide, at(10), 0.5).amount()).isEqualTo(1);
    }

    @Test
    void nothing_glides_over_a_cut() {
        var glide = new FocusGlide();
        next(glide, at(10), 0);
        FocusGlide.Moment moment = next(glide, at(90), 5);
        assertThat(moment.person()).isEqualTo(at(90));
        assertThat(moment.between()).isZero();
        assertThat(next(glide, nobody(), 15).amount()).isZero();
    }

    @Test
    void pictures_change_little_from_frame_to_frame_while_the_focus_glides() {
        var stripes = new float[W * H];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = i % W / 2 % 2 == 0 ? 0.2f : 0.8f;
        }
        Image scene = Image.of(W, H, Colour.GREY, stripes);
        var blur = new BackgroundBlur(1);
        var glide = new FocusGlide();
        Image before = blur.blurred(scene, next(glide, at(10), 0));
        for (int i = 1; i < 30; i++) {
            Image now = blur.blurred(scene, next(glide, i < 5 ? at(10) : at(90), i / 25.0));
            double most = 0;
            for (int k = 0; k < W * H; k++) {
                most = Math.max(most, Math.abs(now.plane(0)[k] - before.plane(0)[k]));
            }
            assertThat(most).as("frame %d", i).isLessThan(0.12);
            before = now;
        }
    }
}
