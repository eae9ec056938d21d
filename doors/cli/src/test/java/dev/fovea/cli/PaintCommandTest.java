package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.video.Video;
import dev.fovea.video.VideoEncoding;
import dev.fovea.video.VideoWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Effects from the command line: light and colour. */
class PaintCommandTest {
    private static final Path PORTRAIT =
            Path.of(System.getProperty("fovea.data", "../../../shared/data"), "rgbd/iphone/front_facing/photo.jpg");

    @TempDir
    Path folder;

    @Test
    void a_picture_without_anybody_turns_grey() {
        Path grey = folder.resolve("grey.png");
        Ran ran = Ran.fovea("colorpop", lamp().toString(), "-o", grey.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("64 x 48 pixels").contains("nobody is in it");
        Image image = Image.read(grey);
        for (int i = 0; i < 64 * 48; i++) {
            assertThat(image.plane(1)[i]).isEqualTo(image.plane(0)[i]);
        }
    }

    @Test
    void light_needs_a_face_to_fall_on() {
        Ran.fovea("relight", lamp().toString(), "-o", folder.resolve("lit.jpg").toString())
                .refuses("lamp.jpg");
        assertThat(folder.resolve("lit.jpg")).doesNotExist();
    }

    @Test
    void the_light_on_a_portrait_moves() {
        assumeTrue(Files.exists(PORTRAIT), "no real portrait here");
        Path lit = folder.resolve("lit.png");
        Ran ran = Ran.fovea("relight", PORTRAIT.toString(), "--preset", "stage-mono", "-o", lit.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("a face in stage-mono light");
        Image image = Image.read(lit).to(Colour.SRGB);
        int corner = 40 * image.width() + 40;
        assertThat(image.plane(0)[corner]).as("the curtain is black").isLessThan(0.05f);
        int middle = image.height() / 2 * image.width() + image.width() / 2;
        assertThat(image.plane(0)[middle]).isGreaterThan(0.1f).isEqualTo(image.plane(2)[middle]);
    }

    @Test
    void depth_lights_more_than_the_face() {
        Path depth = PORTRAIT.resolveSibling("depth.png");
        assumeTrue(Files.exists(depth), "no real portrait here");
        Path without = folder.resolve("without.png");
        Path with = folder.resolve("with.png");
        Ran.fovea("relight", PORTRAIT.toString(), "--preset", "contour", "-o", without.toString());
        Ran ran = Ran.fovea(
                "relight",
                PORTRAIT.toString(),
                "--depth",
                depth.toString(),
                "--preset",
                "contour",
                "-o",
                with.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        Image a = Image.read(without);
        Image b = Image.read(with);
        int w = a.width();
        int forehead = (int) (0.35 * a.height()) * w + w / 2;
        int shoulder = (int) (0.95 * a.height()) * w + w / 8;
        assertThat(b.plane(1)[forehead]).isEqualTo(a.plane(1)[forehead]);
        assertThat(b.plane(1)[shoulder]).isNotEqualTo(a.plane(1)[shoulder]);
    }

    @Test
    void videos_are_painted_frame_by_frame() {
        Path clip = clip();
        Path grey = folder.resolve("grey.mp4");
        Ran ran = Ran.fovea("colorpop", clip.toString(), "-o", grey.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo(grey + ": 6 frames\n");
        Path blurred = folder.resolve("blurred.mp4");
        Ran focus = Ran.fovea("focus", clip.toString(), "--aperture", "2", "-o", blurred.toString());
        assertThat(focus.code()).as(focus.err()).isZero();
        try (Video video = Video.open(blurred)) {
            assertThat(video.width()).isEqualTo(64);
        }
    }

    @Test
    void what_cannot_be_done_is_one_sentence() {
        String lamp = lamp().toString();
        String out = folder.resolve("out.png").toString();
        Ran.fovea("relight", lamp, "-o", lamp).refuses("lamp.jpg");
        Ran.fovea("relight", lamp, "--depth", "nowhere.pfm", "-o", out).refuses("lamp.jpg");
        Ran.fovea("relight", lamp, "--light", "1,2", "-o", out).refuses("'1,2' is no direction");
        Ran.fovea("relight", lamp, "--light", "0,0,0", "-o", out).refuses("no direction");
        Ran.fovea("relight", lamp, "--preset", "disco", "-o", out).refuses("disco");
        Ran.fovea("relight", lamp, "--ambient", "3", "-o", out).refuses("ambient is 3");
        Ran.fovea("colorpop", folder.resolve("nowhere.jpg").toString(), "-o", out)
                .refuses("nowhere.jpg");
        Ran.fovea("colorpop", lamp, "-o", folder.resolve("out.xyz").toString()).refuses("out.xyz");
        Ran.fovea(
                        "focus",
                        clip().toString(),
                        "--at",
                        "1,1",
                        "-o",
                        folder.resolve("o.mp4").toString())
                .refuses("no depth");
    }

    private Path lamp() {
        Path file = folder.resolve("lamp.jpg");
        Pictures.lamp(64, 48).write(file);
        return file;
    }

    private Path clip() {
        Path file = folder.resolve("clip.mp4");
        Frame frame = Frame.of(Pictures.lamp(64, 48), Duration.ZERO, "lamp");
        try (var writer = VideoWriter.to(file, VideoEncoding.NORMAL)) {
            for (int i = 0; i < 6; i++) {
                writer.write(frame.image(), Duration.ofMillis(40L * i));
            }
            writer.finish();
        }
        return file;
    }
}
