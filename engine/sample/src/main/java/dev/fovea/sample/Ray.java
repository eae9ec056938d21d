package dev.fovea.sample;

/**
 * A ray of light followed backwards.
 *
 * @param ox where it starts, and so on
 * @param dx its direction, of length 1
 * @param spread how much wider it grows with each metre
 * @param first whether it comes from the camera; a reflected ray does not see the lamps' glass, whose glints are added exactly
 */
record Ray(double ox, double oy, double oz, double dx, double dy, double dz, double spread, boolean first) {
    double x(double t) {
        return ox + t * dx;
    }

    double y(double t) {
        return oy + t * dy;
    }

    double z(double t) {
        return oz + t * dz;
    }

    /** Its width at a distance, never zero. */
    double width(double t) {
        return Math.max(1e-4, spread * t);
    }
}
