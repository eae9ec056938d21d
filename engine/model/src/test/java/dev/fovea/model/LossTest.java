package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How far answers lie apart, as a card counts it. */
class LossTest {
    private static final List<List<Tensor>> RIGHT = List.of(
            List.of(floats(0, 1, 0.9f), floats(1, 2, 3, 4, 5, 6)),
            List.of(floats(0, 0, 0.1f), floats(7, 8, 9, 10, 11, 12)));

    @Test
    void theShareThatMustKeepToItDecides() {
        List<List<Tensor>> other = List.of(
                List.of(floats(0, 1, 0.9f), floats(1, 2, 3, 4, 5, 6)),
                List.of(floats(0, 0, 0.1f), floats(7, 8, 9, 10, 11.5f, 13)));
        assertThat(boxes(1, "", 0, other)).isEqualTo(1);
        assertThat(boxes(11 / 12.0, "", 0, other)).isEqualTo(0.5);
        assertThat(boxes(0.5, "", 0, other)).isZero();
    }

    @Test
    void whereAnotherOutputIsLowNothingCounts() {
        List<List<Tensor>> other = List.of(
                List.of(floats(0, 0, 0), floats(100, 2, 3, 4.25f, 5, 6)),
                List.of(floats(0, 0, 0), floats(70, 80, 90, 100, 110, 120)));
        assertThat(boxes(1, "score", 0.5, other)).isEqualTo(0.25);
    }

    @Test
    void whatNoExampleShowsIsNotTolerable() {
        Loss loss = Loss.of(
                        List.of("score", "box"),
                        List.of(new ModelCard.Tolerance("box", 1, 1, "score", 2)),
                        RIGHT,
                        RIGHT)
                .getLast();
        assertThat(loss.deviation()).isNaN();
        assertThat(loss.tolerable()).isFalse();
    }

    @Test
    void withoutACardAHundredthOfTheSpreadIsAllowed() {
        assertThat(Loss.of(List.of("score", "box"), List.of(), RIGHT, RIGHT))
                .allMatch(Loss::tolerable)
                .extracting(Loss::allowed)
                .containsExactly(0.01, 0.11);
    }

    @Test
    void answersOfAnotherShapeOrThatAreNoNumbersAreNotTolerable() {
        List<List<Tensor>> shorter = List.of(List.of(floats(0), floats(1)), List.of(floats(0), floats(1)));
        List<List<Tensor>> nan =
                List.of(List.of(floats(0, 1, Float.NaN), RIGHT.getFirst().getLast()), RIGHT.getLast());
        for (var other : List.of(shorter, nan)) {
            var tolerances = List.of(new ModelCard.Tolerance("score", 1e9, 1, "", 0));
            assertThat(Loss.of(List.of("score"), tolerances, RIGHT, other)
                            .getFirst()
                            .tolerable())
                    .isFalse();
        }
    }

    private static double boxes(double share, String where, double least, List<List<Tensor>> other) {
        return Loss.of(
                        List.of("score", "box"),
                        List.of(new ModelCard.Tolerance("box", 1, share, where, least)),
                        RIGHT,
                        other)
                .getLast()
                .deviation();
    }

    private static Tensor floats(float... values) {
        return new Tensor.Floats(values, values.length);
    }
}
