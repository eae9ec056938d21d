package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.image.Point2;
import dev.fovea.model.Binding;

/** Tells how far the eyes of a face are open: one look of a network at grey cuts of both ({@code training/eye-state}). */
final class EyeStates {
    static final String TASK = "eye-state";
    static final int SIZE = 48;
    /** The side of a cut over the distance of the eye's corners. */
    private static final double SIDE = 1.5;

    /**
     * What goes in.
     *
     * @param eyes grey 0..1: the eye on the picture's left, and the mirror image of the other
     */
    record In(@Binding(shape = {2, 1, SIZE, SIZE}) float[] eyes) {}

    /**
     * What comes out, of each eye.
     *
     * @param open 0..1
     * @param confidence 0..1
     */
    record Out(float[] open, float[] confidence) {}

    private final Stage<In, Out> net;

    EyeStates(Nets nets) {
        this.net = nets.of(TASK, In.class, Out.class);
    }

    /** The eyes of a mesh; unknown if it has none of any size. */
    Sides<EyeState> look(Scene scene, Landmarks mesh) {
        FaceCrop left = cut(mesh, FaceMesh.LEFT_CORNERS);
        FaceCrop right = cut(mesh, FaceMesh.RIGHT_CORNERS);
        if (!left.usable() || !right.usable()) {
            return new Sides<>(EyeState.UNKNOWN, EyeState.UNKNOWN);
        }
        var eyes = new float[2 * SIZE * SIZE];
        grey(left.pixels(scene, SIZE), eyes, 0, 1);
        grey(right.pixels(scene, SIZE), eyes, SIZE * SIZE + SIZE - 1, -1);
        Out out = net.apply(new In(eyes));
        return new Sides<>(new EyeState(out.open[0], out.confidence[0]), new EyeState(out.open[1], out.confidence[1]));
    }

    /** The square around an eye: level with its corners, as large as they are apart in space, which no turn of the head shortens. */
    static FaceCrop cut(Landmarks mesh, int[] corners) {
        Point2 across = mesh.point(corners[1]).minus(mesh.point(corners[0]));
        Point2 unit = across.length() > 1e-9 ? across.times(1 / across.length()) : new Point2(1, 0);
        Point2 middle = mesh.middle(corners);
        double side = SIDE * mesh.distance(corners[0], corners[1]);
        return new FaceCrop(middle.x(), middle.y(), side, unit.x(), unit.y());
    }

    /** Luma (ITU-R BT.709) of planes of red, green and blue; each row begins SIZE values after the last and runs forwards or backwards. */
    private static void grey(float[] rgb, float[] to, int at, int step) {
        int n = SIZE * SIZE;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int p = y * SIZE + x;
                to[at + y * SIZE + step * x] = 0.2126f * rgb[p] + 0.7152f * rgb[n + p] + 0.0722f * rgb[2 * n + p];
            }
        }
    }
}
