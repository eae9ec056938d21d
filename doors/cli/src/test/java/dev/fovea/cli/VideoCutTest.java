package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.video.VideoEncoding;
import dev.fovea.video.VideoWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bursts may be cut from a video. */
class VideoCutTest {
    @TempDir
    private Path folder;

    private Path clip(String name) {
        Path file = folder.resolve(name);
        try (var writer = VideoWriter.to(file, VideoEncoding.NORMAL)) {
            for (int i = 0; i < 20; i++) {
                writer.write(Frame.of(Pictures.lamp(64, 48), Duration.ofMillis(40 * i), "frame " + i));
            }
            writer.finish();
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({"night, clip.mp4, 8", "superres, clip.webm, 8"})
    void aVideoIsABurst(String command, String name, int frames) {
        Path out = folder.resolve("out.png");
        Ran ran = Ran.fovea(command, clip(name).toString(), "-o", out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("from " + frames + " frames").contains(name + " at 0.");
        assertThat(Image.read(out).width()).isGreaterThanOrEqualTo(64);
    }

    @Test
    void itMayBeginAndEndAnywhere() {
        Path out = folder.resolve("out.png");
        Ran ran = Ran.fovea(
                "night",
                clip("a.avi").toString(),
                "--at",
                "0:00.4",
                "--frames",
                "3",
                "--reference",
                "0",
                "-o",
                out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("from 3 frames").contains("at 0.400 s");
    }

    @Test
    void whatDoesNotFitIsToldInOneSentence() {
        String clip = clip("a.mp4").toString();
        String out = folder.resolve("out.png").toString();
        Path picture = folder.resolve("a.png");
        Pictures.lamp(64, 48).write(picture);
        Ran.fovea("night", picture.toString(), "--at", "1", "-o", out).refuses("--at");
        Ran.fovea("night", picture.toString(), "--frames", "3", "-o", out).refuses("--frames");
        Ran.fovea("night", clip, picture.toString(), "-o", out).refuses("a.mp4");
        Ran.fovea("night", clip, "--at", "later", "-o", out).refuses("'later'");
        Ran.fovea("night", clip, "--at", "-1", "-o", out).refuses("'-1'");
        Ran.fovea("night", clip, "--at", "99", "-o", out).refuses("ends after 0.8 s");
        Ran.fovea("night", clip, "--frames", "0", "-o", out).refuses("frames is 0");
        Ran.fovea("night", clip, "-o", clip).refuses("one of the inputs");
    }
}
