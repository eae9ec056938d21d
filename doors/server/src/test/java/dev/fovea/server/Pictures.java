package dev.fovea.server;

import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small pictures to send. */
final class Pictures {
    private Pictures() {}

    /** A frame of a burst: a soft pattern and its own noise. */
    static byte[] frame(int seed) {
        int w = 96;
        int h = 64;
        var random = new Random(seed);
        var planes = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            double pattern = 0.4 + 0.2 * Math.sin(i % w / 7.0) + 0.2 * Math.cos(i / w / 5.0);
            for (int c = 0; c < 3; c++) {
                planes[c][i] = (float) Math.clamp(pattern + 0.03 * random.nextGaussian(), 0, 1);
            }
        }
        return jpeg(Image.of(w, h, Colour.SRGB, planes), Exif.NONE);
    }

    static byte[] jpeg(Image image, Exif exif) {
        try {
            Path file = Files.createTempFile("fovea-test-", ".jpg");
            image.write(file, exif, Encoding.NORMAL);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
