package dev.fovea.bench;

import dev.fovea.image.Affine2;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import dev.fovea.image.Point2;
import dev.fovea.image.Resize;
import dev.fovea.image.Warp;
import dev.fovea.vision.Face;
import java.util.Random;

/**
 * A grey cut of an eye, as the eye-state network takes it, and what may happen to it on the way.
 *
 * @param grey 48 × 48 values 0..1
 */
record EyeCut(float[] grey) {
    static final int SIZE = 48;
    /** Of 255 levels, in pictures of 96 × 96. */
    private static final double NOISE = 20 / 255.0;

    /** A whole picture as the cut: those of face/eyes show an eye that measures about two thirds of them, as a cut does. */
    static EyeCut whole(Image picture) {
        return new EyeCut(
                new Resize(SIZE, SIZE, Resize.Filter.BOX).apply(grey(picture)).plane(0));
    }

    /** The eye on the left of a face that was seen: as the eye cuts it, level with its corners and 1.5 times as large as they are apart. */
    static EyeCut left(Image picture, Face face) {
        Point2 from = face.mesh().point(33);
        Point2 across = face.mesh().point(133).minus(from);
        Point2 middle = from.plus(across.times(0.5));
        double step = 1.5 * face.mesh().distance(33, 133) / SIZE;
        double x = step * across.x() / across.length();
        double y = step * across.y() / across.length();
        double half = SIZE / 2.0 - 0.5;
        var map = new Affine2(x, -y, middle.x() - half * (x - y), y, x, middle.y() - half * (y + x));
        return new EyeCut(new Warp(map, SIZE, SIZE, Warp.Sampling.BILINEAR)
                .apply(grey(picture))
                .plane(0));
    }

    private static Image grey(Image picture) {
        return picture.colour().planes() == 1 ? picture : new Luma().apply(picture);
    }

    /** A quarter of the light: gamma 2.5. */
    static Image dark(Image picture) {
        return each(picture, v -> Math.pow(v, 2.5));
    }

    static Image noisy(Image picture, long seed) {
        var random = new Random(seed);
        return each(picture, v -> v + NOISE * random.nextGaussian());
    }

    /** Near infrared sees mostly what red is; here nothing else. */
    static Image red(Image picture) {
        float[] red = picture.plane(0);
        return Image.of(picture.width(), picture.height(), picture.colour(), red, red, red);
    }

    static Image plain(Image picture) {
        return new Luma().apply(picture);
    }

    private interface Change {
        double of(double value);
    }

    private static Image each(Image picture, Change change) {
        var planes = new float[picture.colour().planes()][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = picture.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = (float) Math.clamp(change.of(planes[c][i]), 0, 1);
            }
        }
        return Image.of(picture.width(), picture.height(), picture.colour(), planes);
    }

    /** Behind glass that lets a twentieth through and mirrors the sky a little. */
    EyeCut behindDarkGlass() {
        var out = grey.clone();
        for (int i = 0; i < out.length; i++) {
            double x = (i % SIZE + 0.5) / SIZE - 0.5;
            int row = i / SIZE;
            double y = (row + 0.5) / SIZE - 0.5;
            double within = Math.pow(Math.abs(x / 0.62), 3) + Math.pow(Math.abs((y - 0.03) / 0.42), 3);
            if (within < 1) {
                out[i] = (float) (0.05 * out[i] + 0.06 + 0.08 * Math.max(0, 0.3 - y));
            } else if (within < 1.2) {
                out[i] = 0.02f;
            }
        }
        return new EyeCut(out);
    }

    /** From so far away that an eye has three pixels. */
    EyeCut blurred() {
        Image small = new Resize(4, 4, Resize.Filter.BOX).apply(Image.of(SIZE, SIZE, Colour.GREY, grey));
        return new EyeCut(
                new Resize(SIZE, SIZE, Resize.Filter.MITCHELL).apply(small).plane(0));
    }
}
