package dev.fovea.vision;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import java.util.List;

/**
 * A face as the detector finds it.
 *
 * @param box around it, from the forehead to the chin; in pixels, it may reach beyond the picture
 * @param score how sure the detector is, 0..1
 * @param points left eye, right eye, tip of the nose, left and right corner of the mouth, rough
 */
public record Detection(Box box, double score, List<Point2> points) {
    /** Copies the list. */
    public Detection {
        points = List.copyOf(points);
    }

    /** Of the kind, moved and scaled. */
    Detection at(double x, double y, double scale) {
        return new Detection(
                new Box(place(box.x(), x, scale), place(box.y(), y, scale), box.width() * scale, box.height() * scale),
                score,
                points.stream()
                        .map(p -> new Point2(place(p.x(), x, scale), place(p.y(), y, scale)))
                        .toList());
    }

    private static double place(double v, double origin, double scale) {
        return (v + 0.5) * scale - 0.5 + origin;
    }
}
