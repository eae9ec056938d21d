package dev.fovea.photo;

/**
 * Light from one direction and from everywhere.
 *
 * @param x with y and z the direction towards the lamp, of any length but 0: to the picture's right
 * @param y downwards
 * @param z towards the camera
 * @param ambient the share of the light that comes from everywhere, 0..1
 */
record Lamp(double x, double y, double z, double ambient) {
    Lamp {
        double length = Math.sqrt(x * x + y * y + z * z);
        if (!(length > 1e-9) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("light from (" + x + ", " + y + ", " + z + ") has no direction");
        }
        x /= length;
        y /= length;
        z /= length;
    }

    /** How much of it falls on a surface that faces the camera, without shadows. */
    double onWall() {
        return ambient + (1 - ambient) * Math.max(0, z);
    }
}
