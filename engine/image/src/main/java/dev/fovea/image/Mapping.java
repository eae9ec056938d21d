package dev.fovea.image;

/** Where each point goes. In a {@link Warp}: where each pixel of the result is taken from. */
public sealed interface Mapping permits Affine2, Homography, Displacement {
    /** Where a point goes. */
    Point2 apply(Point2 p);
}
