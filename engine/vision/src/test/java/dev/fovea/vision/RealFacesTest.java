package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.Tracker;
import dev.fovea.image.Affine2;
import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import dev.fovea.image.Shot;
import dev.fovea.image.Warp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled networks on real pictures, where those lie beside the project. */
class RealFacesTest {
    private static final Path FACES = Path.of(System.getProperty("fovea.data", "../../../shared/data"), "face");

    @TempDir
    Path folder;

    private Eye eye = Eye.with(new DiscNets());

    @BeforeEach
    void open() {
        assumeTrue(Files.isDirectory(FACES), "no real pictures here");
        eye = Eye.open();
    }

    @AfterEach
    void close() {
        eye.close();
    }

    private static Image driver() {
        return Image.read(FACES.resolve("yawn/no-111.jpg")).to(Colour.SRGB);
    }

    @Test
    void aDriverIsSeen() {
        List<Face> faces = eye.look(driver()).faces();
        assertThat(faces).hasSize(1);
        Face face = faces.getFirst();
        assertThat(face.box().centre().x()).isCloseTo(223, within(25.0));
        assertThat(face.points5().get(0).x()).isLessThan(face.points5().get(1).x());
        assertThat(face.irises().left().radius()).isBetween(3.0, 12.0);
        assertThat(face.mouth()).isLessThan(0.4);
    }

    @Test
    void greyAndSixteenBitPicturesAreSeenAlike() {
        Image picture = driver();
        Face face = eye.look(picture).faces().getFirst();
        Face grey = eye.look(new Luma().apply(picture)).faces().getFirst();
        assertThat(grey.box().overlap(face.box())).isGreaterThan(0.7);
        picture.write(folder.resolve("deep.png"), Exif.NONE, new Encoding(90, 16));
        Face deep = eye.look(Image.read(folder.resolve("deep.png"))).faces().getFirst();
        assertThat(deep.box().overlap(face.box())).isGreaterThan(0.95);
    }

    @Test
    void aPictureAndItsFrameShowTheSame() {
        Image picture = driver();
        Face face = eye.look(picture).faces().getFirst();
        Face framed =
                eye.look(Frame.of(picture, Duration.ZERO, "driver")).faces().getFirst();
        assertThat(framed.box().overlap(face.box())).isGreaterThan(0.9);
        assertThat(framed.pose().yaw()).isCloseTo(face.pose().yaw(), within(3.0));
    }

    @Test
    void aHundredNoisyCopiesHardlyTremble() {
        Image picture = driver();
        Tracker<Frame, Scene> watch = eye.watch();
        var meshes = new ArrayList<Landmarks>();
        for (int i = 0; i < 100; i++) {
            meshes.add(watch.next(copy(picture, i)).faces().getFirst().mesh());
        }
        assertThat(trembling(meshes)).isLessThanOrEqualTo(0.3);
    }

    @Test
    void aFaceThatMovesTenPixelsAFrameLagsAtMostOneFrame() {
        Image picture = driver();
        Tracker<Frame, Scene> watch = eye.watch();
        double start = 0;
        for (int i = 0; i < 25; i++) {
            double shift = Math.max(0, 10.0 * (i - 9));
            Image moved = new Warp(
                            Affine2.shift(-shift, 0), picture.width() + 160, picture.height(), Warp.Sampling.BILINEAR)
                    .apply(picture);
            double x = watch.next(copy(moved, i))
                    .faces()
                    .getFirst()
                    .mesh()
                    .box()
                    .centre()
                    .x();
            start = i == 9 ? x : start;
            if (i > 9) {
                assertThat(start + shift - x).isLessThanOrEqualTo(10);
            }
        }
    }

    /** Noise of six levels, and JPEG of changing quality. */
    private Frame copy(Image picture, int number) {
        var random = new Random(number);
        var planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = picture.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = (float) Math.clamp(planes[c][i] + 6 / 255.0 * random.nextGaussian(), 0, 1);
            }
        }
        Path file = folder.resolve("copy.jpg");
        Image.of(picture.width(), picture.height(), Colour.SRGB, planes)
                .write(file, Exif.NONE, new Encoding(80 + number % 10, 8));
        Frame read = (Frame) Shot.read(file);
        return new Frame(
                read.width(),
                read.height(),
                read.format(),
                read.bytes(),
                read.colour(),
                Duration.ofMillis(33L * number),
                read.spectrum(),
                read.exif(),
                "a copy");
    }

    /** How far points lie from their mean, root mean square. */
    private static double trembling(List<Landmarks> meshes) {
        double sum = 0;
        for (int i = 0; i < Landmarks.COUNT; i++) {
            int point = i;
            double x = meshes.stream().mapToDouble(m -> m.x(point)).average().orElseThrow();
            double y = meshes.stream().mapToDouble(m -> m.y(point)).average().orElseThrow();
            for (Landmarks m : meshes) {
                sum += Math.pow(m.x(i) - x, 2) + Math.pow(m.y(i) - y, 2);
            }
        }
        return Math.sqrt(sum / meshes.size() / Landmarks.COUNT);
    }
}
