package dev.fovea.vision;

import dev.fovea.Work;
import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The faces of a picture, largest first: candidates of the detector, looked at twice by the mesh network, and told where both together are
 * sure.
 *
 * @param detector how candidates are looked for
 */
public record Faces(FaceDetector detector) implements Sight<List<Face>> {
    /** Two meshes that share more than this part of their boxes' union are of one face. */
    static final double SAME = 0.5;
    /** A face that lies by this part within a larger one is a piece of it: an eye that looks like a face. */
    private static final double WITHIN = 0.75;

    /** As is usual for a picture. */
    public Faces() {
        this(FaceDetector.NORMAL.withSurest(Belief.WORTH_A_LOOK));
    }

    @Override
    public List<Face> look(Scene scene, Nets nets) {
        List<Detection> detections = scene.see(detector);
        if (detections.isEmpty()) {
            return List.of();
        }
        var mesh = new FaceMesh(nets);
        var eyes = new EyeStates(nets);
        var found = new ArrayList<Optional<Face>>();
        detections.forEach(d -> found.add(Optional.empty()));
        Work.rows(found.size(), 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                found.set(i, face(scene, detections.get(i), mesh, eyes));
            }
        });
        var distinct = new ArrayList<Face>();
        for (Face face : found.stream().flatMap(Optional::stream).toList()) {
            if (distinct.stream()
                    .noneMatch(d -> d.mesh().box().overlap(face.mesh().box()) > SAME)) {
                distinct.add(face);
            }
        }
        return numbered(distinct.stream()
                .filter(f -> distinct.stream()
                        .noneMatch(g -> piece(f.mesh().box(), g.mesh().box())))
                .toList());
    }

    /** Whether one face is but a piece of another. */
    static boolean piece(Box small, Box large) {
        return small.area() < large.area() && small.intersect(large).area() > WITHIN * small.area();
    }

    private static Optional<Face> face(Scene scene, Detection d, FaceMesh mesh, EyeStates eyes) {
        List<Point2> five = d.points();
        if (!FaceCrop.of(five).usable()) {
            return Optional.empty();
        }
        FaceMesh.Found found = mesh.lookTwice(scene, five);
        Landmarks points = found.mesh();
        double belief = Belief.of(d.score(), found.presence());
        return points.finite() && belief >= Belief.SURE
                ? Optional.of(Face.of(0, d.box(), belief, points, eyes.look(scene, points), found.pixels()))
                : Optional.empty();
    }

    private static List<Face> numbered(List<Face> faces) {
        List<Face> sorted = faces.stream()
                .sorted(Comparator.comparingDouble((Face f) -> f.box().area()).reversed())
                .toList();
        var numbered = new ArrayList<Face>();
        for (Face f : sorted) {
            numbered.add(f.numbered(numbered.size()));
        }
        return List.copyOf(numbered);
    }
}
