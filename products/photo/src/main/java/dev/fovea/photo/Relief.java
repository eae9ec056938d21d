package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.vision.Face;
import dev.fovea.vision.Feature;
import dev.fovea.vision.Landmarks;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The shape that light falls on: how high a part of a picture stands towards the camera, on a grid, in widths of its cells.
 *
 * @param part where it lies in the picture
 * @param width cells per row
 * @param height rows
 * @param heights row-major
 * @param face how surely a cell belongs to the face, 0..1
 * @param symmetry the plane that parts left and right: a unit normal and its distance from the grid's origin, in cells (x right, y down, z up)
 */
record Relief(Crop part, int width, int height, float[] heights, float[] face, double[] symmetry) {
    /** Cells across a face: shading changes slowly. */
    private static final int ACROSS = 128;
    /** The surface is bent on a grid this much coarser. */
    private static final int COARSE = 4;
    /** How far it reaches beyond the face, in faces. */
    private static final double AROUND = 0.6;
    /** How far beyond the face's outline it is believed, in faces. */
    private static final double BELIEVED = 0.12;
    /** Freedom from the network's unsteadiness, in squared faces. */
    private static final double SMOOTH = 0.005;

    private static final int LEFT_CHEEK = 234;
    private static final int RIGHT_CHEEK = 454;
    private static final int[] BETWEEN_LIPS = Feature.MOUTH.points();

    /** The relief of a face and what is near it. */
    static Relief of(Face face, int pictureWidth, int pictureHeight) {
        Landmarks mesh = face.mesh();
        var box = mesh.box();
        double size = Math.max(1, Math.max(box.width(), box.height() * 0.8));
        int x0 = (int) Math.clamp(Math.floor(box.x() - AROUND * size), 0, pictureWidth - 1);
        int y0 = (int) Math.clamp(Math.floor(box.y() - AROUND * size), 0, pictureHeight - 1);
        int x1 = (int) Math.clamp(Math.ceil(box.x() + box.width() + AROUND * size), x0 + 1, pictureWidth);
        int y1 = (int) Math.clamp(Math.ceil(box.y() + box.height() + AROUND * size), y0 + 1, pictureHeight);
        var part = new Crop(x0, y0, x1 - x0, y1 - y0);
        double cells = Math.min(1, ACROSS / size);
        int w = Math.max(1, (int) Math.round(part.width() * cells));
        int h = Math.max(1, (int) Math.round(part.height() * cells));
        double sx = (double) w / part.width();
        double sy = (double) h / part.height();
        double[][] points = points(mesh, part, sx, sy);
        float[] heights = surface(points, w, h, size * cells);
        return new Relief(part, w, h, heights, outline(mesh, part, sx, sy, w, h, size * cells), symmetry(points));
    }

    /** x, y and height of the surface's points in cells. */
    private static double[][] points(Landmarks mesh, Crop part, double sx, double sy) {
        var points = new double[Landmarks.SURFACE][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {
                (mesh.x(i) + 0.5 - part.x()) * sx - 0.5, (mesh.y(i) + 0.5 - part.y()) * sy - 0.5, -mesh.z(i) * sx
            };
        }
        return points;
    }

    private static float[] surface(double[][] points, int w, int h, double size) {
        int[] used = IntStream.range(0, points.length)
                .filter(i -> Arrays.stream(BETWEEN_LIPS).noneMatch(lip -> lip == i))
                .toArray();
        var plate = new ThinPlate(
                Arrays.stream(used).mapToDouble(i -> points[i][0] / size).toArray(),
                Arrays.stream(used).mapToDouble(i -> points[i][1] / size).toArray(),
                Arrays.stream(used).mapToDouble(i -> points[i][2] / size).toArray(),
                SMOOTH);
        int cw = Math.max(1, w / COARSE);
        int ch = Math.max(1, h / COARSE);
        var coarse = new float[cw * ch];
        Work.rows(ch, 4, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < cw; x++) {
                    double px = (x + 0.5) * w / cw - 0.5;
                    double py = (y + 0.5) * h / ch - 0.5;
                    coarse[y * cw + x] = (float) (plate.at(px / size, py / size) * size);
                }
            }
        });
        return new Resize(w, h, Resize.Filter.CATMULL_ROM)
                .apply(Image.of(cw, ch, Colour.LINEAR_GREY, coarse))
                .plane(0);
    }

    /** 1 within the outline, falling to 0 beyond it. */
    private static float[] outline(Landmarks mesh, Crop part, double sx, double sy, int w, int h, double size) {
        int[] oval = Feature.OVAL.points();
        var x = Arrays.stream(oval)
                .mapToDouble(i -> (mesh.x(i) + 0.5 - part.x()) * sx - 0.5)
                .toArray();
        var y = Arrays.stream(oval)
                .mapToDouble(i -> (mesh.y(i) + 0.5 - part.y()) * sy - 0.5)
                .toArray();
        var inside = new float[w * h];
        Work.rows(h, 8, (from, to) -> {
            for (int r = from; r < to; r++) {
                for (int c = 0; c < w; c++) {
                    double beyond = beyond(x, y, c, r) / size;
                    inside[r * w + c] = (float) smooth(1.5 - beyond / BELIEVED / 2);
                }
            }
        });
        return inside;
    }

    private static double smooth(double t) {
        double u = Math.clamp(t, 0, 1);
        return u * u * (3 - 2 * u);
    }

    /** How far a place lies outside a polygon; 0 within. */
    private static double beyond(double[] x, double[] y, double px, double py) {
        boolean inside = false;
        double nearest = Double.MAX_VALUE;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            if (y[i] > py != y[j] > py && px < (x[j] - x[i]) * (py - y[i]) / (y[j] - y[i]) + x[i]) {
                inside = !inside;
            }
            double dx = x[j] - x[i];
            double dy = y[j] - y[i];
            double along = Math.clamp(((px - x[i]) * dx + (py - y[i]) * dy) / Math.max(1e-12, dx * dx + dy * dy), 0, 1);
            nearest = Math.min(nearest, Math.hypot(px - x[i] - along * dx, py - y[i] - along * dy));
        }
        return inside ? 0 : nearest;
    }

    /** The plane between all points and their counterparts on the other side. */
    private static double[] symmetry(double[][] points) {
        double[][] across = {points[RIGHT_CHEEK], points[LEFT_CHEEK]};
        var normal = new double[3];
        var middle = new double[3];
        for (int i = 0; i < points.length; i++) {
            double[] other = points[Landmarks.opposite(i)];
            double side = Math.signum(along(points[i], other, across));
            for (int k = 0; k < 3; k++) {
                normal[k] += side * (points[i][k] - other[k]);
                middle[k] += (points[i][k] + other[k]) / 2 / points.length;
            }
        }
        double length =
                Math.max(1e-9, Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]));
        double distance = 0;
        for (int k = 0; k < 3; k++) {
            normal[k] /= length;
            distance += normal[k] * middle[k];
        }
        return new double[] {normal[0], normal[1], normal[2], distance};
    }

    private static double along(double[] a, double[] b, double[][] across) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += (a[k] - b[k]) * (across[0][k] - across[1][k]);
        }
        return sum;
    }
}
