package dev.fovea.photo;

import dev.fovea.image.Image;
import dev.fovea.space.Depth;

/**
 * A wish: what shall be in focus, and how much the rest is blurred. The circle of confusion of a thin lens: the diameter of the blur is
 * proportional to the difference of disparities.
 *
 * @param focus the disparity that is sharp; of a depth map 1 / metres
 * @param blur the diameter of the blur in pixels for each pixel of disparity (each 1 / metre) away from the focus, 0 or more; of a square
 *     lens its side
 * @param lens the shape of the blur
 */
public record Bokeh(double focus, double blur, Lens lens) {
    /** Checks the numbers. */
    public Bokeh {
        if (!Double.isFinite(focus)) {
            throw new IllegalArgumentException("focus is " + focus + ", which is no disparity");
        }
        if (!(blur >= 0 && blur < 1e9)) {
            throw new IllegalArgumentException("blur is " + blur + ", but must be at least 0 pixels");
        }
    }

    /** The picture so. To try several wishes, keep a {@link Refocus}. */
    public Image apply(Image image, Depth depth) {
        return Refocus.of(image, depth).apply(this);
    }
}
