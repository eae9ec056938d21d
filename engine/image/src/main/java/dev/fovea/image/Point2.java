package dev.fovea.image;

/** A point or a vector of the picture's plane, in pixels: x to the right, y down, (0, 0) the centre of the top-left pixel. */
public record Point2(double x, double y) {
    /** The sum. */
    public Point2 plus(Point2 p) {
        return new Point2(x + p.x, y + p.y);
    }

    /** The difference. */
    public Point2 minus(Point2 p) {
        return new Point2(x - p.x, y - p.y);
    }

    /** The product with a number. */
    public Point2 times(double factor) {
        return new Point2(x * factor, y * factor);
    }

    /** The length as a vector. */
    public double length() {
        return Math.hypot(x, y);
    }

    /** The distance to another point. */
    public double distance(Point2 p) {
        return Math.hypot(x - p.x, y - p.y);
    }
}
