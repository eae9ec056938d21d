package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Displacement;
import dev.fovea.image.Image;
import dev.fovea.image.Warp;
import java.util.function.UnaryOperator;

/**
 * Aligns developed frames of a bracket from the hand by {@link Align}'s tiles, on the square root of light that both frames can show.
 * Not for mosaics, whose colours it would mix.
 */
final class TileAligner implements Aligner {
    private static final int BAND = 32;
    /** Makes the noise of square-rooted light, about a hundredth of white, to about 1. */
    private static final float UNIT = 100;

    @Override
    public UnaryOperator<Image> onto(Image reference, Image frame) {
        Field field = new Align(plane(reference)).to(plane(frame));
        Displacement motion = dense(field, reference.width(), reference.height());
        return image -> moved(image, motion);
    }

    private static Plane plane(Image grey) {
        var plane = new Plane(grey.width(), grey.height());
        for (int y = 0; y < grey.height(); y++) {
            int o = plane.at(0, y);
            for (int x = 0; x < grey.width(); x++) {
                plane.values()[o + x] = UNIT * grey.plane(0)[y * grey.width() + x];
            }
        }
        plane.pad();
        return plane;
    }

    private static Displacement dense(Field field, int w, int h) {
        var dx = new float[w * h];
        var dy = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    dx[y * w + x] = field.dx(x, y);
                    dy[y * w + x] = field.dy(x, y);
                }
            }
        });
        return Displacement.of(w, h, dx, dy);
    }

    /** Bilinear, since overshoot beside a lamp would be darkness; NaN where the frame shows nothing. */
    private static Image moved(Image image, Displacement motion) {
        int w = image.width();
        int h = image.height();
        Image moved = new Warp(motion, w, h, Warp.Sampling.BILINEAR).apply(image);
        Work.rows(h, BAND, (from, to) -> {
            for (int i = from * w; i < to * w; i++) {
                float x = i % w + motion.dx()[i];
                float y = i / w + motion.dy()[i];
                if (!(x > -0.5f && x < w - 0.5f && y > -0.5f && y < h - 0.5f)) {
                    for (int c = 0; c < moved.colour().planes(); c++) {
                        moved.plane(c)[i] = Float.NaN;
                    }
                }
            }
        });
        return moved;
    }
}
