package dev.fovea.vision;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import java.util.List;

/** One face of a video: follows it from frame to frame with the mesh network and smooths what that finds. */
final class Track {
    /** A face is lost when the mesh network doubts it more than it would a new one: no flicker between the two. */
    private static final double LOST = 0.4;

    /** A mesh whose five points lie farther from the detector's, in sizes of its box, is not on the face. */
    private static final double ASTRAY = 0.15;
    /** So sure of itself a mesh needs no detector. */
    private static final double CERTAIN = 0.9;

    private final int id;
    private final double score;
    private OneEuro filter = new OneEuro();
    private Landmarks raw;
    private Landmarks smooth;
    private float[] pixels;
    private FaceCrop crop;
    private double presence;
    private int unseen;

    Track(int id, double score, FaceMesh.Found found) {
        this.id = id;
        this.score = score;
        this.raw = found.mesh();
        this.crop = FaceCrop.of(FaceMesh.five(raw));
        this.presence = found.presence();
        this.smooth = smoothed(1);
        this.pixels = found.pixels();
    }

    int id() {
        return id;
    }

    /** The face as the last look showed it; its eyes are looked at where they were seen, not where they are smoothed to. */
    Face face(Scene scene, EyeStates eyes) {
        return Face.of(id, smooth.box(), score, smooth, eyes.look(scene, raw), pixels);
    }

    /** Where the face was last seen. */
    Box box() {
        return raw.box();
    }

    /** Looks where the face should be now; whether it is there. */
    boolean follow(Scene scene, FaceMesh mesh, double seconds) {
        Point2 step = filter.motion().times(seconds);
        // A crop that followed every mesh would let both creep away together: it stays while it does.
        FaceCrop wanted = FaceCrop.of(FaceMesh.five(raw)).moved(step);
        if (crop.strays(wanted)) {
            crop = wanted;
        }
        if (!crop.usable()) {
            return false;
        }
        FaceMesh.Found found = mesh.look(scene, crop);
        if (!found.mesh().finite() || found.presence() < LOST) {
            return false;
        }
        take(found);
        smooth = smoothed(seconds);
        return true;
    }

    /** Whether a detection is of this face. */
    boolean is(Detection d) {
        return box().overlap(d.box()) > 0.3 || box().contains(d.points().get(2));
    }

    /** Whether the mesh lies where a detection of this face says: after a cut or a jump it may have caught on to something else. */
    boolean agrees(Detection d) {
        List<Point2> five = FaceMesh.five(raw);
        double apart = 0;
        for (int i = 0; i < five.size(); i++) {
            apart += five.get(i).distance(d.points().get(i)) / five.size();
        }
        return apart < ASTRAY * Math.max(d.box().width(), d.box().height());
    }

    /** Starts anew where the face really is. */
    void reseat(FaceMesh.Found found) {
        filter = new OneEuro();
        take(found);
        crop = FaceCrop.of(FaceMesh.five(raw));
        smooth = smoothed(1);
    }

    private void take(FaceMesh.Found found) {
        raw = found.mesh();
        pixels = found.pixels();
        presence = found.presence();
    }

    /**
     * Whether a face was followed long enough without the detector's consent, and without much of its own.
     *
     * @param detected whether the detector has just found it
     * @param looks how often it may miss it in a row
     */
    boolean doubtful(boolean detected, int looks) {
        unseen = detected ? 0 : unseen + 1;
        return unseen >= looks && presence < CERTAIN;
    }

    private Landmarks smoothed(double seconds) {
        double size = Math.max(1, FaceCrop.of(FaceMesh.five(raw)).side() / 4);
        return new Landmarks(filter.next(raw.values(), seconds, size));
    }
}
