package dev.fovea.vision;

import dev.fovea.image.Point2;

/**
 * The coloured ring of an eye.
 *
 * @param centre in pixels; behind a closed lid where it would be
 * @param radius in pixels: half the mean of its two diameters; a human iris measures 11.7 ± 0.5 mm across (Rüfer et al., Cornea 2005)
 */
public record Iris(Point2 centre, double radius) {}
