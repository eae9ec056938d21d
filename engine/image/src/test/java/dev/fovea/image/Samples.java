package dev.fovea.image;

import java.nio.ByteBuffer;
import java.util.Random;
import org.assertj.core.api.Assertions;

/** Samples and EXIF that the tests of this package share. */
final class Samples {
    private Samples() {}

    /** Slopes with a little noise, so that every filter and predictor has something to do; rounded to what so many bits hold. */
    static Image slopes(int w, int h, Colour colour, int bits, long seed) {
        var random = new Random(seed);
        float most = bits == 8 ? 255 : 65535;
        var planes = new float[colour.planes()][w * h];
        for (int c = 0; c < planes.length; c++) {
            for (int i = 0; i < w * h; i++) {
                double v =
                        (i % w + 0.5) / w * (c + 1) / planes.length + (i / w) * 0.3 / h + random.nextGaussian() * 0.02;
                planes[c][i] = Math.round(Math.clamp(v, 0, 1) * most) / most;
            }
        }
        return Image.of(w, h, colour, planes);
    }

    /** Light over many orders of magnitude. */
    static Image light(int w, int h, Colour colour, long seed) {
        var random = new Random(seed);
        var planes = new float[colour.planes()][w * h];
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (float) Math.exp(random.nextGaussian() * 4);
            }
        }
        return Image.of(w, h, colour, planes);
    }

    /** A tag of each type that cameras use, in all three directories. */
    static Exif exif() {
        return Exif.NONE
                .with(text(Exif.Directory.MAIN, 0x10F, "Fovea"))
                .with(text(Exif.Directory.MAIN, 0x110, "Night 1"))
                .with(text(Exif.Directory.MAIN, 0x132, "2026:01:02 03:04:05"))
                .with(ratio(Exif.Directory.PHOTO, 0x829A, 1, 15))
                .with(ratio(Exif.Directory.PHOTO, 0x829D, 18, 10))
                .with(new Exif.Tag(Exif.Directory.PHOTO, 0x8827, 3, 1, new byte[] {0x0C, (byte) 0x80}))
                .with(text(Exif.Directory.PHOTO, 0x9003, "2026:01:02 03:04:05"))
                .with(new Exif.Tag(Exif.Directory.PHOTO, 0x9204, 10, 1, new byte[] {-1, -1, -1, -1, 0, 0, 0, 3}))
                .with(new Exif.Tag(Exif.Directory.GPS, 1, 2, 2, new byte[] {'N', 0}))
                .with(new Exif.Tag(
                        Exif.Directory.GPS,
                        2,
                        5,
                        3,
                        ByteBuffer.allocate(24)
                                .putInt(48)
                                .putInt(1)
                                .putInt(12)
                                .putInt(1)
                                .putInt(345)
                                .putInt(10)
                                .array()));
    }

    static Exif.Tag text(Exif.Directory directory, int id, String text) {
        byte[] bytes = (text + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return new Exif.Tag(directory, id, 2, bytes.length, bytes);
    }

    private static Exif.Tag ratio(Exif.Directory directory, int id, int above, int below) {
        return new Exif.Tag(
                directory,
                id,
                5,
                1,
                ByteBuffer.allocate(8).putInt(above).putInt(below).array());
    }

    /** Checks that two pictures are alike within a tolerance, everywhere. */
    static void assertSame(Image actual, Image wanted, double tolerance) {
        Assertions.assertThat(actual).hasToString(wanted.toString());
        for (int c = 0; c < wanted.colour().planes(); c++) {
            assertSame(actual.plane(c), wanted.plane(c), tolerance);
        }
    }

    /** Checks that two planes are alike within a tolerance, everywhere. */
    static void assertSame(float[] actual, float[] wanted, double tolerance) {
        Assertions.assertThat(actual.length).isEqualTo(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            if (!(Math.abs(actual[i] - wanted[i]) <= tolerance)) {
                Assertions.fail("at " + i + " is " + actual[i] + ", but should be " + wanted[i]);
            }
        }
    }

    /** The mean absolute difference. */
    static double difference(Image a, Image b) {
        double sum = 0;
        for (int c = 0; c < a.colour().planes(); c++) {
            for (int i = 0; i < a.plane(c).length; i++) {
                sum += Math.abs(a.plane(c)[i] - b.plane(c)[i]);
            }
        }
        return sum / a.colour().planes() / a.plane(0).length;
    }
}
