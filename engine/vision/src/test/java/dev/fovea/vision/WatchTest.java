package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.Tracker;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {
    private final DiscNets nets = new DiscNets();
    private final Tracker<Frame, Scene> watch = Eye.with(nets).watch();
    private int frames;

    private List<Face> next(Image image) {
        return watch.next(Discs.frame(image, Duration.ofMillis(33L * frames++), 0, frames))
                .faces();
    }

    @Test
    void facesKeepTheirNumbersWhileTheyPassEachOther() {
        int left = -1;
        int right = -1;
        for (int i = 0; i < 60; i++) {
            List<Face> faces = next(
                    Discs.picture(640, 480, new double[] {100 + 7 * i, 150, 40}, new double[] {540 - 7 * i, 340, 40}));
            assertThat(faces).hasSize(2);
            Face upper = faces.get(0).box().y() < faces.get(1).box().y() ? faces.get(0) : faces.get(1);
            Face lower = upper == faces.get(0) ? faces.get(1) : faces.get(0);
            if (i == 0) {
                left = upper.id();
                right = lower.id();
            }
            assertThat(upper.id()).isEqualTo(left);
            assertThat(lower.id()).isEqualTo(right);
        }
    }

    @Test
    void aFaceThatIsHiddenForAMomentKeepsItsNumber() {
        Image face = Discs.picture(320, 240, new double[] {160, 120, 40});
        next(Discs.picture(320, 240, new double[] {60, 60, 30}, new double[] {220, 150, 40}));
        for (int i = 0; i < 70; i++) {
            next(Discs.picture(320, 240));
        }
        int id = next(face).getFirst().id();
        assertThat(id).isGreaterThan(1);
        for (int i = 0; i < 8; i++) {
            assertThat(next(Discs.picture(320, 240))).isEmpty();
        }
        assertThat(next(face).getFirst().id()).isEqualTo(id);
    }

    @Test
    void theDetectorRestsWhileAFaceIsFollowed() {
        Image face = Discs.picture(320, 240, new double[] {160, 120, 40});
        for (int i = 0; i < 100; i++) {
            assertThat(next(face)).hasSize(1);
        }
        assertThat(nets.detections.get()).isLessThan(20);
        assertThat(nets.meshes.get()).isLessThan(110);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 60, 110})
    void aMovingFaceLagsAtMostOneFrame(int radius) {
        var worst = new ArrayList<Double>();
        for (int i = 0; i < 40; i++) {
            double x = i < 8 ? 120 : 120 + 10 * (i - 8);
            Face face =
                    next(Discs.picture(640, 480, new double[] {x, 240, radius})).getFirst();
            worst.add(x - middle(face).x());
        }
        assertThat(worst).allSatisfy(lag -> assertThat(lag).isLessThan(10));
    }

    @Test
    void aRestingFaceHardlyTrembles() {
        Image face = Discs.picture(640, 480, new double[] {320, 240, 60});
        var xs = new ArrayList<Double>();
        for (int i = 0; i < 100; i++) {
            Frame frame = Discs.frame(face, Duration.ofMillis(33L * i), 40, i);
            xs.add(middle(watch.next(frame).faces().getFirst()).x());
        }
        double mean = xs.stream().mapToDouble(x -> x).average().orElseThrow();
        double rms = Math.sqrt(
                xs.stream().mapToDouble(x -> (x - mean) * (x - mean)).average().orElseThrow());
        assertThat(rms).isLessThan(0.1);
        assertThat(mean).isCloseTo(320, within(2.0));
    }

    @Test
    void timestampsThatStandStillCountAsTheUsualPace() {
        Image face = Discs.picture(320, 240, new double[] {160, 120, 40});
        for (int i = 0; i < 5; i++) {
            assertThat(watch.next(Discs.frame(face, Duration.ZERO, 0, i))
                            .faces()
                            .getFirst()
                            .mesh()
                            .finite())
                    .isTrue();
        }
    }

    @Test
    void aSceneOfAWatchCanBeAskedForOtherSights() {
        Scene scene = watch.next(Discs.frame(Discs.picture(64, 64, new double[] {32, 32, 20}), Duration.ZERO, 0, 1));
        assertThat(scene.see(FaceDetector.NORMAL)).hasSize(1);
        assertThat(scene.faces()).hasSize(1);
    }

    private static Point2 middle(Face face) {
        return face.box().centre();
    }
}
