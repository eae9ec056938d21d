package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.CameraColour;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Demosaic;
import dev.fovea.image.Develop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import java.util.Optional;

/** Between sensor values and pictures proportional to light. */
final class Linear {
    private static final int BAND = 16;
    /** Levels of the RAW that we write: room for noise below black and for a little above white. */
    private static final int BLACK = 4096;

    private static final int WHITE = 61440;

    private Linear() {}

    /** A shot's normalised planes, well demosaiced, in the camera's own colours. */
    static float[][] camera(Raw raw, NoiseModel noise) {
        int w = raw.width();
        int h = raw.height();
        float[][] values = new float[raw.cfa().mosaic() ? 1 : 3][w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int c = 0; c < values.length; c++) {
                for (int y = from; y < to; y++) {
                    for (int x = 0; x < w; x++) {
                        values[c][y * w + x] = raw.value(c, x, y);
                    }
                }
            }
        });
        return raw.cfa().mosaic()
                ? Demosaic.planes(values[0], w, h, raw.cfa(), raw.colour().gains(), noise)
                : values;
    }

    /** Camera colours as LINEAR sRGB. */
    static Image developed(Image camera, CameraColour colour, float saturation) {
        float[][] planes = {camera.plane(0), camera.plane(1), camera.plane(2)};
        return new Develop().apply(planes, camera.width(), camera.height(), colour, saturation);
    }

    /** Camera colours as sensor values again: a mosaic if the shot was one, with the noise that remains. */
    static Raw mosaic(Image camera, Raw like, NoiseModel noise) {
        int w = camera.width();
        int h = camera.height();
        boolean mosaic = like.cfa().mosaic();
        short[][] planes = new short[mosaic ? 1 : 3][w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    for (int p = 0; p < planes.length; p++) {
                        float v = camera.plane(mosaic ? like.cfa().colourAt(x, y) : p)[y * w + x];
                        planes[p][y * w + x] =
                                (short) Math.clamp(Math.round(BLACK + (double) v * (WHITE - BLACK)), 0, 65535);
                    }
                }
            }
        });
        float[] black = new float[mosaic ? 4 : 3];
        java.util.Arrays.fill(black, BLACK);
        return new Raw(
                w, h, like.cfa(), planes, black, WHITE, like.colour(), Optional.of(noise), like.exif(), like.source());
    }

    /** The same burst with its mosaics filled in, as linear RAW. */
    static Burst mosaicsFilled(Burst burst) {
        if (!burst.raw() || !((Raw) burst.shots().getFirst()).cfa().mosaic()) {
            return burst;
        }
        return new Burst(burst.shots().stream().map(s -> (Shot) filled((Raw) s)).toList());
    }

    private static Raw filled(Raw raw) {
        NoiseModel noise = raw.noise().orElseGet(() -> dev.fovea.image.NoiseEstimate.of(raw));
        Image camera = Image.of(raw.width(), raw.height(), Colour.LINEAR, camera(raw, noise));
        Raw none = new Raw(
                raw.width(),
                raw.height(),
                Cfa.NONE,
                new short[3][raw.width() * raw.height()],
                new float[] {BLACK, BLACK, BLACK},
                WHITE,
                raw.colour(),
                Optional.of(noise),
                raw.exif(),
                raw.source());
        return mosaic(camera, none, noise);
    }

    /** A shot as it is, for looking at. */
    static Image shown(Shot shot) {
        return switch (shot) {
            case Frame frame -> frame.image();
            case Raw raw -> new Develop().apply(raw).to(Colour.SRGB);
        };
    }
}
