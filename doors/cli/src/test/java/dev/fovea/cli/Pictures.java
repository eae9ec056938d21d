package dev.fovea.cli;

import dev.fovea.image.CameraColour;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small pictures and broken ones. */
final class Pictures {
    private Pictures() {}

    /** A lamp in the dark: a bright disc with a soft edge on a dim slope. */
    static Image lamp(int width, int height) {
        float[][] rgb = new float[3][width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double distance = Math.hypot(x - width * 0.6, y - height * 0.4) / height;
                for (int c = 0; c < 3; c++) {
                    rgb[c][y * width + x] =
                            (float) (0.1 + 0.1 * x / width + 0.7 * Math.exp(-40 * distance * distance) - 0.03 * c);
                }
            }
        }
        return Image.of(width, height, Colour.SRGB, rgb);
    }

    /** Random values: a picture that no format can shrink. */
    static Image noise(int width, int height) {
        var random = new Random(1);
        float[][] rgb = new float[3][width * height];
        for (float[] plane : rgb) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = random.nextFloat();
            }
        }
        return Image.of(width, height, Colour.SRGB, rgb);
    }

    static Image black(int width, int height) {
        return Image.of(width, height, Colour.SRGB, new float[3][width * height]);
    }

    /** {@link #lamp} as a sensor sees it. */
    static Raw raw(int width, int height) {
        Image lamp = lamp(width, height);
        short[] mosaic = new short[width * height];
        for (int i = 0; i < mosaic.length; i++) {
            int c = Cfa.RGGB.colourAt(i % width, i / width);
            mosaic[i] = (short) (4000 + 50_000 * lamp.plane(c)[i] * lamp.plane(c)[i]);
        }
        return new Raw(
                width,
                height,
                Cfa.RGGB,
                new short[][] {mosaic},
                new float[] {4000, 4000, 4000, 4000},
                60_000,
                CameraColour.SRGB,
                Optional.of(new NoiseModel(1e-5, 1e-3)),
                Exif.NONE,
                "lamp");
    }

    /** What a camera of some name writes. */
    static Exif takenWith(String camera) {
        byte[] name = (camera + "\0").getBytes(StandardCharsets.US_ASCII);
        return Exif.NONE.with(new Exif.Tag(Exif.Directory.MAIN, 0x110, 2, name.length, name));
    }

    /** A PNG of a few bytes that claims any size. */
    static byte[] pngThatPromises(int width, int height) throws IOException {
        var png = new ByteArrayOutputStream();
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        chunk(png, "IHDR", header);
        var deflater = new Deflater();
        deflater.setInput(new byte[100_000]);
        deflater.finish();
        byte[] data = new byte[1000];
        chunk(png, "IDAT", java.util.Arrays.copyOf(data, deflater.deflate(data)));
        deflater.end();
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** A JPEG whose frame header was changed to claim any size up to 65535. */
    static byte[] jpegThatPromises(Path jpeg, int width, int height) throws IOException {
        byte[] bytes = Files.readAllBytes(jpeg);
        int at = 2;
        while ((bytes[at + 1] & 0xFF) != 0xC0 && (bytes[at + 1] & 0xFF) != 0xC2) {
            at += 2 + (ByteBuffer.wrap(bytes, at + 2, 2).getShort() & 0xFFFF);
        }
        ByteBuffer.wrap(bytes, at + 5, 4).putShort((short) height).putShort((short) width);
        return bytes;
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) throws IOException {
        byte[] body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        var crc = new CRC32();
        crc.update(body);
        png.write(ByteBuffer.allocate(4).putInt(data.length).array());
        png.write(body);
        png.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
