package dev.fovea.vision;

import dev.fovea.image.Point2;

/**
 * Where a person looks, in degrees of the camera's axes: (0, 0) looks along the camera's axis, into the lens if the face is in the middle of
 * the picture. The mean of both eyes; each is a ball that sits behind the middle of the eye's corners, and looks from its centre through its
 * iris (Ishikawa, Baker, Matthews and Kanade, Passive Driver Gaze Tracking with Active Appearance Models, 2004). The ball's size and
 * place are those of the ICT head ({@code training/canonical-face}).
 *
 * @param yaw −90..90, positive to the picture's right
 * @param pitch −90..90, positive up
 */
public record Gaze(double yaw, double pitch) {
    /** From the middle of the eye's corners to the centre of the ball, in centimetres of the head's axes; x outwards. */
    static final double OUT = 0.062;

    static final double UP = 0.268;
    static final double BACK = 1.065;
    /** From the centre of the ball to the iris. */
    static final double RADIUS = 1.472;

    static Gaze of(Landmarks mesh, HeadFit fit) {
        double[] left = eye(mesh.middle(FaceMesh.LEFT_CORNERS), mesh.point(468), -OUT, fit);
        double[] right = eye(mesh.middle(FaceMesh.RIGHT_CORNERS), mesh.point(473), OUT, fit);
        return towards(left[0] + right[0], left[1] + right[1], left[2] + right[2]);
    }

    /** The unit vector from the centre of an eye's ball through its iris. */
    private static double[] eye(Point2 corners, Point2 iris, double out, HeadFit fit) {
        double[] ball = fit.turned(out, UP, -BACK);
        double x = ((iris.x() - corners.x()) / fit.scale() - ball[0]) / RADIUS;
        double y = (-(iris.y() - corners.y()) / fit.scale() - ball[1]) / RADIUS;
        double off = Math.hypot(x, y);
        double within = Math.max(1, off / 0.95);
        x /= within;
        y /= within;
        return new double[] {x, y, Math.sqrt(1 - x * x - y * y)};
    }

    private static Gaze towards(double x, double y, double z) {
        return new Gaze(Math.toDegrees(Math.atan2(x, z)), Math.toDegrees(Math.atan2(y, Math.hypot(x, z))));
    }

    /** The direction in the picture: a step of length 1 along the gaze, seen from the camera; y down. */
    public Point2 across() {
        double pitched = Math.toRadians(pitch);
        return new Point2(Math.sin(Math.toRadians(yaw)) * Math.cos(pitched), -Math.sin(pitched));
    }
}
