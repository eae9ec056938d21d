package dev.fovea.space;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Turn;

/**
 * How far away each pixel is: metres along the camera's axis, above 0; NaN where it is unknown. One plane, row-major, never changed after
 * it is returned.
 */
public final class DepthMap implements Depth {
    private final int width;
    private final int height;
    private final float[] metres;

    private DepthMap(int width, int height, float[] metres) {
        this.width = width;
        this.height = height;
        this.metres = metres;
    }

    /**
     * A map over a plane, which is not copied and must not be changed afterwards.
     *
     * @param metres width × height values; NaN where unknown
     */
    public static DepthMap of(int width, int height, float[] metres) {
        Disparity.check(width, height, metres);
        return new DepthMap(width, height, metres);
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
    public float[] metres() {
        return metres;
    }

    /** One pixel's depth; NaN where it is unknown. */
    public float at(int x, int y) {
        return metres[y * width + x];
    }

    @Override
    public DepthMap turned(Turn turn) {
        Image turned = turn.apply(Image.of(width, height, Colour.GREY, metres));
        return new DepthMap(turned.width(), turned.height(), turned.plane(0));
    }
}
