package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fovea.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken, mislabelled and hostile files end in one sentence. */
class DamageTest {
    @TempDir
    Path folder;

    private byte[] written(String extension, int bits) throws IOException {
        Path file = folder.resolve("sound." + extension);
        Image image = bits == 32 || extension.equals("hdr")
                ? Samples.light(90, 70, Colour.LINEAR, 3)
                : Samples.slopes(90, 70, Colour.SRGB, bits, 3);
        image.write(file, Samples.exif(), new Encoding(92, bits));
        return Files.readAllBytes(file);
    }

    private byte[] resource(String name) throws IOException {
        try (InputStream in = DamageTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({"jpg, 8", "png, 8", "png, 16", "tif, 8", "tif, 16", "tif, 32", "hdr, 32"})
    void aFileCutOffAnywhereIsRefused(String extension, int bits) throws IOException {
        cutEverywhere(written(extension, bits), 97);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossless.webp", "alpha.webp", "progressive.jpg", "cmyk.jpg"})
    void aForeignFileCutOffAnywhereIsRefused(String name) throws IOException {
        cutEverywhere(resource(name), 7);
    }

    private void cutEverywhere(byte[] sound, int step) throws IOException {
        Path file = folder.resolve("cut.bin");
        for (int length = 0; length < sound.length; length += step) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> Image.read(file)).as("cut after " + length).isInstanceOf(BadInput.class);
            assertThatThrownBy(() -> Shot.read(file)).as("cut after " + length).isInstanceOf(BadInput.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"jpg, 8", "png, 8", "png, 16", "tif, 8", "tif, 16", "tif, 32", "hdr, 32"})
    void rubbishInAFileNeverEscapesAsAnotherException(String extension, int bits) throws IOException {
        byte[] sound = written(extension, bits);
        Path file = folder.resolve("rubbish." + extension);
        var random = new Random(77);
        for (int n = 0; n < 150; n++) {
            byte[] bytes = sound.clone();
            for (int k = random.nextInt(6); k >= 0; k--) {
                int at = random.nextBoolean()
                        ? random.nextInt(Math.min(200, bytes.length))
                        : random.nextInt(bytes.length);
                bytes[at] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            assertThatCode(() -> {
                        try {
                            Image.read(file);
                        } catch (BadInput e) {
                            assertThat(e.getMessage())
                                    .startsWith(file.toString())
                                    .endsWith(".")
                                    .doesNotContain("\n");
                        }
                    })
                    .as("seed 77, round " + n)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theContentDecidesNotTheName() throws IOException {
        for (String from : new String[] {"png", "jpg", "tif", "hdr"}) {
            Path file = folder.resolve("mislabelled.jpg");
            Files.write(file, written(from, 8));
            assertThat(Image.read(file).width()).isEqualTo(90);
        }
        Path file = folder.resolve("mislabelled.png");
        Files.write(file, resource("lossless.webp"));
        assertThat(Image.read(file)).hasToString("16 x 24 SRGB");
        assertThat(Shot.read(file).exif().camera()).isEqualTo("Maker");
    }

    @Test
    void webpAndForeignJpegsHaveTheRightColours() throws IOException {
        for (String name : new String[] {"lossy.webp", "progressive.jpg", "cmyk.jpg", "alpha.webp"}) {
            Path file = folder.resolve(name);
            Files.write(file, resource(name));
            var frame = (Frame) Shot.read(file);
            int p = 3 * (8 * 24 + 12);
            assertThat(frame.bytes()[p] & 0xFF).as(name).isBetween(100, 140);
            assertThat(frame.bytes()[p + 1] & 0xFF).as(name).isBetween(108, 148);
            assertThat(frame.bytes()[p + 2] & 0xFF).as(name).isBetween(76, 116);
        }
        assertThat(Image.read(folder.resolve("alpha.webp")).plane(3)[0]).isEqualTo(128 / 255f);
    }

    @Test
    void webpKeepsItsCoverageWhateverItsHeaderSays() throws IOException {
        byte[] simple = resource("alpha.webp");
        byte[] canvas = {'V', 'P', '8', 'X', 10, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 15, 0, 0};
        var file = ByteBuffer.allocate(simple.length + canvas.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(simple, 0, 12).put(canvas).put(simple, 12, simple.length - 12).putInt(4, file.limit() - 8);
        Path extended = folder.resolve("extended.webp");
        Files.write(extended, file.array());
        Path plain = folder.resolve("plain.webp");
        Files.write(plain, simple);
        assertThat(Image.read(extended)).hasToString("24 x 16 SRGBA").isEqualTo(Image.read(plain));
    }

    @Test
    void webpCoverageThatIsNotReadIsNotPassedOver() throws IOException {
        byte[] canvas = {'V', 'P', '8', 'X', 10, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] uncompressed = {'A', 'L', 'P', 'H', 2, 0, 0, 0, 0, 1};
        var file = ByteBuffer.allocate(12 + canvas.length + uncompressed.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes()).putInt(file.limit() - 8).put("WEBP".getBytes());
        assertRefused(file.put(canvas).put(uncompressed).array(), "uncompressed transparency");
    }

    @Test
    void webpThatEndsWithinItsSymbolsIsRefusedSoon() throws IOException {
        byte[] simple = resource("alpha.webp"), cut = Arrays.copyOf(simple, 40);
        byte[] sound = patched(patched(cut, 4, 32, 0, 0, 0), 16, 20, 0, 0, 0);
        assertTimeout(Duration.ofSeconds(1), () -> assertRefused(sound, "is cut off"));
    }

    @Test
    void whatIsNoPictureIsToldWhatItIs() throws IOException {
        assertRefused("a.mp4", "\0\0\0\u0018ftypmp42", "video");
        assertRefused("a.jpg", "\0\0\0\u0018ftypqt  ", "video");
        assertRefused("b.jpg", "\u001AEß£", "video");
        assertRefused("a.jpg", "RIFF\1\1\1\1AVI LIST", "video");
        assertRefused("a.heic", "\0\0\0\u0018ftypheic\0\0\0\0", "HEIC");
        assertRefused("a.jpg", "\0\0\0\u0018ftypavif\0\0\0\0", "AVIF");
        assertRefused("a.nef", "MM\0*\0\0\0\u0008", "RAW format");
        assertRefused("a.cr2", "II*\0\u0010\0\0\0CR", "RAW format");
        assertRefused("a.jpg", "hello, this is text", "no picture");
        assertRefused("a.jpg", "", "is empty");
    }

    private void assertRefused(String name, String content, String why) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Shot.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why)
                .hasMessageEndingWith(".");
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        assertThatThrownBy(() -> Image.read(folder.resolve("none.jpg")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Image.read(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void sizesAreRefusedBeforeAnythingIsAllocated() throws IOException {
        assertRefused(png(40_000, 40_000, new byte[100]), "has 40000 x 40000 pixels");
        assertRefused(png(0, 5, new byte[100]), "0 x 5");
        assertRefused(png(-1, -1, new byte[100]), "pixels");
        assertRefused(png(16_000, 16_000, new byte[100]), "cut off");
        byte[] jpeg = written("jpg", 8);
        int frame = find(jpeg, 0xFF, 0xC0, 0, 17);
        assertRefused(patched(jpeg, frame + 5, 0x9C, 0x40, 0x9C, 0x40), "40000 x 40000");
        assertRefused(patched(jpeg, frame + 5, 0x3E, 0x80, 0x3E, 0x80), "cut off");
        assertRefused(patched(jpeg, frame + 5, 0, 0, 0, 0), "0 x 0");
        byte[] tiff = written("tif", 8);
        int width = find(tiff, 1, 0, 0, 4, 0, 0, 0, 1);
        assertRefused(patched(tiff, width + 8, 0, 0, 0x9C, 0x40, 1, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0x9C, 0x40), "40000 x");
        assertRefused(patched(tiff, width + 8, 0, 0, 0x3E, 0x80, 1, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0x3E, 0x80), "cut off");
        assertRefused("#?RADIANCE\n\n-Y 40000 +X 40000\n".getBytes(), "40000 x 40000");
        assertRefused("#?RADIANCE\n\n-Y 16000 +X 16000\n\1\1".getBytes(), "cut off");
        byte[] webp = resource("lossy.webp");
        int key = find(webp, 0x9D, 1, 0x2A);
        assertRefused(patched(webp, key + 3, 0, 0, 0, 0), "");
        assertRefused(patched(resource("lossless.webp"), 28, 0x20), "do not fill its 24 x 8208 canvas");
    }

    private void assertRefused(byte[] bytes, String why) throws IOException {
        Path file = folder.resolve("bomb");
        Files.write(file, bytes);
        assertThatThrownBy(() -> Image.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(why)
                .hasNoCause();
    }

    private static byte[] patched(byte[] bytes, int at, int... values) {
        byte[] made = bytes.clone();
        for (int i = 0; i < values.length; i++) {
            made[at + i] = (byte) values[i];
        }
        return made;
    }

    private static int find(byte[] bytes, int... values) {
        for (int i = 0; i + values.length <= bytes.length; i++) {
            int k = 0;
            while (k < values.length && (bytes[i + k] & 0xFF) == values[k]) {
                k++;
            }
            if (k == values.length) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    /** A PNG with further chunks, whose sums are right. */
    static byte[] png(int w, int h, byte[] pixels, byte[]... more) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(w)
                        .putInt(h)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array()));
        for (byte[] chunk : more) {
            out.writeBytes(chunk);
        }
        out.writeBytes(chunk("IDAT", packed(pixels)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] chunk(String name, byte[] body) {
        var out = ByteBuffer.allocate(body.length + 12)
                .putInt(body.length)
                .put(name.getBytes())
                .put(body);
        var crc = new CRC32();
        crc.update(out.array(), 4, body.length + 4);
        return out.putInt((int) crc.getValue()).array();
    }

    private static byte[] packed(byte[] bytes) {
        var deflater = new Deflater(9);
        deflater.setInput(bytes);
        deflater.finish();
        var buffer = new byte[bytes.length / 100 + 1000];
        int n = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, n);
    }

    @Test
    void aProfileThatUnpacksWithoutEndIsPassedOver() throws IOException {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {'a', 0, 0});
        body.writeBytes(packed(new byte[200_000_000]));
        byte[] text = new byte[100_000];
        byte[] bomb = png(2, 2, new byte[14], chunk("iCCP", body.toByteArray()), chunk("zTXt", text));
        Path file = folder.resolve("bomb.png");
        Files.write(file, bomb);
        assertThat(Image.read(file)).hasToString("2 x 2 SRGB");
    }
}
