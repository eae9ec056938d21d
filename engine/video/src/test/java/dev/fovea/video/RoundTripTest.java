package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again: pictures, times, sizes. */
class RoundTripTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "mp4, USUAL, 36",
        "mov, USUAL, 36",
        "mkv, USUAL, 36",
        "webm, USUAL, 36",
        "avi, USUAL, 36",
        "y4m, USUAL, 99",
        "mov, MJPEG, 36",
        "mkv, VP8, 36",
        "webm, AV1, 38",
        "mp4, AV1, 38",
        "m4v, H264, 36"
    })
    void whatIsWrittenIsRead(String extension, VideoEncoding.Coding coding, double decibels) {
        List<Frame> frames = Clips.frames(160, 120, 12);
        Path file = Clips.write(
                folder.resolve("clip." + extension),
                VideoEncoding.NORMAL.withQuality(90).withCoding(coding),
                frames);
        List<Frame> read = Clips.read(file);
        assertThat(read).hasSize(12);
        for (int i = 0; i < 12; i++) {
            assertThat(read.get(i).at()).isEqualTo(frames.get(i).at());
            assertThat(read.get(i).format()).isEqualTo(Frame.Format.I420);
            assertThat(Clips.psnr(read.get(i).image(), frames.get(i).image()))
                    .as("frame " + i)
                    .isGreaterThan(decibels);
        }
        try (Video video = Video.open(file)) {
            assertThat(video.width()).isEqualTo(160);
            assertThat(video.height()).isEqualTo(120);
            assertThat(video.rate()).isEqualTo(25);
            assertThat(video.duration()).isBetween(Duration.ofMillis(440), Duration.ofMillis(520));
            assertThat(video.sound()).isFalse();
            assertThat(Video.recognises(file)).isTrue();
        }
        assertThat(folder.toFile().list()).containsExactly("clip." + extension);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "webm", "avi", "y4m"})
    void flatColoursComeBackInAnySize(String extension) {
        for (int[] size : new int[][] {{64, 48}, {1280, 720}}) {
            for (float[] rgb :
                    new float[][] {{0.8f, 0.2f, 0.1f}, {0.1f, 0.7f, 0.2f}, {0.2f, 0.3f, 0.9f}, {0, 0, 0}, {1, 1, 1}}) {
                Image flat = flat(size[0], size[1], rgb);
                Path file = folder.resolve("flat." + extension);
                Clips.write(
                        file, VideoEncoding.NORMAL.withQuality(100), List.of(Frame.of(flat, Duration.ZERO, "flat")));
                Image read = Clips.read(file).getFirst().image();
                for (int c = 0; c < 3; c++) {
                    assertThat(read.plane(c)[read.width() * 20 + 20])
                            .as(size[0] + " " + Arrays.toString(rgb))
                            .isBetween(rgb[c] - 0.02f, rgb[c] + 0.02f);
                }
            }
        }
    }

    private static Image flat(int w, int h, float[] rgb) {
        var planes = new float[3][w * h];
        for (int c = 0; c < 3; c++) {
            Arrays.fill(planes[c], rgb[c]);
        }
        return Image.of(w, h, Colour.SRGB, planes);
    }

    @Test
    void oddSizesAreKeptOrGrowByOne() {
        List<Frame> frames = Clips.frames(61, 47, 3);
        for (String extension : new String[] {"webm", "avi", "y4m", "mp4"}) {
            Path file = Clips.write(folder.resolve("odd." + extension), VideoEncoding.NORMAL.withQuality(95), frames);
            Frame read = Clips.read(file).getFirst();
            int more = extension.equals("mp4") ? 1 : 0;
            assertThat(read.width()).isEqualTo(61 + more);
            assertThat(read.height()).isEqualTo(47 + more);
            assertThat(Clips.psnr(read.image(), frames.getFirst().image()))
                    .as(extension)
                    .isGreaterThan(36);
        }
    }

    @Test
    void framesOfEveryKindCanBeWritten() {
        Image picture = Clips.picture(80, 60, 1);
        for (Frame.Format format : Frame.Format.values()) {
            Frame frame = of(picture, format);
            Path file = Clips.write(folder.resolve("any.mkv"), VideoEncoding.NORMAL.withQuality(95), List.of(frame));
            Image wanted = frame.image().to(Colour.SRGB);
            assertThat(Clips.psnr(Clips.read(file).getFirst().image(), wanted))
                    .as("" + format)
                    .isGreaterThan(35);
        }
    }

    private static Frame of(Image image, Frame.Format format) {
        Image from = image.to(format.grey() ? Colour.GREY : Colour.SRGB);
        int planes = from.colour().planes(), n = image.width() * image.height();
        if (format == Frame.Format.I420) {
            return Frame.of(image, Duration.ZERO, "a picture");
        }
        boolean deep = format == Frame.Format.RGB16 || format == Frame.Format.GREY16;
        var bytes = new byte[(int) format.bytes(image.width(), image.height())];
        for (int i = 0, o = 0; i < n; i++) {
            for (int c = 0; c < planes; c++) {
                int v = Math.round(from.plane(c)[i] * (deep ? 65535 : 255));
                bytes[o++] = (byte) v;
                if (deep) {
                    bytes[o++] = (byte) (v >> 8);
                }
            }
        }
        return new Frame(
                image.width(),
                image.height(),
                format,
                bytes,
                from.colour(),
                Duration.ZERO,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                "a picture");
    }

    @Test
    void timesThatAreNotEvenAreKept() {
        List<Frame> even = Clips.frames(64, 48, 5);
        long[] millis = {0, 17, 100, 101, 900};
        List<Frame> uneven = java.util.stream.IntStream.range(0, 5)
                .mapToObj(i -> at(even.get(i), Duration.ofMillis(millis[i])))
                .toList();
        for (String extension : new String[] {"mp4", "webm", "mkv", "mov"}) {
            Path file = Clips.write(folder.resolve("uneven." + extension), VideoEncoding.NORMAL, uneven);
            assertThat(Clips.read(file)).extracting(f -> f.at().toMillis()).containsExactly(0L, 17L, 100L, 101L, 900L);
        }
    }

    private static Frame at(Frame f, Duration at) {
        return new Frame(
                f.width(), f.height(), f.format(), f.bytes(), f.colour(), at, f.spectrum(), f.exif(), f.source());
    }

    @Test
    void seekingGivesTheFrameThatIsShownThen() {
        for (String extension : new String[] {"mp4", "webm", "avi", "y4m", "mkv"}) {
            Path file =
                    Clips.write(folder.resolve("seek." + extension), VideoEncoding.NORMAL, Clips.frames(64, 48, 120));
            try (Video video = Video.open(file)) {
                for (long millis : new long[] {0, 1, 40, 79, 80, 1999, 2000, 2001, 3333, 4760, 99_000}) {
                    Duration wanted = Duration.ofMillis(Math.min(millis, 4760) / 40 * 40);
                    var frames = video.from(Duration.ofMillis(millis)).iterator();
                    assertThat(frames.next().at())
                            .as(extension + " at " + millis)
                            .isEqualTo(wanted);
                    if (wanted.toMillis() < 4760) {
                        assertThat(frames.next().at()).isEqualTo(wanted.plusMillis(40));
                    }
                }
            }
        }
    }

    @Test
    void eachLoopBeginsAnewAndEndsTheOneBefore() {
        Path file = Clips.write(folder.resolve("twice.mp4"), VideoEncoding.NORMAL, Clips.frames(64, 48, 6));
        try (Video video = Video.open(file)) {
            var first = video.iterator();
            first.next();
            assertThat(video).hasSize(6);
            assertThatThrownBy(first::hasNext).isInstanceOf(IllegalStateException.class);
            assertThat(video).hasSize(6);
            assertThat(video.damage()).isEmpty();
            var last = video.iterator();
            video.close();
            video.close();
            assertThatThrownBy(last::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(video::iterator).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"0 1 -1 0, RIGHT", "0 -1 1 0, LEFT", "-1 0 0 -1, HALF", "-1 0 0 1, MIRROR", "0 1 1 0, TRANSPOSE"})
    void aRotatedFileComesUpright(String matrix, dev.fovea.image.Turn turn) throws IOException {
        List<Frame> frames = Clips.frames(80, 48, 3);
        Path file = Clips.write(folder.resolve("turned.mp4"), VideoEncoding.NORMAL.withQuality(95), frames);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf("tkhd") + 4 + 40;
        String[] m = matrix.split(" ");
        for (int i = 0; i < 4; i++) {
            ByteBuffer.wrap(bytes).putInt(at + new int[] {0, 4, 12, 16}[i], Integer.parseInt(m[i]) << 16);
        }
        Files.write(file, bytes);
        Frame read = Clips.read(file).get(1);
        Image wanted = turn.apply(frames.get(1).image());
        assertThat(read.image()).hasToString(wanted.toString());
        assertThat(Clips.psnr(read.image(), wanted)).isGreaterThan(36);
        try (Video video = Video.open(file)) {
            assertThat(video.width()).isEqualTo(wanted.width());
        }
    }

    @Test
    void wrongUseIsToldWithTheValue() {
        List<Frame> frames = Clips.frames(64, 48, 2);
        assertThatThrownBy(() -> VideoWriter.to(folder.resolve("a.xyz"), VideoEncoding.NORMAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".mp4");
        assertThatThrownBy(() -> VideoWriter.to(
                        folder.resolve("a.webm"), VideoEncoding.NORMAL.withCoding(VideoEncoding.Coding.H264)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("H264");
        assertThatThrownBy(() -> new VideoEncoding(0, 80, VideoEncoding.Coding.USUAL))
                .isInstanceOf(IllegalArgumentException.class);
        try (var writer = VideoWriter.to(folder.resolve("a.mp4"), VideoEncoding.NORMAL)) {
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
            writer.write(frames.get(1));
            assertThatThrownBy(() -> writer.write(frames.get(0))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(Clips.frames(32, 32, 3).get(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32 x 32");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void sizesThatACodingLacksAreTold() {
        for (int[] size : new int[][] {{1, 1}, {6000, 5000}}) {
            var frame = new Frame(
                    size[0],
                    size[1],
                    Frame.Format.GREY8,
                    new byte[size[0] * size[1]],
                    Colour.GREY,
                    Duration.ZERO,
                    Frame.Spectrum.VISIBLE,
                    Exif.NONE,
                    "a picture");
            for (String extension : new String[] {"mp4", "webm", "avi", "y4m"}) {
                try {
                    Clips.write(folder.resolve("a." + extension), VideoEncoding.NORMAL, List.of(frame));
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining(size[0] + " x " + size[1]);
                }
            }
        }
    }

    @Test
    void whoDoesNotFinishLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.mp4"), "old");
        try (var writer = VideoWriter.to(file, VideoEncoding.NORMAL)) {
            Clips.frames(64, 48, 4).forEach(writer::write);
        }
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("a.mp4");
        assertThatThrownBy(() -> Clips.write(folder.resolve("no/a.mp4"), VideoEncoding.NORMAL, Clips.frames(64, 48, 1)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no folder");
    }

    @Test
    void namesMayHoldAnything() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("a%03d: ü '1'"));
        Path file = Clips.write(odd.resolve("concat:x|y.mp4"), VideoEncoding.NORMAL, Clips.frames(64, 48, 3));
        assertThat(Clips.read(file)).hasSize(3);
    }
}
