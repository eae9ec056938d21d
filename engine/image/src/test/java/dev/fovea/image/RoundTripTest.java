package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is read again. */
class RoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "png, 8, GREY", "png, 8, SRGB", "png, 8, SRGBA", "png, 8, DISPLAY_P3",
        "png, 16, GREY", "png, 16, SRGB", "png, 16, SRGBA", "png, 16, DISPLAY_P3",
        "tif, 8, GREY", "tiff, 8, SRGB", "tif, 8, SRGBA", "tif, 8, DISPLAY_P3",
        "tif, 16, GREY", "tiff, 16, SRGB", "tif, 16, SRGBA", "tif, 16, DISPLAY_P3"
    })
    void wholeNumbersComeBackAsTheyWere(String extension, int bits, Colour colour) {
        Path file = folder.resolve("a." + extension);
        for (int[] size : new int[][] {{1, 1}, {1, 9}, {7, 1}, {201, 134}}) {
            Image image = Samples.slopes(size[0], size[1], colour, bits, 7);
            image.write(file, Exif.NONE, new Encoding(90, bits));
            if (colour != Colour.SRGBA) {
                var frame = (Frame) Shot.read(file);
                assertThat(frame.format()).isEqualTo(Rasters.format(Math.min(3, colour.planes()), bits == 16));
            }
            Samples.assertSame(Image.read(file), image, 1e-7);
        }
    }

    @Test
    void aPngOfManyBandsIsWhole() {
        Path file = folder.resolve("bands.png");
        Image image = Samples.slopes(1500, 1700, Colour.SRGB, 16, 3);
        image.write(file, Exif.NONE, Encoding.DEEP);
        Samples.assertSame(Image.read(file), image, 1e-7);
    }

    @Test
    void othersReadOurPng() throws IOException {
        for (int bits : new int[] {8, 16}) {
            Path file = folder.resolve("a.png");
            Image image = Samples.slopes(900, 700, Colour.SRGB, bits, 5);
            image.write(file, Samples.exif(), new Encoding(90, bits));
            var read = ImageIO.read(file.toFile()).getRaster();
            int[] row = read.getPixels(0, 333, 900, 1, (int[]) null);
            for (int i = 0; i < row.length; i++) {
                float wanted = image.plane(i % 3)[333 * 900 + i / 3] * (bits == 8 ? 255 : 65535);
                assertThat(row[i]).isEqualTo(Math.round(wanted));
            }
        }
    }

    @Test
    void sumsOfPartsAreTheSumOfAll() {
        byte[] bytes = new byte[200_000];
        new java.util.Random(1).nextBytes(bytes);
        for (int cut : new int[] {0, 1, 65521, 199_999, 200_000}) {
            long joined = PngWriter.joined(
                    adler(Arrays.copyOf(bytes, cut)),
                    adler(Arrays.copyOfRange(bytes, cut, bytes.length)),
                    bytes.length - cut);
            assertThat(joined).isEqualTo(adler(bytes));
        }
    }

    private static long adler(byte[] bytes) {
        var adler = new java.util.zip.Adler32();
        adler.update(bytes);
        return adler.getValue();
    }

    @ParameterizedTest
    @CsvSource({"GREY, 95", "SRGB, 95", "DISPLAY_P3, 95", "SRGB, 80"})
    void jpegComesBackNearly(Colour colour, int quality) {
        Path file = folder.resolve("a.jpg");
        Image image = Samples.slopes(121, 77, colour, 8, 9);
        image.write(file, Exif.NONE, new Encoding(quality, 8));
        Image read = Image.read(file);
        assertThat(read).hasToString(image.toString());
        assertThat(Samples.difference(read, image)).isLessThan(quality > 90 ? 0.013 : 0.02);
    }

    @Test
    void jpegKeepsFullChromaAtHighQuality() throws IOException {
        // Red and blue columns of one pixel: gone if chroma is halved.
        var planes = new float[3][64 * 64];
        for (int i = 0; i < planes[0].length; i++) {
            planes[i & 2][i] = 1;
            planes[(i & 1) * 2][i] = 1;
            planes[2 - (i & 1) * 2][i] = 0;
        }
        Image stripes = Image.of(64, 64, Colour.SRGB, planes);
        assertThat(through(stripes, 96)).isLessThan(0.06);
        assertThat(through(stripes, 80)).isGreaterThan(0.2);
    }

    private double through(Image image, int quality) {
        Path file = folder.resolve("stripes.jpeg");
        image.write(file, Exif.NONE, new Encoding(quality, 8));
        return Samples.difference(Image.read(file), image);
    }

    @Test
    void coverageIsDroppedWhereThereIsNoRoomForIt() {
        Path file = folder.resolve("a.jpg");
        Samples.slopes(16, 16, Colour.SRGBA, 8, 2).write(file);
        assertThat(Image.read(file).colour()).isEqualTo(Colour.SRGB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINEAR", "LINEAR_GREY"})
    void floatingPointTiffIsExact(Colour colour) {
        Path file = folder.resolve("a.tif");
        Image image = Samples.light(301, 64, colour, 11);
        image.plane(0)[5] = -0.25f;
        image.write(file, Exif.NONE, new Encoding(90, 32));
        assertThat(Image.read(file)).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 127, 128, 129, 300})
    void radianceComesBackWithinItsMantissa(int width) {
        Path file = folder.resolve("a.hdr");
        Image image = Samples.light(width, 5, Colour.LINEAR, width);
        Arrays.fill(image.plane(0), 0, width, 0);
        Arrays.fill(image.plane(1), 0, width, 0);
        Arrays.fill(image.plane(2), 0, width, 0);
        image.write(file);
        Image read = Image.read(file);
        assertThat(read.plane(0)[width - 1]).isZero();
        for (int i = width; i < 5 * width; i++) {
            float top = Math.max(image.plane(0)[i], Math.max(image.plane(1)[i], image.plane(2)[i]));
            for (int c = 0; c < 3; c++) {
                assertThat(read.plane(c)[i])
                        .isCloseTo(image.plane(c)[i], org.assertj.core.data.Offset.offset(top / 255));
            }
        }
    }

    @Test
    void radianceHoldsExtremesWithoutWrapping() {
        Path file = folder.resolve("a.hdr");
        float[] values = {Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN, -1, 1e-38f, 0.99999994f, 1, 255.99f};
        Image.of(8, 1, Colour.LINEAR, values, values, values).write(file);
        float[] read = Image.read(file).plane(0);
        assertThat(read[0]).isGreaterThan(1e38f).isFinite();
        assertThat(read[1]).isGreaterThan(1e38f).isFinite();
        assertThat(read[2]).isZero();
        assertThat(read[3]).isZero();
        assertThat(read[4]).isZero();
        assertThat(read[5]).isCloseTo(1, org.assertj.core.data.Offset.offset(0.004f));
        assertThat(read[7]).isCloseTo(256, org.assertj.core.data.Offset.offset(1f));
    }

    @Test
    void radianceWithOldRunsAndExposureAndTurnedLines() throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes("#?RADIANCE\n# by hand\nEXPOSURE=2\nEXPOSURE= 0.25\nFORMAT=32-bit_rle_rgbe\n\n+Y 2 +X 3\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) 128, 64, 0, (byte) 129, 1, 1, 1, 2});
        out.writeBytes(new byte[] {10, 20, 30, (byte) 136, 40, 50, 60, (byte) 136, 70, 80, 90, (byte) 136});
        Path file = folder.resolve("old.hdr");
        Files.write(file, out.toByteArray());
        Image image = Image.read(file);
        assertThat(image).hasToString("3 x 2 LINEAR");
        // "+Y" counts from the bottom, so that the second line is the upper one.
        assertThat(image.plane(0)).containsExactly(21, 81, 141, 128.5f / 64, 128.5f / 64, 128.5f / 64);
    }

    @Test
    void displayFormatsRoundToTheNearest() {
        Path file = folder.resolve("a.png");
        float[] values = {0.4999f / 255, 0.5001f / 255, 254.4999f / 255, 254.5001f / 255, -3, 7, Float.NaN, 1};
        Image.of(8, 1, Colour.GREY, values).write(file);
        assertThat(((Frame) Shot.read(file)).bytes()).containsExactly(0, 1, -2, -1, 0, -1, 0, -1);
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR, png, 16, SRGB", "LINEAR, jpg, 8, SRGB", "LINEAR_GREY, tif, 16, GREY", "LINEAR_P3, png, 16, DISPLAY_P3",
        "OKLAB, png, 16, SRGB", "XYZ, tif, 8, SRGB", "SRGB, hdr, 32, LINEAR", "GREY, hdr, 32, LINEAR",
        "DISPLAY_P3, tif, 32, LINEAR", "SRGBA, tif, 32, LINEAR", "GREY, tif, 32, LINEAR_GREY"
    })
    void coloursThatAFormatCannotCarryAreConverted(Colour colour, String extension, int bits, Colour wanted) {
        Path file = folder.resolve("a." + extension);
        Colour start = colour.planes() == 1 ? Colour.GREY : colour == Colour.SRGBA ? colour : Colour.SRGB;
        Image shown = Samples.slopes(16, 9, start, 16, 3);
        shown.to(colour).write(file, Exif.NONE, new Encoding(98, bits));
        Image read = Image.read(file);
        assertThat(read.colour()).isEqualTo(wanted);
        assertThat(Samples.difference(read, shown.to(wanted))).isLessThan(bits == 8 ? 0.012 : 0.003);
    }

    @Test
    void anUnknownExtensionIsTheCallersMistake() {
        Image image = Samples.slopes(2, 2, Colour.SRGB, 8, 1);
        assertThatThrownBy(() -> image.write(folder.resolve("a.xyz")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".jpg")
                .hasMessageContaining(".png")
                .hasMessageContaining(".tif");
        assertThatThrownBy(() -> image.write(folder.resolve("a.webp"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
