package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken video ends in a sentence, or cleanly after what can be read. */
class DamageTest {
    private static final int FRAMES = 30;

    @TempDir
    private Path folder;

    private byte[] sound(String extension) throws IOException {
        return Files.readAllBytes(
                Clips.write(folder.resolve("sound." + extension), VideoEncoding.NORMAL, Clips.frames(96, 64, FRAMES)));
    }

    /** How many frames come, or -1 for a refusal; never anything else, and soon. */
    private int read(Path file) {
        return assertTimeout(Duration.ofSeconds(10), () -> {
            try (Video video = Video.open(file)) {
                int frames = 0;
                for (Frame frame : video) {
                    assertThat(frame.width()).isEqualTo(video.width());
                    frames++;
                }
                if (frames < FRAMES) {
                    assertThat(video.damage())
                            .as(frames + " frames of " + Files.size(file) + " bytes")
                            .isPresent();
                    assertSentence(file, video.damage().get());
                }
                return frames;
            } catch (BadInput e) {
                assertSentence(file, e);
                return -1;
            }
        });
    }

    private static void assertSentence(Path file, BadInput e) {
        assertThat(e.getMessage()).startsWith(file.toString()).endsWith(".").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "avi"})
    void aFileCutOffAnywhereTellsHowFarItCame(String extension) throws IOException {
        byte[] whole = sound(extension);
        Path file = folder.resolve("cut." + extension);
        int last = -1;
        for (int part = 0; part < 24; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * part / 24));
            int frames = read(file);
            assertThat(frames).as("cut at " + part + "/24").isBetween(-1, FRAMES - 1);
            last = Math.max(last, frames);
        }
        assertThat(last).isGreaterThan(FRAMES / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webm", "mkv", "y4m"})
    void aCutStreamIsReadToItsEnd(String extension) throws IOException {
        byte[] whole = sound(extension);
        Path file = folder.resolve("cut." + extension);
        for (int part = 0; part < 24; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * part / 24));
            assertTimeout(Duration.ofSeconds(10), () -> {
                try (Video video = Video.open(file)) {
                    assertThat(video).hasSizeBetween(1, FRAMES);
                } catch (BadInput e) {
                    assertSentence(file, e);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "webm", "mkv", "avi", "y4m"})
    void rubbishInAFileNeverCrashes(String extension) throws IOException {
        byte[] whole = sound(extension);
        Path file = folder.resolve("rubbish." + extension);
        var random = new Random(7);
        for (int n = 0; n < 60; n++) {
            byte[] bytes = whole.clone();
            for (int k = random.nextInt(12); k >= 0; k--) {
                int at = random.nextInt(random.nextBoolean() ? Math.min(1200, bytes.length) : bytes.length);
                bytes[at] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            assertTimeout(Duration.ofSeconds(20), () -> {
                try (Video video = Video.open(file)) {
                    int frames = 0;
                    for (Frame frame : video) {
                        frames++;
                        if (frames > 10 * FRAMES) {
                            break;
                        }
                    }
                } catch (BadInput e) {
                    assertSentence(file, e);
                }
            });
        }
    }

    @Test
    void damageInTheMiddleIsToldButTheRestIsRead() throws IOException {
        byte[] bytes = sound("mp4");
        for (int i = bytes.length * 2 / 3; i < bytes.length * 2 / 3 + 400; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Path file = Files.write(folder.resolve("hole.mp4"), bytes);
        try (Video video = Video.open(file)) {
            assertThat(video).hasSizeBetween(FRAMES / 2, FRAMES);
            assertThat(video.damage()).isPresent();
            assertThat(video.damage().get()).hasMessageContaining("damaged");
        }
    }

    @Test
    void whatIsNoVideoIsToldWhatItIs() throws IOException {
        assertRefused("empty.mp4", new byte[0], "is empty");
        assertRefused("text.mp4", "hello, this is text".getBytes(), "is no video");
        assertRefused("list.m3u8", "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n".getBytes(), "is no video");
        assertRefused("list.txt", "ffconcat version 1.0\nfile sound.mp4\n".getBytes(), "is no video");
        var random = new byte[5000];
        new Random(1).nextBytes(random);
        assertRefused("noise.mp4", random, "is no video");
        Path picture = folder.resolve("picture.mp4");
        Path png = folder.resolve("picture.png");
        Clips.picture(32, 32, 1).write(png);
        Files.copy(png, picture);
        assertThatThrownBy(() -> Video.open(picture))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is a PNG picture");
        Path wave = Clips.wave(folder.resolve("tone.wav"), 0.5);
        assertThatThrownBy(() -> Video.open(wave)).isInstanceOf(BadInput.class).hasMessageContaining("only sound");
        assertThatThrownBy(() -> Video.open(folder.resolve("none.mp4")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Video.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is a folder");
    }

    private void assertRefused(String name, byte[] bytes, String why) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        assertThatThrownBy(() -> Video.open(file)).isInstanceOf(BadInput.class).hasMessageContaining(why);
    }

    @Test
    void absurdSizesAreRefusedBeforeAnythingIsAllocated() throws IOException {
        Path y4m = Files.write(
                folder.resolve("bomb.y4m"), "YUV4MPEG2 W40000 H40000 F25:1 Ip A1:1 C420jpeg\nFRAME\n".getBytes());
        assertThatThrownBy(() -> Video.open(y4m)).isInstanceOf(BadInput.class);
        Path file = folder.resolve("bomb.avi");
        byte[] avi = sound("avi");
        String text = new String(avi, java.nio.charset.StandardCharsets.ISO_8859_1);
        int strf = text.indexOf("strf") + 8;
        var buffer = java.nio.ByteBuffer.wrap(avi).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(strf + 4, 1 << 20).putInt(strf + 8, 1 << 20);
        Files.write(file, avi);
        read(file);
    }
}
