package dev.fovea.vision;

import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import java.util.List;

/**
 * The turned square that the mesh network looks at; {@code training/face-mesh/crop.py} has the same definition.
 *
 * @param x column of its centre
 * @param y row of its centre
 * @param side its side in pixels of the picture
 * @param ux with {@code uy} the direction of its rows, of length 1
 */
record FaceCrop(double x, double y, double side, double ux, double uy) {
    private static final double SIDE = 3.6;
    private static final double DOWN = 0.5;
    /** The picture is halved until one pixel of the crop covers at most so many of it. */
    private static final double FINE = 2;
    /** Beyond this the crop is not cut at all: a face of a million pixels is none. */
    private static final double MOST = 1e6;

    /**
     * The crop of five points. Its rows follow the sum of the line of the eyes and the normal of the line from the eyes to the mouth; its
     * size is the longer of both, which neither yaw nor pitch shortens together.
     */
    static FaceCrop of(List<Point2> five) {
        Point2 eyes = five.get(0).plus(five.get(1)).times(0.5);
        Point2 down = five.get(3).plus(five.get(4)).times(0.5).minus(eyes);
        Point2 across = five.get(1).minus(five.get(0));
        Point2 axis = across.plus(new Point2(down.y(), -down.x()));
        Point2 unit = axis.length() > 1e-9 ? axis.times(1 / axis.length()) : new Point2(1, 0);
        double size = Math.max(1e-6, Math.max(across.length(), down.length()));
        Point2 centre = eyes.plus(down.times(DOWN));
        return new FaceCrop(centre.x(), centre.y(), SIDE * size, unit.x(), unit.y());
    }

    FaceCrop moved(Point2 by) {
        return new FaceCrop(x + by.x(), y + by.y(), side, ux, uy);
    }

    /** Whether another crop shows nearly the same: within a third of a pixel of what the network sees. */
    boolean near(FaceCrop other) {
        double least = side / FaceMesh.SIZE / 3;
        return Math.hypot(x - other.x, y - other.y) < least
                && Math.abs(side - other.side) < least
                && Math.hypot(ux - other.ux, uy - other.uy) * side < least;
    }

    /** Whether another crop shows so much else that this one does not do for it: a twentieth of it off, a tenth larger, six degrees. */
    boolean strays(FaceCrop other) {
        return Math.hypot(x - other.x, y - other.y) > side / 20
                || Math.abs(side - other.side) > side / 10
                || Math.hypot(ux - other.ux, uy - other.uy) > 0.1;
    }

    boolean usable() {
        return side > 1e-3 && side < MOST && Math.abs(x) < MOST && Math.abs(y) < MOST;
    }

    /** Crop units (0..1 across, z in units of the side) to pixels of the picture, in place. */
    void toPicture(float[] points) {
        for (int i = 0; i < points.length; i += 3) {
            double px = (points[i] - 0.5) * side;
            double py = (points[i + 1] - 0.5) * side;
            points[i] = (float) (x + ux * px - uy * py);
            points[i + 1] = (float) (y + uy * px + ux * py);
            points[i + 2] = (float) (points[i + 2] * side);
        }
    }

    /** The pixels: planes of red, green and blue of n × n values 0..1, black beyond the picture. */
    float[] pixels(Scene scene, int n) {
        var values = new float[3 * n * n];
        int halved = 1;
        while (side / n / halved > FINE) {
            halved *= 2;
        }
        Crop part = part(scene, halved);
        if (part.width() / halved > 0 && part.height() / halved > 0) {
            Image image = scene.part(part, part.width() / halved, part.height() / halved);
            for (int c = 0; c < 3; c++) {
                float[] plane = image.plane(Math.min(c, image.colour().planes() - 1));
                sample(plane, image.width(), image.height(), part, halved, values, c * n * n, n);
            }
        }
        return values;
    }

    /** What the square can reach of the picture, on the grid of whole halved pixels; of no size if it lies beside the picture. */
    private Crop part(Scene scene, int halved) {
        double reach = side * (Math.abs(ux) + Math.abs(uy)) / 2 + 2 * halved;
        int x0 = floor(x - reach, halved, scene.width());
        int y0 = floor(y - reach, halved, scene.height());
        int x1 = floor(x + reach + halved, halved, scene.width());
        int y1 = floor(y + reach + halved, halved, scene.height());
        return x1 > x0 && y1 > y0 ? new Crop(x0, y0, x1 - x0, y1 - y0) : new Crop(0, 0, 1, 1);
    }

    private static int floor(double v, int step, int size) {
        return (int) (Math.clamp(v, 0, size) / step) * step;
    }

    /** Bilinear samples of one plane; what lies beyond it counts as 0. */
    private void sample(float[] plane, int w, int h, Crop part, int halved, float[] to, int at, int n) {
        double step = side / n / halved;
        double half = (0.5 - n / 2.0) * step;
        double left = (x + 0.5) / halved - 0.5 - part.x() / halved + half * (ux - uy);
        double top = (y + 0.5) / halved - 0.5 - part.y() / halved + half * (uy + ux);
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                double sx = left + step * (ux * c - uy * r);
                double sy = top + step * (uy * c + ux * r);
                to[at + r * n + c] = FaceDetector.unit(value(plane, w, h, (float) sx, (float) sy));
            }
        }
    }

    private static float value(float[] plane, int w, int h, float x, float y) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        float fx = x - ix;
        float fy = y - iy;
        if (ix >= 0 && iy >= 0 && ix < w - 1 && iy < h - 1) {
            int p = iy * w + ix;
            float upper = plane[p] + fx * (plane[p + 1] - plane[p]);
            float lower = plane[p + w] + fx * (plane[p + w + 1] - plane[p + w]);
            return upper + fy * (lower - upper);
        }
        float upper = at(plane, w, h, ix, iy) * (1 - fx) + at(plane, w, h, ix + 1, iy) * fx;
        float lower = at(plane, w, h, ix, iy + 1) * (1 - fx) + at(plane, w, h, ix + 1, iy + 1) * fx;
        return upper + fy * (lower - upper);
    }

    private static float at(float[] plane, int w, int h, int x, int y) {
        return x >= 0 && y >= 0 && x < w && y < h ? plane[y * w + x] : 0;
    }
}
