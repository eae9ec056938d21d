package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.BoxSum;

/**
 * The mean over a square of 2 radius + 1 pixels, at a cost that hardly depends on the radius. Beyond the picture its edge continues.
 *
 * @param radius in pixels, 0 or more
 */
public record BoxBlur(int radius) implements Stage<Image, Image> {
    /** Checks the radius. */
    public BoxBlur {
        if (radius < 0 || radius > 10_000) {
            throw new IllegalArgumentException("radius is " + radius + ", but must lie between 0 and 10000");
        }
    }

    @Override
    public Image apply(Image image) {
        return Planes.filtered(image, (from, to) -> BoxSum.mean(from, image.width(), image.height(), radius, to));
    }
}
