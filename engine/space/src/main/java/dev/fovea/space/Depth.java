package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Turn;
import java.nio.file.Path;
import java.util.Optional;

/** How near each pixel of a picture is: as metres, or as the disparity of two views. One value a pixel, NaN where it is unknown. */
public sealed interface Depth permits DepthMap, Disparity {
    /** Pixels per row. */
    int width();

    /** Rows. */
    int height();

    /** The same lying another way, as a picture turned likewise. */
    Depth turned(Turn turn);

    /**
     * Reads a depth file of any format that is known: PFM, PNG, float TIFF, grey depth maps, and pictures that carry depth (JPEG, HEIC).
     * Upright, as {@link dev.fovea.image.Image#read} of the picture.
     *
     * @throws BadInput if the file cannot be read, carries no depth, or depth that cannot be: negative, or unknown everywhere
     */
    static Depth read(Path file) {
        return DepthFiles.read(file).depth(file.toString());
    }

    /**
     * As above, of numbers that mean something else than they usually do in their format.
     *
     * @throws BadInput also if the file carries depth with its own description
     */
    static Depth read(Path file, DepthUnit unit) {
        return DepthFiles.read(file).in(unit, file.toString()).depth(file.toString());
    }

    /**
     * The depth that lies inside a picture (JPEG, HEIC), upright; empty if it carries none. Unlike {@link #read} a grey picture is no map of
     * itself.
     *
     * @throws BadInput if the file cannot be read, or carries depth that cannot be
     */
    static Optional<Depth> inside(Path picture) {
        return DepthFiles.inside(picture).map(stored -> stored.depth(picture.toString()));
    }

    /**
     * Writes a depth file; the extension chooses the format: .pfm holds disparity in pixels, .png 16-bit millimetres, .tif metres as
     * floating point. Written beside and renamed: never half a file.
     *
     * @throws BadInput if the target cannot be written
     * @throws IllegalArgumentException if the extension is another, or the format holds the other kind of depth
     */
    default void write(Path file) {
        DepthFiles.write(this, file);
    }

    /**
     * The same if it is of a picture's shape: as wide and high, or scaled.
     *
     * @param width of the picture
     * @param height of the picture
     * @param source what to call the depth in a message
     * @throws BadInput if it is of another shape: it belongs to another picture
     */
    default Depth fitting(int width, int height, String source) {
        // either side may have been rounded by a pixel
        double across = (double) width() / width, down = (double) height() / height;
        if (Math.abs(across - down) > Math.max(1.0 / width, 1.0 / height) + 0.01 * across) {
            throw new BadInput(
                    source,
                    "is of " + width() + " x " + height() + " pixels, another shape than the picture of " + width
                            + " x " + height,
                    "give the depth of this very picture");
        }
        return this;
    }
}
