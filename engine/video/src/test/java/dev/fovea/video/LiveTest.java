package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.BadInput;
import dev.fovea.image.Burst;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live pictures: JPEGs, cameras, several views, bursts. */
class LiveTest {
    @TempDir
    private Path folder;

    @Test
    void jpegsComeBack() throws IOException {
        try (var jpeg = new LiveJpeg(90)) {
            for (int[] size : new int[][] {{96, 64}, {61, 47}, {96, 64}, {16, 16}}) {
                Frame frame = Frame.of(Clips.picture(size[0], size[1], 2), Duration.ofMillis(7), "live");
                byte[] bytes = jpeg.encode(frame);
                Frame back = jpeg.decode(bytes, Duration.ofMillis(8), "live");
                assertThat(back.at()).isEqualTo(Duration.ofMillis(8));
                assertThat(Clips.psnr(back.image(), frame.image())).isGreaterThan(36);
                Path file = Files.write(folder.resolve("a.jpg"), bytes);
                Image others = Image.read(file);
                assertThat(Clips.psnr(others, back.image()))
                        .as("as other decoders see it")
                        .isGreaterThan(38);
            }
        }
    }

    @Test
    void foreignJpegsAreRead() throws IOException {
        Image picture = Clips.picture(90, 70, 4);
        Path file = folder.resolve("a.jpg");
        picture.write(file, Exif.NONE, new Encoding(95, 8));
        try (var jpeg = new LiveJpeg(90)) {
            Frame frame = jpeg.decode(Files.readAllBytes(file), Duration.ZERO, "a.jpg");
            assertThat(Clips.psnr(frame.image(), ((Frame) Shot.read(file)).image()))
                    .isGreaterThan(34);
        }
    }

    @Test
    @SuppressWarnings("try") // closing twice is part of it
    void brokenJpegsAreRefusedAndTheNextIsRead() {
        try (var jpeg = new LiveJpeg(90)) {
            byte[] sound = jpeg.encode(Frame.of(Clips.picture(96, 64, 2), Duration.ZERO, "live"));
            var random = new Random(5);
            for (int n = 0; n < 300; n++) {
                byte[] bytes = n % 2 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
                for (int k = 0; n % 2 == 1 && k < 4; k++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(jpeg.decode(bytes, Duration.ZERO, "live").width())
                            .isPositive();
                } catch (BadInput e) {
                    assertThat(e.getMessage()).startsWith("live ").endsWith(".");
                }
            }
            assertThat(jpeg.decode(sound, Duration.ZERO, "live").width()).isEqualTo(96);
            byte[] bomb = sound.clone();
            int frame = new String(bomb, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0");
            Arrays.fill(bomb, frame + 5, frame + 9, (byte) 0xFF);
            assertThatThrownBy(() -> jpeg.decode(bomb, Duration.ZERO, "live"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("268435456");
            assertThatThrownBy(() -> jpeg.decode(new byte[] {1, 2, 3}, Duration.ZERO, "live"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("no JPEG");
            jpeg.close();
            assertThatThrownBy(() -> jpeg.decode(sound, Duration.ZERO, "live"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCameraThatIsNotThereIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> Camera.open(99))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is not there")
                .hasMessageContaining(
                        Camera.present().isEmpty()
                                ? "no camera"
                                : Camera.present().getFirst());
    }

    @Test
    void linuxCamerasAreFoundByTheirNames() throws IOException {
        for (String[] device :
                new String[][] {{"video10", "Back", "0"}, {"video2", "Front", "0"}, {"video3", "Front", "1"}}) {
            Path at = Files.createDirectory(folder.resolve(device[0]));
            Files.writeString(at.resolve("name"), device[1] + "\n");
            Files.writeString(at.resolve("index"), device[2] + "\n");
        }
        assertThat(Camera.linux(folder))
                .hasToString("[Present[name=Front, address=/dev/video2], Present[name=Back, address=/dev/video10]]");
        assertThat(Camera.linux(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aCameraIsASequenceOfFrames() {
        assumeTrue(System.getProperty("os.name").contains("Linux"), "a test device that all platforms have in common");
        try (Camera camera = Camera.open("a test pattern", "lavfi", "testsrc=size=160x120:rate=20:duration=1")) {
            assertThat(camera.width()).isEqualTo(160);
            var frames = new ArrayList<Frame>();
            camera.forEach(frames::add);
            assertThat(frames).hasSize(20);
            assertThat(frames.get(3).at()).isEqualTo(Duration.ofMillis(150));
            assertThatThrownBy(camera::iterator).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> Camera.open("a broken one", "lavfi", "nothing=1"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void viewsAreMatchedByTime() {
        List<Frame> frames = Clips.frames(16, 16, 10);
        List<Frame> late = frames.subList(3, 10);
        List<Frame> sparse = List.of(frames.get(0), frames.get(4), frames.get(5), frames.get(9));
        var captures = new ArrayList<Capture>();
        Capture.of(Duration.ofMillis(20), List.of(frames, late, sparse)).forEach(captures::add);
        assertThat(captures).extracting(c -> c.at().toMillis()).containsExactly(160L, 200L, 360L);
        assertThat(captures.getFirst().views())
                .extracting(f -> f.at().toMillis())
                .containsExactly(160L, 160L, 160L);
        assertThatThrownBy(() -> Capture.of(Duration.ZERO, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSharpestRunIsCut() {
        var frames = new ArrayList<Frame>();
        for (Frame f : Clips.frames(96, 64, 30)) {
            boolean sharp = f.at().toMillis() >= 400 && f.at().toMillis() < 720;
            Image image = sharp ? f.image() : new GaussianBlur(2).apply(f.image());
            frames.add(Frame.of(image, f.at(), f.source()));
        }
        Path file = Clips.write(folder.resolve("a.mp4"), VideoEncoding.NORMAL.withQuality(95), frames);
        Burst burst = VideoBurst.sharpest(file, 8);
        assertThat(burst.shots())
                .extracting(s -> ((Frame) s).at().toMillis())
                .first()
                .isEqualTo(400L);
        assertThat(burst.size()).isEqualTo(8);
        assertThat(VideoBurst.sharpest(file, 64).size()).isEqualTo(30);
        Burst later = VideoBurst.at(file, Duration.ofMillis(1000), 8);
        assertThat(later.shots())
                .extracting(s -> ((Frame) s).at().toMillis())
                .first()
                .isEqualTo(1000L);
        assertThat(VideoBurst.at(file, Duration.ofMillis(1100), 8).size()).isEqualTo(3);
        assertThatThrownBy(() -> VideoBurst.at(file, Duration.ofSeconds(5), 8))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("ends after 1.2 s");
        assertThatThrownBy(() -> VideoBurst.sharpest(file, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRunDoesNotSpanACut() {
        var frames = new ArrayList<Frame>();
        for (Frame f : Clips.frames(96, 64, 12)) {
            Image image = f.at().toMillis() < 200
                    ? Image.of(96, 64, dev.fovea.image.Colour.GREY, new float[96 * 64])
                    : f.image();
            frames.add(Frame.of(image.to(dev.fovea.image.Colour.SRGB), f.at(), f.source()));
        }
        Path file = Clips.write(folder.resolve("a.mp4"), VideoEncoding.NORMAL, frames);
        Burst burst = VideoBurst.sharpest(file, 8);
        assertThat(burst.shots())
                .hasSize(7)
                .extracting(s -> ((Frame) s).at().toMillis())
                .first()
                .isEqualTo(200L);
    }
}
