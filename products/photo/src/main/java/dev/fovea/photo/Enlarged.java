package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Transfer;

/**
 * What samples alone tell of a picture on a finer grid, before anything learned finishes it.
 *
 * @param image LINEAR of RAW frames, else in the frames' own colour
 * @param noise how noisy the frames that went into each place are together: their standard deviation on the display scale, divided by the
 *     root of their number. LINEAR_GREY, half the picture's size, rounded up
 */
public record Enlarged(Image image, Image noise) {
    private static final int BAND = 16;
    private static final int LEVELS = 1024;
    /** Over which the slope of the display curve is taken. */
    private static final double STEP = 1e-3;

    static Enlarged of(Image image, SuperResolution task) {
        int w = (image.width() + 1) / 2;
        int h = (image.height() + 1) / 2;
        float[] single = deviations(task.samples(), image.colour().linear());
        float[] noise = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                double v = (2 * y + 1) / task.optics().scale() - 0.5;
                for (int x = 0; x < w; x++) {
                    double u = (2 * x + 1) / task.optics().scale() - 0.5;
                    float value = task.brightness(u, v);
                    noise[y * w + x] = single[Math.round(value * (LEVELS - 1))] / (float) Math.sqrt(task.frames(u, v));
                }
            }
        });
        return new Enlarged(image, Image.of(w, h, Colour.LINEAR_GREY, noise));
    }

    /** The standard deviation of one sample on the display scale, by the brightness 0..1. */
    private static float[] deviations(Samples samples, boolean linear) {
        float[] out = new float[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            double x = i / (LEVELS - 1.0);
            double slope = linear ? (Transfer.encode(x + STEP) - Transfer.encode(x)) / STEP : 1;
            out[i] = (float) (Math.sqrt(samples.variance(samples.colours() / 2, x)) * slope);
        }
        return out;
    }
}
