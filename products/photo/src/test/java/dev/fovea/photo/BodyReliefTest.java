package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The shape of a person from depth of which nobody knows the scale. */
class BodyReliefTest {
    private static final int W = 128;
    private static final int H = 160;
    private static final int FACE = 40;
    private static final double RADIUS = 90;

    /** The height of one large ball, which face and body are parts of. */
    private static double ball(double x, double y) {
        return Math.sqrt(RADIUS * RADIUS - (x - W / 2.0) * (x - W / 2.0) / 2 - (y - H / 2.0) * (y - H / 2.0) / 2);
    }

    private static float[] plane(IntToDoubleFunction value) {
        var plane = new float[W * H];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) value.applyAsDouble(i);
        }
        return plane;
    }

    private static Image everybody() {
        return Image.of(W, H, Colour.GREY, plane(i -> 1));
    }

    /** A face off the middle, so that it leans. */
    private static Relief face() {
        var part = new Crop(20, 15, FACE, FACE);
        var heights = new float[FACE * FACE];
        var inside = new float[FACE * FACE];
        Arrays.fill(inside, 1);
        for (int i = 0; i < heights.length; i++) {
            heights[i] = (float) ball(20 + i % FACE, 15 + i / FACE);
        }
        return new Relief(part, FACE, FACE, heights, inside, new double[] {1, 0, 0, FACE / 2.0});
    }

    @Test
    void the_face_tells_what_disparity_is_worth() {
        var disparity = Disparity.of(W, H, plane(i -> 3 + 0.07 * ball(i % W, i / W)));
        Relief body = BodyRelief.of(disparity, face(), everybody()).orElseThrow();
        for (int y = 70; y < H - 12; y += 9) {
            for (int x = 12; x < W - 12; x += 9) {
                double slope = ball(x + 0.5, y) - ball(x - 0.5, y);
                assertThat(Shading.slope(body, x, y, 1, 0)).isCloseTo(slope, within(0.06));
            }
        }
    }

    @Test
    void what_is_not_known_is_taken_from_beside_it_and_the_face_is_left_to_its_mesh() {
        var metres = plane(i -> i % 7 == 0 ? Double.NaN : 1 / (0.5 + 0.002 * ball(i % W, i / W)));
        Relief body =
                BodyRelief.of(DepthMap.of(W, H, metres), face(), everybody()).orElseThrow();
        for (float height : body.heights()) {
            assertThat(height).isFinite();
        }
        assertThat(body.face()[35 * W + 40]).isZero();
        assertThat(body.face()[120 * W + 40]).isEqualTo(1);
        assertThat(body.heights()[35 * W + 40]).isCloseTo((float) ball(40, 35), within(0.1f));
    }

    @Test
    void depth_that_contradicts_the_face_is_passed_over() {
        var inside = Disparity.of(W, H, plane(i -> 30 - 0.07 * ball(i % W, i / W)));
        assertThat(BodyRelief.of(inside, face(), everybody())).isEmpty();
        var flat = Disparity.of(W, H, plane(i -> 5));
        assertThat(BodyRelief.of(flat, face(), everybody())).isEmpty();
    }
}
