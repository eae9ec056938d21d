package dev.fovea.bench;

import dev.fovea.image.Affine2;
import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import dev.fovea.vision.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sums over detections. */
final class Detections {
    private Detections() {}

    /** The surest of those that overlap, surest first. */
    static List<Detection> single(List<Detection> found, double same) {
        var kept = new ArrayList<Detection>();
        found.stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .filter(d -> kept.stream().noneMatch(k -> k.box().overlap(d.box()) > same))
                .forEach(kept::add);
        return kept;
    }

    /** The one whose box lies nearest to a place. */
    static Optional<Detection> nearest(List<Detection> found, Point2 place) {
        return found.stream()
                .min(Comparator.comparingDouble(d -> d.box().centre().distance(place)));
    }

    /** A box under a similarity. It stands for the ellipse in it, and becomes the box around the turned ellipse. */
    static Box moved(Box box, Affine2 map) {
        Point2 centre = map.apply(box.centre());
        double w = Math.hypot(map.a() * box.width(), map.b() * box.height());
        double h = Math.hypot(map.d() * box.width(), map.e() * box.height());
        return new Box(centre.x() - w / 2, centre.y() - h / 2, w, h);
    }
}
