package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes of lenses. */
class SpansTest {
    @ParameterizedTest(name = "{0} blades, {1} pixels")
    @CsvSource({"0, 12", "4, 12", "5, 12", "6, 31", "9, 8", "3, 20"})
    void aShapeHasAnAreaOfOneAndLiesAboutItsMiddle(int blades, double diameter) {
        Spans spans = Spans.of(new Lens(blades, 0, 0), diameter, false, 0, 0);
        double area = 0;
        double x = 0;
        double y = 0;
        for (int k = 0; k < spans.weight().length; k++) {
            double part = spans.weight()[k] * (spans.right()[k] - spans.left()[k]);
            area += part;
            x += part * (spans.right()[k] + spans.left()[k]) / 2;
            y += part * (k - spans.reach());
        }
        assertThat(area).isCloseTo(1, within(1e-9));
        assertThat(x).isCloseTo(0, within(1e-6));
        assertThat(y).isCloseTo(0, within(0.02 * diameter));
    }

    @Test
    void aSquareIsAsWideAsItsDiameter() {
        Spans square = Spans.of(Lens.SQUARE, 9, false, 0, 0);
        for (int k = 1; k < 8; k++) {
            assertThat(square.right()[k] - square.left()[k]).isCloseTo(9, within(1e-9));
        }
    }

    @Test
    void beforeTheFocusTheShapeStandsOnItsHead() {
        Spans behind = Spans.of(new Lens(5, 0, 0), 30, false, 0, 0);
        Spans before = Spans.of(new Lens(5, 0, 0), 30, true, 0, 0);
        int last = behind.weight().length - 1;
        for (int k = 0; k <= last; k++) {
            assertThat(before.right()[k]).isCloseTo(behind.right()[last - k], within(1e-6));
        }
    }

    @Test
    void towardsTheCornerTheShapeNarrowsAlongTheWayThere() {
        Spans middle = Spans.of(Lens.NORMAL, 30, false, 0, 0);
        Spans side = Spans.of(Lens.NORMAL, 30, false, 1, 0);
        int row = middle.reach();
        assertThat(side.right()[row] - side.left()[row])
                .isCloseTo(30 - 0.35 * 15, within(0.1))
                .isLessThan(middle.right()[row] - middle.left()[row]);
    }
}
