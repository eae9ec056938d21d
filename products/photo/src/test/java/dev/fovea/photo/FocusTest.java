package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import dev.fovea.space.Disparity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is in focus when somebody says so, and when nobody does. */
class FocusTest {
    private static final int W = 200;
    private static final int H = 150;

    @Test
    void aPointIsFocusedWhereItIs() {
        Focus focus = Focus.at(room(), new Point2(100, 75));
        assertThat(focus.disparity()).isEqualTo(30);
        assertThat(Focus.at(room(), new Point2(10, 10)).disparity()).isEqualTo(4);
        assertThat(focus.subject()).isEqualTo(Focus.Subject.POINT);
    }

    @Test
    void aPointOutsideIsRefused() {
        for (Point2 p : List.of(new Point2(-1, 5), new Point2(200, 5), new Point2(5, 150), new Point2(5, Double.NaN))) {
            assertThatThrownBy(() -> Focus.at(room(), p))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("200 x 150");
        }
    }

    @Test
    void theMainFaceIsLargeAndInTheMiddle() {
        var middle = new Box(80, 55, 40, 40);
        var aside = new Box(0, 0, 42, 42);
        var tiny = new Box(150, 20, 5, 5);
        Focus focus = Focus.of(room(), List.of(aside, middle, tiny));
        assertThat(focus.subject()).isEqualTo(Focus.Subject.FACE);
        assertThat(focus.at()).isEqualTo(middle.centre());
        assertThat(focus.disparity()).isEqualTo(30);
        assertThat(Focus.of(room(), List.of(tiny)).subject()).isEqualTo(Focus.Subject.NEAREST);
    }

    @Test
    void withoutAFaceTheNearestLargeThingIs() {
        Focus focus = Focus.of(room(), List.of());
        assertThat(focus.subject()).isEqualTo(Focus.Subject.NEAREST);
        assertThat(focus.disparity()).isCloseTo(30, within(2.0));
        assertThat(room().at((int) focus.at().x(), (int) focus.at().y())).isEqualTo(30);
    }

    @Test
    void theFNumberHalvesTheBlur() {
        Focus focus = Focus.of(room(), List.of());
        var two = new Aperture(2, Aperture.Scenery.VIEW);
        double blur = two.blur(room(), focus);
        assertThat(two.withNumber(4).blur(room(), focus)).isEqualTo(blur / 2);
        assertThat(new Aperture(1.8, Aperture.Scenery.VIEW).blur(room(), focus) * (focus.disparity() - 4))
                .as("what is farthest")
                .isCloseTo(0.03 * W, within(0.1));
        assertThatThrownBy(() -> two.withNumber(0)).hasMessageContaining("aperture is 0");
    }

    @Test
    void strengthSuitsTheScene() {
        var face = new Box(80, 55, 40, 40);
        Focus onFace = Focus.of(room(), List.of(face));
        assertThat(Aperture.suited(room(), onFace, List.of(face)))
                .isEqualTo(new Aperture(1.8, Aperture.Scenery.PORTRAIT));
        var far = new Box(10, 10, 40, 40);
        Aperture group = Aperture.suited(room(), onFace, List.of(face, far));
        assertThat(group.scene()).isEqualTo(Aperture.Scenery.GROUP);
        assertThat(group.blur(room(), onFace) * 26).as("blur of the far face").isLessThan(0.0025 * W);
        Focus onThing = Focus.of(room(), List.of());
        assertThat(Aperture.suited(room(), onThing, List.of()).scene()).isEqualTo(Aperture.Scenery.OBJECT);
    }

    /** A wall at 4, a thing at 30 in the middle, a speck nearer still, and a floor that reaches to 40. */
    private static Disparity room() {
        var d = new float[W * H];
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                boolean thing = Math.abs(x - 100) < 30 && Math.abs(y - 75) < 40;
                boolean speck = x > 180 && y < 8;
                float floor = y > 130 ? 40 : 4;
                d[y * W + x] = speck ? 50 : thing ? 30 : floor;
            }
        }
        return Disparity.of(W, H, d);
    }
}
