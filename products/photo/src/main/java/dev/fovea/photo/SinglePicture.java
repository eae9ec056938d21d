package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Resize;
import dev.fovea.image.Transfer;
import java.util.function.DoubleUnaryOperator;

/**
 * One frame made larger. Its luma, in which all fine detail lies, is doubled by the {@link Refiner}; how the colours differ from it is
 * enlarged by Catmull-Rom. From there to other sizes it is Catmull-Rom again. A developed frame's luma is taken with its noise, which
 * the network removes better; that of a sensor frame comes from its denoised colours, which demosaicing needs anyway.
 *
 * @param refiner what doubles
 * @param blur of the lens, in pixels
 * @param denoise how strongly noise is removed
 */
record SinglePicture(Refiner refiner, double blur, double denoise) {
    private static final int BAND = 1 << 16;
    /** Luma (ITU-R BT.601, as in JPEG) of red, green and blue. */
    private static final float[] WEIGHTS = {0.299f, 0.587f, 0.114f};
    /** The noise of luma where that of its colours is 1 and independent. */
    private static final double MEAN = Math.sqrt(0.299 * 0.299 + 0.587 * 0.587 + 0.114 * 0.114);
    /** No picture of 8 bits is quieter than its rounding. */
    private static final double ROUNDING = 1.0 / 255 / Math.sqrt(12);
    /** How much of a sensor frame's noise is left in luma after denoising and developing; measured. */
    private static final double REMAINS = 0.5;
    /** Steps of a table of the noise by luma. */
    private static final int LEVELS = 256;

    /**
     * A developed frame.
     *
     * @param calm the frame, denoised
     * @param variance of its noise at a display value
     */
    Image developed(Frame frame, Image calm, DoubleUnaryOperator variance, int width, int height) {
        float[] luma = luma(frame.image());
        double mean = calm.colour().planes() == 1 ? 1 : MEAN;
        float[] noise = noise(luma, y -> mean * Math.sqrt(variance.applyAsDouble(y)));
        return enlarged(luma, noise, calm, width, height);
    }

    /**
     * A developed sensor frame.
     *
     * @param light the frame, denoised and LINEAR
     * @param remaining its noise
     */
    Image light(Image light, NoiseModel remaining, int width, int height) {
        int n = light.width() * light.height();
        float[][] shown = new float[3][n];
        for (int c = 0; c < 3; c++) {
            Transfer.encode(light.plane(c), shown[c]);
        }
        Image display = Image.of(light.width(), light.height(), Colour.SRGB, shown);
        float[] luma = luma(display);
        float[] noise = noise(luma, y -> REMAINS * Math.sqrt(remaining.variance(Transfer.decode(y))) * slope(y));
        Image large = enlarged(luma, noise, display, width, height);
        Image plain = new Resize(width, height).apply(light);
        float[][] out = new float[3][];
        for (int c = 0; c < 3; c++) {
            float[] plane = large.plane(c);
            float[] bright = plain.plane(c);
            Transfer.decode(plane, plane);
            Work.rows(plane.length, BAND, (from, to) -> {
                for (int i = from; i < to; i++) {
                    // What is brighter than a display shows was cut for the network: it stays as it is.
                    plane[i] = bright[i] > 1 ? bright[i] : plane[i];
                }
            });
            out[c] = plane;
        }
        return Image.of(width, height, Colour.LINEAR, out);
    }

    private Image enlarged(float[] luma, float[] noise, Image calm, int width, int height) {
        int w = calm.width();
        int h = calm.height();
        float[] fine = refiner.doubled(luma, noise, (float) blur, w, h);
        float[] grey = luma(calm);
        float[][] out = new float[calm.colour().planes()][];
        for (int c = 0; c < out.length; c++) {
            out[c] = plane(calm.plane(c), grey, fine, w, h, width, height);
        }
        return Image.of(width, height, calm.colour(), out);
    }

    /** One colour: by how much it differs from luma changes slowly, and is added to the fine luma. */
    private static float[] plane(float[] colour, float[] grey, float[] fine, int w, int h, int width, int height) {
        float[] difference = new float[w * h];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = colour[i] - grey[i];
        }
        float[] large = resized(difference, w, h, 2 * w, 2 * h);
        Work.rows(large.length, BAND, (from, to) -> {
            for (int i = from; i < to; i++) {
                large[i] += fine[i];
            }
        });
        float[] out = resized(large, 2 * w, 2 * h, width, height);
        Work.rows(out.length, BAND, (from, to) -> {
            for (int i = from; i < to; i++) {
                out[i] = Math.clamp(out[i], 0f, 1f);
            }
        });
        return out;
    }

    private static float[] resized(float[] plane, int w, int h, int width, int height) {
        return new Resize(width, height)
                .apply(Image.of(w, h, Colour.GREY, plane))
                .plane(0);
    }

    private static float[] luma(Image image) {
        if (image.colour().planes() == 1) {
            return image.plane(0);
        }
        float[] r = image.plane(0);
        float[] g = image.plane(1);
        float[] b = image.plane(2);
        float[] luma = new float[r.length];
        Work.rows(luma.length, BAND, (from, to) -> {
            for (int i = from; i < to; i++) {
                luma[i] = WEIGHTS[0] * r[i] + WEIGHTS[1] * g[i] + WEIGHTS[2] * b[i];
            }
        });
        return luma;
    }

    /** The noise to remove, pixel by pixel. */
    private float[] noise(float[] luma, DoubleUnaryOperator deviation) {
        float[] table = new float[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            table[i] = (float) Math.clamp(denoise * deviation.applyAsDouble((i + 0.5) / LEVELS), ROUNDING, 0.2);
        }
        float[] noise = new float[luma.length];
        Work.rows(luma.length, BAND, (from, to) -> {
            for (int i = from; i < to; i++) {
                noise[i] = table[Math.clamp((int) (luma[i] * LEVELS), 0, LEVELS - 1)];
            }
        });
        return noise;
    }

    /** How much a display value changes with light. */
    private static double slope(double display) {
        double light = Transfer.decode(display);
        return light < 0.0031308 ? 12.92 : 1.055 / 2.4 * Math.pow(light, 1 / 2.4 - 1);
    }
}
