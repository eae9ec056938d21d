package dev.fovea.space;

import dev.fovea.image.Point2;

/**
 * A lens that draws a point (x, y, 1) in front of it at (fx x + cx, fy y + cy) after distortion by Brown's polynomial (1966), in OpenCV's
 * order.
 *
 * @param distortion k1, k2, p1, p2, k3; shorter if the rest is 0
 */
record Lens(double fx, double fy, double cx, double cy, double[] distortion) {
    private static final int ROUNDS = 12;

    private double k(int i) {
        return i < distortion.length ? distortion[i] : 0;
    }

    /** Where a ray meets the picture. */
    Point2 pixel(double x, double y) {
        double r = x * x + y * y, radial = 1 + r * (k(0) + r * (k(1) + r * k(4)));
        double u = x * radial + 2 * k(2) * x * y + k(3) * (r + 2 * x * x);
        double v = y * radial + k(2) * (r + 2 * y * y) + 2 * k(3) * x * y;
        return new Point2(fx * u + cx, fy * v + cy);
    }

    /** The ray of a pixel, by fixed-point iteration. */
    Point2 ray(Point2 pixel) {
        double u = (pixel.x() - cx) / fx, v = (pixel.y() - cy) / fy, x = u, y = v;
        for (int i = 0; i < ROUNDS; i++) {
            double r = x * x + y * y, radial = 1 + r * (k(0) + r * (k(1) + r * k(4)));
            double dx = 2 * k(2) * x * y + k(3) * (r + 2 * x * x), dy = k(2) * (r + 2 * y * y) + 2 * k(3) * x * y;
            x = (u - dx) / radial;
            y = (v - dy) / radial;
        }
        return new Point2(x, y);
    }

    /** The same lens on a picture so many times as wide. */
    Lens scaled(double s) {
        return new Lens(fx * s, fy * s, (cx + 0.5) * s - 0.5, (cy + 0.5) * s - 0.5, distortion);
    }
}
