package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.BadInput;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import dev.fovea.image.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEIC and AVIF: tiles, turns, crops, colours, metadata; and broken ones. */
class HeifTest {
    private static final Image PICTURE = Clips.picture(192, 128, 5);

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("picture.heic"), bytes);
    }

    @ParameterizedTest
    @CsvSource({"192, 128", "180, 100", "181, 101", "129, 65"})
    void tilesAreComposed(int w, int h) throws IOException {
        var heif = new HeifBuilder();
        Path file = file(heif.file("heic", heif.grid(w, h)));
        Image read = Image.read(file);
        assertThat(read).hasToString(w + " x " + h + " SRGB");
        assertThat(Clips.psnr(read, PICTURE)).isGreaterThan(33);
        assertThat(((Frame) Shot.read(file)).format()).isEqualTo(Frame.Format.I420);
    }

    @Test
    void tenBitsAreKept() throws IOException {
        Path file = file(HeifBuilder.resource("deep.heic"));
        var frame = (Frame) Shot.read(file);
        assertThat(frame.format()).isEqualTo(Frame.Format.RGB16);
        assertThat(Clips.psnr(frame.image(), PICTURE)).isGreaterThan(34);
    }

    @ParameterizedTest
    @CsvSource({"0, NONE", "1, LEFT", "2, HALF", "3, RIGHT"})
    void theContainersRotationCounts(int quarters, Turn turn) throws IOException {
        var heif = new HeifBuilder();
        int rotation = heif.property("irot", new byte[] {(byte) quarters});
        int grid = heif.grid(180, 100, rotation);
        // EXIF tells another orientation, which is to be passed over
        byte[] block = {0, 0, 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0
        };
        heif.reference("cdsc", heif.item("Exif", block), List.of(grid));
        Path file = file(heif.file("heic", grid));
        Image wanted = turn.apply(new Crop(0, 0, 180, 100).apply(PICTURE));
        Image read = Image.read(file);
        assertThat(read).hasToString(wanted.toString());
        assertThat(Clips.psnr(read, wanted)).isGreaterThan(33);
        assertThat(Turn.upright(Shot.read(file).exif().orientation())).isEqualTo(turn);
    }

    @ParameterizedTest
    @CsvSource({"0, FLIP", "1, MIRROR"})
    void mirrorsToo(int axis, Turn turn) throws IOException {
        var heif = new HeifBuilder();
        int mirror = heif.property("imir", new byte[] {(byte) axis});
        Path file = file(heif.file("heic", heif.grid(180, 100, mirror)));
        Image wanted = turn.apply(new Crop(0, 0, 180, 100).apply(PICTURE));
        assertThat(Clips.psnr(Image.read(file), wanted)).isGreaterThan(33);
    }

    @Test
    void aRotationAndAMirrorFollowEachOther() throws IOException {
        var heif = new HeifBuilder();
        int rotation = heif.property("irot", new byte[] {1}), mirror = heif.property("imir", new byte[] {1});
        Path file = file(heif.file("heic", heif.grid(180, 100, rotation, mirror)));
        Image wanted = Turn.MIRROR.apply(Turn.LEFT.apply(new Crop(0, 0, 180, 100).apply(PICTURE)));
        assertThat(Clips.psnr(Image.read(file), wanted)).isGreaterThan(33);
    }

    @Test
    void theCleanApertureIsCutOut() throws IOException {
        var heif = new HeifBuilder();
        int clap = heif.property("clap", HeifBuilder.ints(100, 1, 60, 1, 10, 1, -6, 1));
        Path file = file(heif.file("heic", heif.grid(180, 100, clap)));
        Image wanted = new Crop(50, 14, 100, 60).apply(PICTURE);
        Image read = Image.read(file);
        assertThat(read).hasToString("100 x 60 SRGB");
        assertThat(Clips.psnr(read, wanted)).isGreaterThan(33);
    }

    @Test
    void coverageIsKept() throws IOException {
        var heif = new HeifBuilder();
        int grid = heif.grid(64, 64);
        int urn = heif.property(
                "auxC", HeifBuilder.joined(new byte[4], HeifBuilder.latin("urn:mpeg:hevc:2015:auxid:1\0")));
        HeifFile tiles = HeifBuilder.tiles();
        int header =
                heif.property("hvcC", tiles.property(1, "hvcC").orElseThrow().rest());
        int alpha = heif.item("hvc1", tiles.data(1), header, heif.size(64, 64), urn);
        heif.reference("auxl", alpha, List.of(grid));
        Image read = Image.read(file(heif.file("heic", grid)));
        assertThat(read.colour()).isEqualTo(Colour.SRGBA);
        assertThat(read.plane(3)[0]).isBetween(0.01f, 0.99f);
    }

    @Test
    void avifIsReadToo() throws IOException {
        Image picture = Clips.picture(96, 64, 5);
        var packets = new java.io.ByteArrayOutputStream();
        try (var coder =
                new Encoder(PictureCoding.AV1, 96, 64, new Ticks(1, 25), VideoEncoding.NORMAL.withQuality(95), false)) {
            Frame frame = Frame.of(picture, java.time.Duration.ZERO, "a picture");
            java.util.function.Consumer<org.bytedeco.ffmpeg.avcodec.AVPacket> take = p -> {
                var bytes = new byte[p.size()];
                p.data().get(bytes);
                packets.writeBytes(bytes);
            };
            coder.code(frame, 0, take);
            coder.end(take);
        }
        var heif = new HeifBuilder();
        int header = heif.property("av1C", new byte[] {(byte) 0x81, 0, 0xC, 0});
        int item = heif.item("av01", packets.toByteArray(), header, heif.size(96, 64));
        assertThat(Clips.psnr(Image.read(file(heif.file("avif", item))), picture))
                .isGreaterThan(36);
    }

    @Test
    void aFolderOfHeicIsABurst() throws IOException {
        var heif = new HeifBuilder();
        byte[] bytes = heif.file("heic", heif.grid(180, 100));
        Files.write(folder.resolve("a.heic"), bytes);
        Files.write(folder.resolve("b.heic"), bytes);
        assertThat(Burst.read(folder).size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void brokenFilesAreRefusedInASentence(boolean cut) throws IOException {
        var heif = new HeifBuilder();
        byte[] whole = heif.file("heic", heif.grid(180, 100));
        var random = new Random(3);
        for (int n = 0; n < 120; n++) {
            byte[] bytes = cut ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)) : whole.clone();
            for (int k = random.nextInt(5); !cut && k >= 0; k--) {
                bytes[random.nextInt(random.nextBoolean() ? 700 : bytes.length)] = (byte) random.nextInt();
            }
            Path file = file(bytes);
            try {
                assertThat(Image.read(file).width()).isPositive();
                assertThat(cut)
                        .as("a file of " + bytes.length + " bytes of " + whole.length)
                        .isFalse();
            } catch (BadInput e) {
                assertThat(e.getMessage())
                        .startsWith(file.toString())
                        .endsWith(".")
                        .doesNotContain("\n");
                assertThat(e.getCause()).as("round " + n).isNull();
            }
        }
    }

    @Test
    void promisesAreCheckedBeforeAnythingIsAllocated() throws IOException {
        var tooLarge = new HeifBuilder();
        assertRefused(tooLarge.file("heic", tooLarge.grid(40_000, 40_000)), "more than the 2^28");
        var uncovered = new HeifBuilder();
        assertRefused(uncovered.file("heic", uncovered.grid(400, 300)), "do not cover");
        var missing = new HeifBuilder();
        int grid = missing.item("grid", HeifBuilder.joined(new byte[] {0, 0, 1, 2}, HeifBuilder.shorts(180, 100)));
        missing.reference("dimg", grid, List.of(5, 6));
        assertRefused(missing.file("heic", grid), "2 tiles of 6");
        var outside = new HeifBuilder();
        int clap = outside.property("clap", HeifBuilder.ints(500, 1, 60, 1, 0, 1, 0, 1));
        assertRefused(outside.file("heic", outside.grid(180, 100, clap)), "lies outside");
        var strange = new HeifBuilder();
        assertRefused(strange.file("heic", strange.item("jpeg", new byte[9])), "kind 'jpeg'");
        var self = new HeifBuilder();
        int loop = self.item("iden", new byte[0]);
        self.reference("dimg", loop, List.of(loop));
        assertRefused(self.file("heic", loop), "no origin");
    }

    private void assertRefused(byte[] bytes, String why) throws IOException {
        Path file = file(bytes);
        assertThatThrownBy(() -> Image.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(why)
                .hasNoCause();
    }

    @Test
    void picturesOfAPhoneAreRead() {
        Path photo = Path.of(System.getProperty("user.dir"), "../../../shared/data/rgbd/iphone/rear_stereo/photo.heic");
        assumeTrue(Files.exists(photo), "the real picture is not here");
        Image read = Image.read(photo);
        assertThat(read).hasToString("3024 x 4032 DISPLAY_P3");
        Image twin = Image.read(photo.resolveSibling("photo.jpg"));
        // the JPEG lost its colour profile: its numbers are the same, their meaning is not
        assertThat(Clips.psnr(read, twin)).isGreaterThan(44);
        assertThat(Shot.read(photo).exif().camera()).startsWith("Apple");
    }
}
