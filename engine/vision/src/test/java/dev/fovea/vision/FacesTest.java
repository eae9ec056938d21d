package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Box;
import org.junit.jupiter.api.Test;

class FacesTest {
    private static final Box FACE = new Box(100, 100, 80, 100);

    @Test
    void anEyeThatLooksLikeAFaceIsAPieceOfOne() {
        assertThat(Faces.piece(new Box(110, 115, 30, 30), FACE)).isTrue();
        assertThat(Faces.piece(FACE, new Box(110, 115, 30, 30))).isFalse();
    }

    @Test
    void aHeadBehindAShoulderIsNot() {
        assertThat(Faces.piece(new Box(160, 90, 40, 50), FACE)).isFalse();
        assertThat(Faces.piece(new Box(300, 100, 30, 30), FACE)).isFalse();
    }

    @Test
    void noFaceIsAPieceOfItself() {
        assertThat(Faces.piece(FACE, FACE)).isFalse();
    }
}
