package dev.fovea.photo;

/**
 * The shape of a blur, row by row: of each row of pixels the mean span that the shape covers, and how much of the row's height it takes up.
 * Weights and spans together make up an area of 1.
 *
 * @param reach rows above and below the middle one
 * @param left of each row, from the pixel's centre
 * @param right of each row
 * @param weight of each row; 0 where the shape is not
 */
record Spans(int reach, double[] left, double[] right, double[] weight) {
    /** Rows of a pixel that are looked at. */
    private static final int FINE = 8;

    /**
     * A shape of some diameter.
     *
     * @param turned whether upside down, as in front of the focus
     * @param x where in the picture, from its centre; a corner is 1 away
     */
    static Spans of(Lens lens, double diameter, boolean turned, double x, double y) {
        double radius = diameter / 2;
        double shift = lens.catsEye() * radius / 2;
        var shape = new Shape(lens.blades(), radius, turned, shift * x, shift * y);
        int reach = (int) Math.ceil(shape.height() - 0.5);
        int rows = 2 * reach + 1;
        var spans = new Spans(reach, new double[rows], new double[rows], new double[rows]);
        double area = 0;
        for (int k = 0; k < rows; k++) {
            area += spans.row(k, shape);
        }
        for (int k = 0; k < rows; k++) {
            spans.weight[k] /= area;
        }
        return spans;
    }

    /** One row; its area. */
    private double row(int k, Shape shape) {
        int inside = 0;
        double l = 0;
        double r = 0;
        for (int i = 0; i < FINE; i++) {
            shape.cut(k - reach + (i + 0.5) / FINE - 0.5);
            if (shape.right > shape.left) {
                inside++;
                l += shape.left;
                r += shape.right;
            }
        }
        if (inside == 0) {
            return 0;
        }
        left[k] = l / inside;
        right[k] = r / inside;
        weight[k] = (double) inside / FINE;
        return weight[k] * (right[k] - left[k]);
    }

    /** A convex shape about the origin, cut by lines. */
    private static final class Shape {
        private final int blades;
        private final double radius;
        private final double[] px;
        private final double[] py;
        private final double shiftX;
        private final double shiftY;
        double left;
        double right;

        Shape(int blades, double radius, boolean turned, double shiftX, double shiftY) {
            this.blades = blades;
            this.radius = radius;
            this.shiftX = shiftX;
            this.shiftY = shiftY;
            px = new double[blades + 1];
            py = new double[blades + 1];
            // as large as the disc of that diameter
            double corner =
                    blades < 3 ? radius : radius * Math.sqrt(2 * Math.PI / blades / Math.sin(2 * Math.PI / blades));
            for (int i = 0; i <= blades && blades > 0; i++) {
                double angle = 2 * Math.PI * (i % blades) / blades - (turned ? Math.PI / 2 : -Math.PI / 2);
                px[i] = corner * Math.cos(angle);
                py[i] = corner * Math.sin(angle);
            }
        }

        /** How far up it can reach. */
        double height() {
            double corner = 0;
            for (double p : py) {
                corner = Math.max(corner, Math.abs(p));
            }
            return blades == 4 ? radius : Math.max(radius, corner);
        }

        /** Sets left and right of what lies at some height; left is not below right if nothing does. */
        void cut(double y) {
            left = Double.NEGATIVE_INFINITY;
            right = Double.POSITIVE_INFINITY;
            if (blades == 4) {
                within(Math.abs(y) <= radius ? radius : -1, 0);
            } else if (blades > 0) {
                polygon(y);
            }
            if (blades == 0 || shiftX != 0 || shiftY != 0) {
                disc(y, shiftX, shiftY);
                disc(y, -shiftX, -shiftY);
            }
        }

        private void disc(double y, double cx, double cy) {
            double square = radius * radius - (y - cy) * (y - cy);
            within(square > 0 ? Math.sqrt(square) : -1, cx);
        }

        private void within(double half, double cx) {
            left = Math.max(left, cx - half);
            right = Math.min(right, cx + half);
        }

        private void polygon(double y) {
            double l = Double.POSITIVE_INFINITY;
            double r = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < blades; i++) {
                double a = py[i];
                double b = py[i + 1];
                if ((a <= y && b > y) || (b <= y && a > y)) {
                    double x = px[i] + (y - a) / (b - a) * (px[i + 1] - px[i]);
                    l = Math.min(l, x);
                    r = Math.max(r, x);
                }
            }
            left = l;
            right = r;
        }
    }
}
