package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import java.util.function.DoubleUnaryOperator;

/**
 * One developed frame made larger: its luma, in which all fine detail lies, is doubled by the {@link Refiner} from the frame as it was
 * taken, noise and all, and brought to its size by Catmull-Rom. How the colours differ from luma is left to what was made before: it
 * changes slowly.
 *
 * @param refiner what doubles
 * @param blur of the lens, in pixels
 * @param denoise how strongly noise is removed
 */
record SinglePicture(Refiner refiner, double blur, double denoise) {
    private static final int BAND = 1 << 16;
    /** Luma of red, green and blue (ITU-R BT.601, as in JPEG). */
    private static final float RED = 0.299f;

    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;
    /** The noise of luma where that of its colours is 1 and independent. */
    private static final double MEAN = Math.sqrt(RED * RED + GREEN * GREEN + BLUE * BLUE);
    /** No picture of 8 bits is quieter than its rounding. */
    private static final double ROUNDING = 1.0 / 255 / Math.sqrt(12);
    /** The most that the network has learned of. */
    private static final double LOUDEST = 0.2;
    /** Steps of a table of the noise by luma. */
    private static final int LEVELS = 256;

    /**
     * The larger picture with its luma refined.
     *
     * @param variance of the frame's noise at a display value
     * @param large the frame, made larger
     */
    Image refined(Frame frame, DoubleUnaryOperator variance, Image large) {
        float[] luma = luma(frame.image());
        int w = frame.width();
        int h = frame.height();
        boolean grey = large.colour().planes() == 1;
        float[] noise = noise(luma, y -> (grey ? 1 : MEAN) * Math.sqrt(variance.applyAsDouble(y)));
        Image doubled = Image.of(2 * w, 2 * h, Colour.GREY, refiner.doubled(luma, noise, (float) blur, w, h));
        float[] fine = new Resize(large.width(), large.height()).apply(doubled).plane(0);
        float[] before = luma(large);
        float[][] out = new float[large.colour().planes()][fine.length];
        Work.rows(fine.length, BAND, (from, to) -> {
            for (int c = 0; c < out.length; c++) {
                float[] plane = large.plane(c);
                for (int i = from; i < to; i++) {
                    out[c][i] = Math.clamp(plane[i] + (fine[i] - before[i]), 0f, 1f);
                }
            }
        });
        return Image.of(large.width(), large.height(), large.colour(), out);
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
                luma[i] = RED * r[i] + GREEN * g[i] + BLUE * b[i];
            }
        });
        return luma;
    }

    /** The noise to remove, pixel by pixel. */
    private float[] noise(float[] luma, DoubleUnaryOperator deviation) {
        float[] table = new float[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            table[i] = (float) Math.clamp(denoise * deviation.applyAsDouble((i + 0.5) / LEVELS), ROUNDING, LOUDEST);
        }
        float[] noise = new float[luma.length];
        Work.rows(luma.length, BAND, (from, to) -> {
            for (int i = from; i < to; i++) {
                noise[i] = table[Math.clamp((int) (luma[i] * LEVELS), 0, LEVELS - 1)];
            }
        });
        return noise;
    }
}
