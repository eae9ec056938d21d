package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.Convolve;

/** A weighted sum of 3 × 3 neighbours in every plane. Beyond the picture its edge continues. */
public final class Convolution implements Stage<Image, Image> {
    /** Stronger edges: five times the pixel less its four neighbours. */
    public static final Convolution SHARPEN = of(0, -1, 0, -1, 5, -1, 0, -1, 0);

    /** How fast values grow to the right, per pixel (Sobel). */
    public static final Convolution SOBEL_X = of(-1 / 8f, 0, 1 / 8f, -2 / 8f, 0, 2 / 8f, -1 / 8f, 0, 1 / 8f);

    /** How fast values grow downwards, per pixel (Sobel). */
    public static final Convolution SOBEL_Y = of(-1 / 8f, -2 / 8f, -1 / 8f, 0, 0, 0, 1 / 8f, 2 / 8f, 1 / 8f);

    private final float[] nine;

    private Convolution(float[] nine) {
        this.nine = nine;
    }

    /**
     * A sum with the given weights.
     *
     * @param nine row by row; the first weighs the neighbour above on the left (no flipping)
     */
    public static Convolution of(float... nine) {
        if (nine.length != 9) {
            throw new IllegalArgumentException("nine weights are needed, not " + nine.length);
        }
        return new Convolution(nine.clone());
    }

    @Override
    public Image apply(Image image) {
        return Planes.filtered(image, (from, to) -> Convolve.three(from, image.width(), image.height(), nine, to));
    }
}
