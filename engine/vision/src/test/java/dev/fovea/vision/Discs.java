package dev.fovea.vision;

import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.time.Duration;
import java.util.Random;

/** Pictures with red discs, the faces of {@link DiscNets}. */
final class Discs {
    private Discs() {}

    /** Discs (x, y, radius each) on grey, with soft edges. */
    static Image picture(int w, int h, double[]... discs) {
        var planes = new float[3][w * h];
        for (float[] plane : planes) {
            java.util.Arrays.fill(plane, 0.3f);
        }
        for (double[] d : discs) {
            for (int y = (int) Math.max(0, d[1] - d[2] - 2); y < Math.min(h, d[1] + d[2] + 3); y++) {
                for (int x = (int) Math.max(0, d[0] - d[2] - 2); x < Math.min(w, d[0] + d[2] + 3); x++) {
                    float cover = (float) Math.clamp(d[2] + 0.5 - Math.hypot(x - d[0], y - d[1]), 0, 1);
                    int p = y * w + x;
                    planes[0][p] += cover * (0.95f - planes[0][p]);
                    planes[1][p] += cover * (0.05f - planes[1][p]);
                    planes[2][p] += cover * (0.05f - planes[2][p]);
                }
            }
        }
        return Image.of(w, h, Colour.SRGB, planes);
    }

    /** A picture as a frame of 8 bits with noise of so many levels. */
    static Frame frame(Image image, Duration at, double noise, long seed) {
        var random = new Random(seed);
        var bytes = new byte[3 * image.width() * image.height()];
        for (int i = 0; i < bytes.length; i++) {
            double v = 255 * image.plane(i % 3)[i / 3] + noise * random.nextGaussian();
            bytes[i] = (byte) Math.clamp(Math.round(v), 0, 255);
        }
        return new Frame(
                image.width(),
                image.height(),
                Frame.Format.RGB8,
                bytes,
                Colour.SRGB,
                at,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                "a drawn frame");
    }
}
