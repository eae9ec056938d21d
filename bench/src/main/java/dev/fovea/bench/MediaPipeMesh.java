package dev.fovea.bench;

import dev.fovea.image.Affine2;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.image.Resize;
import dev.fovea.image.Warp;
import dev.fovea.model.Binding;
import dev.fovea.model.Model;
import dev.fovea.model.Net;
import java.nio.file.Path;
import java.util.List;

/**
 * The peer and teacher for meshes: MediaPipe's face landmark network (Kartynnik et al. 2019, Apache-2.0), with its own crops: turned so that
 * the outer corners of the eyes are level, 1.5 times the points' box. Looks twice, as our own does.
 */
final class MediaPipeMesh implements AutoCloseable {
    private static final int SIZE = 192;
    static final int POINTS = 468;

    record In(@Binding("input_1") float[] image) {}

    record Out(@Binding("conv2d_21") float[] points) {}

    /** A turned square: centre, side, direction of its rows. */
    private record Square(Point2 centre, double side, Point2 across) {
        Affine2 fromUnit() {
            double ax = across.x() * side;
            double ay = across.y() * side;
            return new Affine2(ax, -ay, centre.x() - (ax - ay) / 2, ay, ax, centre.y() - (ay + ax) / 2);
        }
    }

    private final Net<In, Out> net;

    MediaPipeMesh(Path models) {
        net = Net.open(Model.of(models.resolve("face_landmark.onnx")), In.class, Out.class);
    }

    /** The points in the picture, x and y of each, from five rough ones. */
    Point2[] look(Image picture, List<Point2> five) {
        Point2 eyes = five.get(0).plus(five.get(1)).times(0.5);
        Point2 down = five.get(3).plus(five.get(4)).times(0.5).minus(eyes);
        Point2 line = five.get(1).minus(five.get(0)).plus(new Point2(down.y(), -down.x()));
        double size = Math.max(five.get(0).distance(five.get(1)), down.length());
        Point2[] first = look(picture, new Square(eyes.plus(down.times(0.5)), 3.6 * size, unit(line)));
        return look(picture, around(first));
    }

    private Point2[] look(Image picture, Square square) {
        Affine2 map = square.fromUnit();
        Affine2 pixels = new Affine2(1.0 / SIZE, 0, 0.5 / SIZE, 0, 1.0 / SIZE, 0.5 / SIZE).then(map);
        Image rgb = picture.to(Colour.SRGB);
        double shrink = Math.floor(square.side / SIZE);
        if (shrink >= 2) {
            int w = Math.max(1, (int) Math.round(rgb.width() / shrink));
            int h = Math.max(1, (int) Math.round(rgb.height() / shrink));
            pixels = pixels.then(Affine2.scale((double) w / rgb.width(), (double) h / rgb.height()));
            rgb = new Resize(w, h, Resize.Filter.BOX).apply(rgb);
        }
        Image crop = new Warp(pixels, SIZE, SIZE, Warp.Sampling.BILINEAR).apply(rgb);
        var values = new float[SIZE * SIZE * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = crop.plane(i % 3)[i / 3];
        }
        float[] found = net.apply(new In(values)).points;
        var points = new Point2[POINTS];
        for (int i = 0; i < POINTS; i++) {
            points[i] = map.apply(new Point2(found[3 * i] / SIZE, found[3 * i + 1] / SIZE));
        }
        return points;
    }

    private static Square around(Point2[] mesh) {
        Point2 across = unit(mesh[263].minus(mesh[33]));
        double x0 = 1e9;
        double x1 = -1e9;
        double y0 = 1e9;
        double y1 = -1e9;
        for (Point2 p : mesh) {
            double x = p.x() * across.x() + p.y() * across.y();
            double y = p.y() * across.x() - p.x() * across.y();
            x0 = Math.min(x0, x);
            x1 = Math.max(x1, x);
            y0 = Math.min(y0, y);
            y1 = Math.max(y1, y);
        }
        double mx = (x0 + x1) / 2;
        double my = (y0 + y1) / 2;
        var centre = new Point2(mx * across.x() - my * across.y(), mx * across.y() + my * across.x());
        return new Square(centre, 1.5 * Math.max(x1 - x0, y1 - y0), across);
    }

    private static Point2 unit(Point2 p) {
        return p.length() > 1e-9 ? p.times(1 / p.length()) : new Point2(1, 0);
    }

    @Override
    public void close() {
        net.close();
    }
}
