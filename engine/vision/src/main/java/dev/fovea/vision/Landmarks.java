package dev.fovea.vision;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import java.util.Arrays;

/**
 * The 478 points of a face in 3D, in the order of MediaPipe's face mesh (Kartynnik et al., Real-time Facial Surface Geometry from
 * Monocular Video, 2019): 468 of the surface, then five of each iris (centre, right, top, left, bottom as in the picture), the
 * picture's left eye first. {@link Feature} names those that outline something.
 *
 * @param values x, y and z of each point: x and y in pixels of the picture, z in pixels of the same scale, away from the camera, about 0
 *     at the middle of the head; the live array, read only
 */
public record Landmarks(float[] values) {
    /** How many points there are. */
    public static final int COUNT = 478;

    /** The points of the surface, which come first; the others are of the irises. */
    public static final int SURFACE = 468;

    /** Checks the number of values. */
    public Landmarks {
        if (values.length != 3 * COUNT) {
            throw new IllegalArgumentException(values.length + " values are not " + COUNT + " points in 3D");
        }
    }

    /** A point's column. */
    public double x(int i) {
        return values[3 * i];
    }

    /** A point's row. */
    public double y(int i) {
        return values[3 * i + 1];
    }

    /** How far a point lies behind the middle of the head. */
    public double z(int i) {
        return values[3 * i + 2];
    }

    /** A point in the picture. */
    public Point2 point(int i) {
        return new Point2(x(i), y(i));
    }

    /** The mean of some points in the picture. */
    public Point2 middle(int... points) {
        var sum = new Point2(0, 0);
        for (int i : points) {
            sum = sum.plus(point(i));
        }
        return sum.times(1.0 / points.length);
    }

    /** The distance of two points in space. */
    public double distance(int a, int b) {
        return Math.hypot(Math.hypot(x(a) - x(b), y(a) - y(b)), z(a) - z(b));
    }

    /** The smallest box around the points of the surface. */
    public Box box() {
        return Box.around(java.util.stream.IntStream.range(0, SURFACE)
                .mapToObj(this::point)
                .toList());
    }

    /** The point of the surface on the other side of the face, where a mirror would show it; itself on the middle line. */
    public static int opposite(int point) {
        return CanonicalFace.OPPOSITE[point];
    }

    /** Whether every value is a number. */
    boolean finite() {
        for (float v : values) {
            if (!Float.isFinite(v)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Landmarks l && Arrays.equals(values, l.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return COUNT + " points in " + box();
    }
}
