package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FieldTest {
    private static final float FIRST = 7.5f;

    @Test
    void betweenTilesThatAgreeItIsBilinear() {
        float[] dx = {0, 0.4f, 0.8f, 0.2f, 0.6f, 1};
        float[] dy = {1, 1.4f, 1.8f, 1.2f, 1.6f, 2};
        var field = new Field(3, 2, 16, FIRST, dx, dy);
        for (float y = 7.5f; y <= 23.5f; y++) {
            for (float x = 7.5f; x <= 39.5f; x++) {
                float wanted = 0.4f * (x - FIRST) / 16 + 0.2f * (y - FIRST) / 16;
                assertThat(field.dx(x, y)).isCloseTo(wanted, within(1e-5f));
                assertThat(field.dy(x, y)).isCloseTo(1 + wanted, within(1e-5f));
            }
        }
    }

    @Test
    void beyondTheOutermostTilesItStaysAsItIs() {
        var field = new Field(2, 1, 16, FIRST, new float[] {1, 2}, new float[] {3, 3});
        assertThat(field.dx(-100, -100)).isEqualTo(1);
        assertThat(field.dx(500, 9)).isEqualTo(2);
        assertThat(field.dy(500, 900)).isEqualTo(3);
    }

    @Test
    void whereTilesBreakTheNearestIsTaken() {
        var field = new Field(2, 1, 16, FIRST, new float[] {0, 0.5f}, new float[] {0, 5});
        assertThat(field.dx(15, 0)).isZero();
        assertThat(field.dy(15, 0)).isZero();
        assertThat(field.dx(16, 0)).isEqualTo(0.5f);
        assertThat(field.dy(16, 0)).isEqualTo(5);
    }

    @Test
    void oneTileIsEverywhereTheSame() {
        var field = new Field(1, 1, 16, FIRST, new float[] {-2}, new float[] {3});
        assertThat(field.dx(0, 0)).isEqualTo(-2);
        assertThat(field.dy(1000, -50)).isEqualTo(3);
        assertThat(field.mean()).isCloseTo(Math.sqrt(13), within(1e-6));
        assertThat(Field.still(4, 5, 16, FIRST).mean()).isZero();
    }
}
