package dev.fovea.vision;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;

/** One face of a video: follows it from frame to frame with the mesh network and smooths what that finds. */
final class Track {
    /** A face is lost when the mesh network doubts it more than it would a new one: no flicker between the two. */
    private static final double LOST = 0.35;

    private final int id;
    private final double score;
    private final OneEuro filter = new OneEuro();
    private Landmarks raw;
    private Face face;

    Track(int id, double score, FaceMesh.Found found) {
        this.id = id;
        this.score = score;
        this.raw = found.mesh();
        this.face = seen(found, 1);
    }

    int id() {
        return id;
    }

    Face face() {
        return face;
    }

    /** Where the face was last seen. */
    Box box() {
        return raw.box();
    }

    /** Looks where the face should be now; whether it is there. */
    boolean follow(Scene scene, FaceMesh mesh, double seconds) {
        Point2 step = filter.motion().times(seconds);
        FaceCrop crop = FaceCrop.of(FaceMesh.five(raw)).moved(step);
        if (!crop.usable()) {
            return false;
        }
        FaceMesh.Found found = mesh.look(scene, crop);
        if (!found.mesh().finite() || found.presence() < LOST) {
            return false;
        }
        raw = found.mesh();
        face = seen(found, seconds);
        return true;
    }

    private Face seen(FaceMesh.Found found, double seconds) {
        double size = Math.max(1, FaceCrop.of(FaceMesh.five(raw)).side() / 4);
        var smooth = new Landmarks(filter.next(raw.values(), seconds, size));
        return Face.of(id, smooth.box(), score, smooth, found.pixels());
    }
}
