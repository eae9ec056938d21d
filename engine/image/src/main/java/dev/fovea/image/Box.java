package dev.fovea.image;

/**
 * An upright rectangle in pixels, by its edges. Pixel (0, 0) covers -0.5..0.5: a whole picture is the box (-0.5, -0.5, width, height).
 *
 * @param x the left edge
 * @param y the upper edge
 * @param width at least 0
 * @param height at least 0
 */
public record Box(double x, double y, double width, double height) {
    /** Checks that the size is not negative. */
    public Box {
        if (!(width >= 0 && height >= 0)) {
            throw new IllegalArgumentException("a box of " + width + " x " + height);
        }
    }

    /** The box that covers a picture. */
    public static Box of(Image image) {
        return new Box(-0.5, -0.5, image.width(), image.height());
    }

    /** The smallest box that holds all points. */
    public static Box around(Iterable<Point2> points) {
        double x0 = Double.POSITIVE_INFINITY;
        double y0 = x0;
        double x1 = Double.NEGATIVE_INFINITY;
        double y1 = x1;
        for (Point2 p : points) {
            x0 = Math.min(x0, p.x());
            y0 = Math.min(y0, p.y());
            x1 = Math.max(x1, p.x());
            y1 = Math.max(y1, p.y());
        }
        if (x1 < x0) {
            throw new IllegalArgumentException("no points to put a box around");
        }
        return new Box(x0, y0, x1 - x0, y1 - y0);
    }

    /** The right edge. */
    public double right() {
        return x + width;
    }

    /** The lower edge. */
    public double bottom() {
        return y + height;
    }

    /** The middle. */
    public Point2 centre() {
        return new Point2(x + width / 2, y + height / 2);
    }

    /** Width × height. */
    public double area() {
        return width * height;
    }

    /** Whether a point lies inside or on the edge. */
    public boolean contains(Point2 p) {
        return p.x() >= x && p.x() <= right() && p.y() >= y && p.y() <= bottom();
    }

    /** What both cover; of no area if they do not meet. */
    public Box intersect(Box b) {
        double x0 = Math.max(x, b.x);
        double y0 = Math.max(y, b.y);
        return new Box(
                x0,
                y0,
                Math.max(0, Math.min(right(), b.right()) - x0),
                Math.max(0, Math.min(bottom(), b.bottom()) - y0));
    }

    /** Intersection over union, 0..1; 0 if both are of no area. */
    public double overlap(Box b) {
        double common = intersect(b).area();
        double all = area() + b.area() - common;
        return all > 0 ? common / all : 0;
    }

    /** The box about the same centre with both sides multiplied. */
    public Box scaled(double factor) {
        double w = width * factor;
        double h = height * factor;
        return new Box(x + (width - w) / 2, y + (height - h) / 2, w, h);
    }
}
