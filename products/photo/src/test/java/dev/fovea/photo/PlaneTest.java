package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaneTest {
    /** Half the size maps x to (x + 0.5) / 2 - 0.5: pixel x of the half lies at 2 x + 0.5. */
    @ParameterizedTest
    @CsvSource({"64,48", "33,17", "2,2"})
    void halfOfARampIsTheRampInItsMiddle(int width, int height) {
        Plane ramp = ramp(width, height);
        Plane half = ramp.half();
        assertThat(half.width()).isEqualTo((width + 1) / 2);
        assertThat(half.height()).isEqualTo((height + 1) / 2);
        for (int y = 1; y < height / 2 - 1; y++) {
            for (int x = 1; x < width / 2 - 1; x++) {
                assertThat(half.values()[half.at(x, y)]).isEqualTo(4 * (2 * x + 0.5f) - 8 * (2 * y + 0.5f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "15,17", "40,9"})
    void theRimRepeatsTheEdges(int width, int height) {
        Plane plane = ramp(width, height);
        for (Plane p : java.util.List.of(plane, plane.half())) {
            for (int y = -Plane.RIM; y < p.height() + Plane.RIM; y++) {
                for (int x = -Plane.RIM; x < p.width() + Plane.RIM; x++) {
                    int edge = p.at(Math.clamp(x, 0, p.width() - 1), Math.clamp(y, 0, p.height() - 1));
                    assertThat(p.values()[p.at(x, y)]).isEqualTo(p.values()[edge]);
                }
            }
        }
    }

    @Test
    void aPyramidEndsBeforeASideGetsTooShort() {
        assertThat(ramp(100, 60).pyramid(24, 7).stream().map(Plane::height)).containsExactly(60, 30);
        assertThat(ramp(100, 100).pyramid(2, 3)).hasSize(3);
        assertThat(ramp(1, 1).pyramid(24, 7)).hasSize(1);
    }

    private static Plane ramp(int width, int height) {
        var plane = new Plane(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plane.values()[plane.at(x, y)] = 4 * x - 8 * y;
            }
        }
        plane.pad();
        return plane;
    }
}
