package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.image.Point2;
import dev.fovea.model.Binding;
import java.util.List;

/** Finds the points of a face in a crop around it: one look of the mesh network ({@code training/face-mesh}). */
final class FaceMesh {
    static final String TASK = "face-mesh";
    static final int SIZE = 128;
    static final int[] LEFT_CORNERS = {33, 133};
    static final int[] RIGHT_CORNERS = {362, 263};
    private static final int MOST_LOOKS = 8;
    /** After such a first look no second one was ever convinced. */
    private static final double DENIED = 0.05;

    /**
     * What goes in.
     *
     * @param image RGB 0..1, planes
     */
    record In(@Binding(shape = {1, 3, SIZE, SIZE}) float[] image) {}

    /**
     * What comes out.
     *
     * @param points x, y and z of each point, in units of the crop's side from its top-left corner
     * @param presence how sure it is that this is a face, 0..1
     */
    record Out(float[] points, float[] presence) {}

    /**
     * What one look found.
     *
     * @param mesh in pixels of the picture
     * @param presence how sure it is that this is a face, 0..1
     * @param pixels what it looked at
     */
    record Found(Landmarks mesh, double presence, float[] pixels) {}

    private final Stage<In, Out> net;

    FaceMesh(Nets nets) {
        this.net = nets.of(TASK, In.class, Out.class);
    }

    /** One look. */
    Found look(Scene scene, FaceCrop crop) {
        float[] pixels = crop.pixels(scene, SIZE);
        Out out = net.apply(new In(pixels));
        float[] points = out.points.clone();
        crop.toPicture(points);
        return new Found(new Landmarks(points), out.presence[0], pixels);
    }

    /** Two looks: the second one's crop follows from the first one's points, which are finer than a detector's. */
    Found lookTwice(Scene scene, List<Point2> five) {
        return looks(scene, five, 2);
    }

    /** Looks until the crop rests: a face that is followed from here on does not creep into its place. */
    Found settle(Scene scene, List<Point2> five) {
        return looks(scene, five, MOST_LOOKS);
    }

    private Found looks(Scene scene, List<Point2> five, int most) {
        FaceCrop crop = FaceCrop.of(five);
        Found found = look(scene, crop);
        for (int i = 1; i < most; i++) {
            if (!found.mesh.finite() || !(found.presence >= DENIED)) {
                return found;
            }
            FaceCrop next = FaceCrop.of(five(found.mesh));
            if (!next.usable() || next.near(crop)) {
                return found;
            }
            crop = next;
            found = look(scene, crop);
        }
        return found;
    }

    /** The five points that stand for a mesh: the middles of the eyes' corners, the tip of the nose, the corners of the mouth. */
    static List<Point2> five(Landmarks mesh) {
        return List.of(
                mesh.middle(LEFT_CORNERS), mesh.middle(RIGHT_CORNERS), mesh.point(1), mesh.point(61), mesh.point(291));
    }
}
