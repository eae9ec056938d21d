package dev.fovea.sample;

/**
 * How a hand-held frame lies on the reference: what the frame shows at p, the reference shows at c + R(p − c) + (dx, dy), where c is the
 * centre ((width − 1) / 2, (height − 1) / 2) and R turns x towards y by the angle.
 *
 * @param dx shift along the rows, in frame pixels
 * @param dy shift down the columns, in frame pixels
 * @param degrees the angle
 */
public record Motion(double dx, double dy, double degrees) {
    /** The motion of the reference itself. */
    public static final Motion NONE = new Motion(0, 0, 0);

    /** The column on the reference of what a frame of the given size shows at (x, y). */
    public double referenceX(double x, double y, int width, int height) {
        double cx = (width - 1) / 2.0;
        return cx + cos() * (x - cx) - sin() * (y - (height - 1) / 2.0) + dx;
    }

    /** The row on the reference of what a frame of the given size shows at (x, y). */
    public double referenceY(double x, double y, int width, int height) {
        double cy = (height - 1) / 2.0;
        return cy + sin() * (x - (width - 1) / 2.0) + cos() * (y - cy) + dy;
    }

    /** The cosine of the angle. */
    public double cos() {
        return Math.cos(Math.toRadians(degrees));
    }

    /** The sine of the angle. */
    public double sin() {
        return Math.sin(Math.toRadians(degrees));
    }

    Motion plus(double x, double y) {
        return new Motion(dx + x, dy + y, degrees);
    }
}
