package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.image.Resize;
import dev.fovea.model.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EyeStatesTest {
    /** A drawn head whose lids are at rest, half-way and shut, side by side. */
    private static final List<Integer> PLACES = List.of(0, 1, 2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0,0", "35,0", "-35,20", "0,-30"})
    void theCutIsLevelWithTheCornersAndAsLargeAsTheyAreApartInSpace(double yaw, double roll) {
        Landmarks mesh = FaceTest.turned(yaw, 0, roll, new double[] {0, 0}, 0);
        for (int[] corners : List.of(FaceMesh.LEFT_CORNERS, FaceMesh.RIGHT_CORNERS)) {
            FaceCrop cut = EyeStates.cut(mesh, corners);
            Landmarks ahead = FaceTest.turned(0, 0, 0, new double[] {0, 0}, 0);
            assertThat(cut.side()).isCloseTo(1.5 * ahead.distance(corners[0], corners[1]), within(1e-3));
            Point2 across = mesh.point(corners[1]).minus(mesh.point(corners[0]));
            assertThat(cut.ux() * across.y()).isCloseTo(cut.uy() * across.x(), within(1e-3));
            assertThat(cut.ux()).isPositive();
        }
    }

    @Test
    void theRightEyeIsSeenInAMirror() {
        var planes = new float[3][300 * 300];
        for (int i = 0; i < 300 * 300; i++) {
            planes[0][i] = planes[1][i] = planes[2][i] = i % 300 / 300f;
        }
        Scene scene = Eye.with(new DiscNets()).look(Image.of(300, 300, Colour.SRGB, planes));
        Landmarks mesh = moved(FaceTest.turned(0, 0, 0, new double[] {0, 0}, 0), 150, 150);
        Sides<EyeState> eyes = new EyeStates(new DiscNets()).look(scene, mesh);
        // The stand-in's confidence is the brightness of a cut's left half, where the outer corner shall be.
        double left = mesh.middle(FaceMesh.LEFT_CORNERS).x() / 300;
        double right = mesh.middle(FaceMesh.RIGHT_CORNERS).x() / 300;
        assertThat(eyes.left().confidence()).isLessThan(left - 0.01);
        assertThat(eyes.right().confidence()).isGreaterThan(right + 0.01);
    }

    @Test
    void facesOfPicturesAndOfVideosHaveTheirEyes() {
        Image picture = Discs.picture(320, 240, new double[] {160, 120, 60});
        Eye eye = Eye.with(new DiscNets());
        Sides<EyeState> looked = eye.look(picture).faces().getFirst().eyes();
        assertThat(looked.left().open()).isCloseTo(0.2126 * 0.95 + 0.7874 * 0.05, within(0.02));
        assertThat(looked.right().open()).isCloseTo(looked.left().open(), within(0.01));
        Sides<EyeState> watched = eye.watch()
                .next(Discs.frame(picture, Duration.ZERO, 0, 1))
                .faces()
                .getFirst()
                .eyes();
        assertThat(watched.left().open()).isCloseTo(looked.left().open(), within(0.02));
    }

    @Test
    void eyesOfNoSizeAreUnknown() {
        Scene scene = Eye.with(new DiscNets()).look(Discs.picture(50, 50));
        Sides<EyeState> eyes = new EyeStates(new DiscNets()).look(scene, new Landmarks(new float[3 * Landmarks.COUNT]));
        assertThat(eyes).isEqualTo(new Sides<>(EyeState.UNKNOWN, EyeState.UNKNOWN));
    }

    @Test
    void aDrawnHeadThatShutsItsEyesIsTold() throws IOException {
        try (var eye = Eye.open(ModelStore.of(folder))) {
            List<Sides<EyeState>> states = PLACES.stream()
                    .map(place -> eye.look(head(place)).faces().getFirst().eyes())
                    .toList();
            assertThat(states).allSatisfy(s -> {
                assertThat(s.left().confidence()).isGreaterThan(0.5);
                assertThat(s.right().confidence()).isGreaterThan(0.5);
            });
            assertThat(states.get(0).left().open()).isGreaterThan(0.7);
            assertThat(states.get(1).left().open()).isBetween(0.15, 0.75);
            assertThat(states.get(2).left().open()).isLessThan(0.25);
            assertThat(states.get(0).right().open())
                    .isGreaterThan(states.get(1).right().open());
            assertThat(states.get(1).right().open())
                    .isGreaterThan(states.get(2).right().open());
        }
    }

    @Test
    void theAnswerBearsDarknessAndNoise() {
        try (var eye = Eye.open(ModelStore.of(folder))) {
            for (int place : List.of(0, 2)) {
                Image head = head(place);
                EyeState plain = eye.look(head).faces().getFirst().eyes().left();
                for (Image changed : List.of(dark(head), noisy(head))) {
                    EyeState state = eye.look(changed).faces().getFirst().eyes().left();
                    assertThat(state.open() >= EyeState.HALF).isEqualTo(plain.open() >= EyeState.HALF);
                }
            }
        }
    }

    @Test
    void aBlackBarOverTheEyesLeavesNoConfidence() {
        try (var eye = Eye.open(ModelStore.of(folder))) {
            Image head = head(0);
            Face face = eye.look(head).faces().getFirst();
            Image barred = barred(head, face);
            Sides<EyeState> eyes;
            try (var nets = new OpenNets(ModelStore.of(folder))) {
                eyes = new EyeStates(nets).look(eye.look(barred), face.mesh());
            }
            assertThat(eyes.left().confidence()).isLessThan(0.5);
            assertThat(eyes.right().confidence()).isLessThan(0.5);
        }
    }

    /** Where there is no eye, or too little of one, nobody is sure of it. */
    @ParameterizedTest
    @ValueSource(doubles = {4, 8, 300})
    void aFewPixelsFlatGreyAndEmptySpaceGiveNoConfidence(double size) {
        Image grey = Discs.picture(400, 400);
        Image tiny = shrunk(head(0), size);
        try (var nets = new OpenNets(ModelStore.of(folder));
                var eye = Eye.open(ModelStore.of(folder))) {
            var states = new EyeStates(nets);
            Landmarks mesh = scaled(moved(FaceTest.turned(0, 0, 0, new double[] {0, 0}, 0), 0, 0), size / 180);
            unsure(states.look(eye.look(grey), moved(mesh, 200, 200)));
            unsure(states.look(eye.look(grey), moved(mesh, -3000, 50)));
            if (size < 10) {
                Landmarks there = eye.look(head(0)).faces().getFirst().mesh();
                unsure(states.look(eye.look(tiny), scaled(there, (double) tiny.width() / head(0).width())));
            }
        }
    }

    private static void unsure(Sides<EyeState> eyes) {
        for (EyeState e : List.of(eyes.left(), eyes.right())) {
            assertThat(e.open()).isBetween(0.0, 1.0);
            assertThat(e.confidence()).isBetween(0.0, 0.5);
        }
    }

    /** A third of the strip. */
    private Image head(int place) {
        try (InputStream in = Objects.requireNonNull(EyeStatesTest.class.getResourceAsStream("lids.jpg"))) {
            Path file = folder.resolve("lids.jpg");
            Files.write(file, in.readAllBytes());
            Image strip = Image.read(file).to(Colour.SRGB);
            int side = strip.height();
            return new Crop(place * side, 0, side, side).apply(strip);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** So small that its face has about so many pixels. */
    private static Image shrunk(Image head, double face) {
        int side = (int) Math.max(2, Math.round(head.width() * face / 90));
        return new Resize(side, side, Resize.Filter.BOX).apply(head);
    }

    private static Image barred(Image head, Face face) {
        double y = face.points5().get(0).y();
        double half = 0.28 * face.points5().get(0).distance(face.points5().get(1));
        var planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = head.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = Math.abs(i / head.width() - y) < half ? 0.03f : planes[c][i];
            }
        }
        return Image.of(head.width(), head.height(), head.colour(), planes);
    }

    private static Image dark(Image head) {
        var planes = new float[3][head.width() * head.height()];
        for (int i = 0; i < planes[0].length; i++) {
            for (int c = 0; c < 3; c++) {
                planes[c][i] = (float) Math.pow(head.plane(c)[i], 2.0);
            }
        }
        return Image.of(head.width(), head.height(), head.colour(), planes);
    }

    private static Image noisy(Image head) {
        var random = new Random(2);
        var planes = new float[3][head.width() * head.height()];
        for (int i = 0; i < planes[0].length; i++) {
            for (int c = 0; c < 3; c++) {
                planes[c][i] = (float) Math.clamp(head.plane(c)[i] + 0.05 * random.nextGaussian(), 0, 1);
            }
        }
        return Image.of(head.width(), head.height(), head.colour(), planes);
    }

    private static Landmarks scaled(Landmarks mesh, double by) {
        float[] values = mesh.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) by;
        }
        return new Landmarks(values);
    }

    private static Landmarks moved(Landmarks mesh, double x, double y) {
        Point2 from = mesh.box().centre();
        float[] values = mesh.values().clone();
        for (int i = 0; i < values.length; i += 3) {
            values[i] += (float) (x - from.x());
            values[i + 1] += (float) (y - from.y());
        }
        return new Landmarks(values);
    }
}
