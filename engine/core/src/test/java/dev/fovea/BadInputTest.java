package dev.fovea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BadInputTest {
    @Test
    void theMessageIsOneSentenceOfSourceProblemAndCure() {
        var bad = new BadInput("IMG_7.jpg", "is cut off after 312 bytes", "copy it from the camera again");
        assertThat(bad).hasMessage("IMG_7.jpg is cut off after 312 bytes; copy it from the camera again.");
        assertThat(bad.source()).isEqualTo("IMG_7.jpg");
        assertThat(bad.problem()).isEqualTo("is cut off after 312 bytes");
        assertThat(bad.cure()).isEqualTo("copy it from the camera again");
    }

    @Test
    void whatRevealedItIsKept() {
        var cause = new IOException("end of stream");
        assertThat(new BadInput("a.png", "ends too early", "copy it again", cause))
                .hasCause(cause);
    }
}
