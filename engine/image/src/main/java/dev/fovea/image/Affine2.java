package dev.fovea.image;

import java.util.List;

/** A linear map and a shift: (x, y) goes to (a x + b y + c, d x + e y + f). */
public record Affine2(double a, double b, double c, double d, double e, double f) implements Mapping {
    /** Leaves every point where it is. */
    public static final Affine2 IDENTITY = new Affine2(1, 0, 0, 0, 1, 0);

    /** A shift by so many pixels. */
    public static Affine2 shift(double dx, double dy) {
        return new Affine2(1, 0, dx, 0, 1, dy);
    }

    /** The coordinates of the picture enlarged by two factors: x goes to (x + 0.5) sx - 0.5. */
    public static Affine2 scale(double sx, double sy) {
        return new Affine2(sx, 0, sx / 2 - 0.5, 0, sy, sy / 2 - 0.5);
    }

    /** A rotation about a point; positive angles turn x towards y, on the screen clockwise. */
    public static Affine2 rotation(double radians, Point2 centre) {
        double cos = Math.cos(radians);
        double sin = Math.sin(radians);
        return new Affine2(
                cos,
                -sin,
                centre.x() - cos * centre.x() + sin * centre.y(),
                sin,
                cos,
                centre.y() - sin * centre.x() - cos * centre.y());
    }

    /**
     * The map that takes one set of points to another with the smallest squared distances.
     *
     * @param from at least three points, not on one line
     * @param to as many
     * @throws IllegalArgumentException if the points are too few or on one line
     */
    public static Affine2 fit(List<Point2> from, List<Point2> to) {
        int n = from.size();
        if (n < 3 || to.size() != n) {
            throw new IllegalArgumentException(
                    "a fit needs at least three pairs of points, not " + n + " and " + to.size());
        }
        Point2 p0 = mean(from);
        Point2 q0 = mean(to);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double ux = 0;
        double uy = 0;
        double vx = 0;
        double vy = 0;
        for (int i = 0; i < n; i++) {
            Point2 p = from.get(i).minus(p0);
            Point2 q = to.get(i).minus(q0);
            xx += p.x() * p.x();
            xy += p.x() * p.y();
            yy += p.y() * p.y();
            ux += q.x() * p.x();
            uy += q.x() * p.y();
            vx += q.y() * p.x();
            vy += q.y() * p.y();
        }
        double det = xx * yy - xy * xy;
        if (!(det > 1e-12 * xx * yy)) {
            throw new IllegalArgumentException("the points of a fit must not lie on one line");
        }
        double a = (ux * yy - uy * xy) / det;
        double b = (uy * xx - ux * xy) / det;
        double d = (vx * yy - vy * xy) / det;
        double e = (vy * xx - vx * xy) / det;
        return new Affine2(a, b, q0.x() - a * p0.x() - b * p0.y(), d, e, q0.y() - d * p0.x() - e * p0.y());
    }

    @Override
    public Point2 apply(Point2 p) {
        return new Point2(a * p.x() + b * p.y() + c, d * p.x() + e * p.y() + f);
    }

    /** This map followed by another. */
    public Affine2 then(Affine2 g) {
        return new Affine2(
                g.a * a + g.b * d,
                g.a * b + g.b * e,
                g.a * c + g.b * f + g.c,
                g.d * a + g.e * d,
                g.d * b + g.e * e,
                g.d * c + g.e * f + g.f);
    }

    /**
     * The map back.
     *
     * @throws IllegalArgumentException if this map flattens the plane
     */
    public Affine2 inverse() {
        double det = a * e - b * d;
        if (!(Math.abs(det) > 1e-300)) {
            throw new IllegalArgumentException(this + " has no inverse");
        }
        return new Affine2(e / det, -b / det, (b * f - c * e) / det, -d / det, a / det, (c * d - a * f) / det);
    }

    /** The same as a homography. */
    public Homography homography() {
        return new Homography(a, b, c, d, e, f, 0, 0, 1);
    }

    private static Point2 mean(List<Point2> points) {
        var sum = new Point2(0, 0);
        for (Point2 p : points) {
            sum = sum.plus(p);
        }
        return sum.times(1.0 / points.size());
    }
}
