package dev.fovea.cli;

import dev.fovea.image.Exif;
import dev.fovea.image.Exif.Directory;
import dev.fovea.image.Exif.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the camera of the rendered bursts writes: plausible, and plainly not a real camera's. */
final class SampleExif {
    private SampleExif() {}

    static Exif written() {
        return new Exif(List.of(
                text(0x10F, "Fovea"),
                text(0x110, "Rendered night"),
                ratio(0x829A, 1, 15),
                ratio(0x829D, 18, 10),
                new Tag(Directory.PHOTO, 0x8827, 3, 1, new byte[] {(byte) (3200 >> 8), (byte) (3200 & 0xFF)})));
    }

    private static Tag text(int id, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        return new Tag(Directory.MAIN, id, 2, bytes.length, bytes);
    }

    private static Tag ratio(int id, int above, int below) {
        return new Tag(
                Directory.PHOTO,
                id,
                5,
                1,
                ByteBuffer.allocate(8).putInt(above).putInt(below).array());
    }
}
