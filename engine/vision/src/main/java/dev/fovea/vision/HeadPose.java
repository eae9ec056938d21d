package dev.fovea.vision;

/**
 * How a head is turned, in degrees: about the camera's vertical axis, then about the head's own transverse axis, then in the plane of its
 * face; as a rotation from the head's axes to the camera's (x right, y up, z towards the camera) R = Ry(yaw) Rx(−pitch) Rz(−roll). Found by
 * laying the average face over the mesh ({@link HeadFit}), so an expression hardly turns it.
 *
 * @param yaw −180..180; positive turns the face to the picture's right
 * @param pitch −90..90; positive raises it
 * @param roll −180..180; positive tilts it clockwise in the picture
 */
public record HeadPose(double yaw, double pitch, double roll) {
    static HeadPose of(HeadFit fit) {
        double[] r = fit.turn();
        return new HeadPose(
                Math.toDegrees(Math.atan2(r[2], r[8])),
                Math.toDegrees(Math.asin(Math.clamp(r[5], -1, 1))),
                -Math.toDegrees(Math.atan2(r[3], r[4])));
    }
}
