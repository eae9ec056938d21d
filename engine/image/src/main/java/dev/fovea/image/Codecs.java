package dev.fovea.image;

import java.nio.file.Path;
import java.util.List;

/** Finds the codec for a file and lets it read or write. */
final class Codecs {
    private Codecs() {}

    static Image readImage(Path file) {
        throw new IllegalStateException();
    }

    static Shot readShot(Path file) {
        throw new IllegalStateException();
    }

    static List<Shot> readShots(List<Path> sources) {
        throw new IllegalStateException();
    }

    static void writeImage(Image image, Exif exif, Encoding encoding, Path file) {
        throw new IllegalStateException();
    }
}
