package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Box;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceDetectorTest {
    private final DiscNets nets = new DiscNets();
    private final Eye eye = Eye.with(nets);

    @ParameterizedTest
    @CsvSource({
        "250, 250, 120, 130, 50", "640, 480, 600, 440, 12", "2400, 1800, 1003, 77, 10", "2400, 1800, 2380, 1780, 10",
        "1800, 2400, 600, 1200, 500", "4000, 300, 2222, 150, 40", "80, 80, 40, 40, 36", "33, 47, 16, 20, 9"
    })
    void aFaceIsFoundWhereItIsOnceWhateverItsSize(int w, int h, double x, double y, double r) {
        List<Detection> found =
                eye.look(Discs.picture(w, h, new double[] {x, y, r})).see(FaceDetector.NORMAL);
        assertThat(found).hasSize(1);
        Box box = found.getFirst().box();
        double exact = Math.max(1, 0.06 * r);
        assertThat(box.centre().x()).isCloseTo(x, within(exact));
        assertThat(box.centre().y()).isCloseTo(y, within(exact));
        assertThat(box.width()).isCloseTo(2 * r, within(2 * exact));
        assertThat(found.getFirst().points().get(2).x()).isCloseTo(x, within(exact));
    }

    @Test
    void aHundredFacesAreFoundEachOnce() {
        var discs = new double[100][];
        for (int i = 0; i < 100; i++) {
            discs[i] = new double[] {60 + 120 * (i % 10) + i % 3, 60 + 120 * (i / 10), 14 + i % 20};
        }
        Scene scene = eye.look(Discs.picture(1300, 1300, discs));
        assertThat(scene.see(FaceDetector.NORMAL)).hasSize(100);
        assertThat(scene.faces()).hasSize(100);
        assertThat(scene.faces().getFirst().id()).isZero();
        assertThat(scene.faces().getFirst().box().width())
                .isGreaterThan(scene.faces().getLast().box().width());
    }

    @Test
    void aLargePictureCostsABoundedNumberOfLooks() {
        eye.look(Discs.picture(4200, 3100)).see(FaceDetector.NORMAL);
        assertThat(nets.detections.get()).isLessThanOrEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 31, 33})
    void aPictureOfAFewPixelsHasNoFaceAndDoesNoHarm(int side) {
        assertThat(eye.look(Discs.picture(side, side)).faces()).isEmpty();
        assertThat(eye.look(Discs.picture(side, 1)).faces()).isEmpty();
    }

    @Test
    void aFaceOfFourPixelsIsNone() {
        assertThat(eye.look(Discs.picture(200, 200, new double[] {100, 100, 2})).faces())
                .isEmpty();
    }

    @Test
    void framesOfEveryFormatAreSeen() {
        for (Frame.Format format : Frame.Format.values()) {
            Colour colour = format.grey() ? Colour.GREY : Colour.SRGB;
            var bytes = new byte[(int) format.bytes(101, 75)];
            var frame = new Frame(
                    101, 75, format, bytes, colour, Duration.ZERO, Frame.Spectrum.INFRARED, Exif.NONE, "black");
            assertThat(eye.look(frame).faces()).isEmpty();
        }
    }

    @Test
    void valuesThatAreNoNumbersAndWiderGamutsAreSeenAsDisplayed() {
        Image red = Discs.picture(120, 120, new double[] {60, 60, 30});
        red.plane(0)[0] = Float.NaN;
        red.plane(1)[1] = Float.POSITIVE_INFINITY;
        assertThat(eye.look(red).faces()).hasSize(1);
        assertThat(eye.look(Discs.picture(120, 120, new double[] {60, 60, 30}).to(Colour.LINEAR))
                        .faces())
                .hasSize(1);
    }
}
