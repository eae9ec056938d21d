package dev.fovea.space;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Turn;

/**
 * How far apart two rectified views see each pixel: left x minus right x, in pixels, above 0 and larger for what is nearer; NaN where it
 * is unknown. One plane, row-major, on the left view's grid, never changed after it is returned.
 */
public final class Disparity implements Depth {
    private final int width;
    private final int height;
    private final float[] pixels;

    private Disparity(int width, int height, float[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /**
     * A map over a plane, which is not copied and must not be changed afterwards.
     *
     * @param pixels width × height values; NaN where unknown
     */
    public static Disparity of(int width, int height, float[] pixels) {
        check(width, height, pixels);
        return new Disparity(width, height, pixels);
    }

    static void check(int width, int height, float[] values) {
        if (width < 1 || height < 1 || (long) width * height > Image.MAX_PIXELS) {
            throw new IllegalArgumentException("a map of " + width + " x " + height);
        }
        if (values.length != width * height) {
            throw new IllegalArgumentException(values.length + " values for " + width + " x " + height);
        }
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    /** The live array: read only. */
    public float[] pixels() {
        return pixels;
    }

    /** One pixel's disparity; NaN where it is unknown. */
    public float at(int x, int y) {
        return pixels[y * width + x];
    }

    @Override
    public Disparity turned(Turn turn) {
        Image turned = turn.apply(Image.of(width, height, Colour.GREY, pixels));
        return new Disparity(turned.width(), turned.height(), turned.plane(0));
    }
}
