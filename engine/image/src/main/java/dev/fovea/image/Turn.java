package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.Turning;

/** The eight ways to lay a picture down, pixel by pixel, in the order of the EXIF orientations that they set right (EXIF 2.32, tag 274). */
public enum Turn implements Stage<Image, Image> {
    /** As it is. */
    NONE,
    /** Left and right swapped. */
    MIRROR,
    /** By 180 degrees. */
    HALF,
    /** Top and bottom swapped. */
    FLIP,
    /** Mirrored about the diagonal from the top left: rows become columns. */
    TRANSPOSE,
    /** By 90 degrees clockwise. */
    RIGHT,
    /** Mirrored about the diagonal from the top right. */
    TRANSVERSE,
    /** By 90 degrees anticlockwise. */
    LEFT;

    /**
     * The turn that sets a picture upright.
     *
     * @param orientation 1..8, as {@link Exif#orientation}
     */
    public static Turn upright(int orientation) {
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("orientation is " + orientation + ", but must lie between 1 and 8");
        }
        return values()[orientation - 1];
    }

    /** Whether width and height change places. */
    public boolean swaps() {
        return ordinal() >= TRANSPOSE.ordinal();
    }

    /** The turn that undoes this one. */
    public Turn back() {
        return switch (this) {
            case RIGHT -> LEFT;
            case LEFT -> RIGHT;
            default -> this;
        };
    }

    @Override
    public Image apply(Image image) {
        if (this == NONE) {
            return image;
        }
        int w = image.width();
        int h = image.height();
        // where the source's column 0 and row 0 end up
        boolean fromRight = this == MIRROR || this == HALF || this == LEFT || this == TRANSVERSE;
        boolean fromBelow = this == FLIP || this == HALF || this == RIGHT || this == TRANSVERSE;
        var out = new float[image.colour().planes()][w * h];
        for (int c = 0; c < out.length; c++) {
            Turning.plane(image.plane(c), w, h, swaps(), fromRight, fromBelow, out[c]);
        }
        return Image.of(swaps() ? h : w, swaps() ? w : h, image.colour(), out);
    }
}
