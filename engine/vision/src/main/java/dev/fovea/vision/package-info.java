/**
 * What can be seen in a picture, worked out when asked: an {@link dev.fovea.vision.Eye} makes a {@link dev.fovea.vision.Scene} of a
 * picture, and a {@link dev.fovea.vision.Sight} is anything that can be seen in one. One finder per file.
 *
 * <p>Coordinates are pixels of the picture, a pixel's centre being its coordinate. Left and right are those of the picture, not of the
 * person. Directions are degrees in the camera's axes: yaw to the right of the picture, pitch up, roll clockwise.
 */
@NullMarked
package dev.fovea.vision;

import org.jspecify.annotations.NullMarked;
