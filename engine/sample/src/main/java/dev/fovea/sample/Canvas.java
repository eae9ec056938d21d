package dev.fovea.sample;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;

/** A flat thing being painted, in metres, over nothing: premultiplied light and cover. */
final class Canvas {
    /** The signed distance to an outline in metres, negative inside. */
    @FunctionalInterface
    interface Shape {
        double distance(double x, double y);
    }

    /** The light that comes from a place. */
    @FunctionalInterface
    interface Ink {
        void at(double x, double y, Rgb out);
    }

    final double left;
    final double bottom;
    final double perMetre;
    final int width;
    final int height;
    final float[][] light;
    final float[] cover;

    Canvas(double left, double bottom, double right, double top, double perMetre) {
        this.left = left;
        this.bottom = bottom;
        this.perMetre = perMetre;
        this.width = (int) Math.ceil((right - left) * perMetre);
        this.height = (int) Math.ceil((top - bottom) * perMetre);
        this.light = new float[3][width * height];
        this.cover = new float[width * height];
    }

    /** Paints a shape that lies within the given bounds. */
    void paint(double x0, double y0, double x1, double y1, Shape shape, Ink ink) {
        Rgb rgb = new Rgb();
        int i0 = Math.max(0, (int) ((x0 - left) * perMetre) - 1);
        int i1 = Math.min(width - 1, (int) ((x1 - left) * perMetre) + 1);
        int j0 = Math.max(0, height - 2 - (int) ((y1 - bottom) * perMetre));
        int j1 = Math.min(height - 1, height - (int) ((y0 - bottom) * perMetre));
        for (int j = j0; j <= j1; j++) {
            double y = bottom + (height - j - 0.5) / perMetre;
            for (int i = i0; i <= i1; i++) {
                double x = left + (i + 0.5) / perMetre;
                double in = Math.clamp(0.5 - shape.distance(x, y) * perMetre, 0, 1);
                if (in > 0) {
                    ink.at(x, y, rgb);
                    over(j * width + i, in, rgb);
                }
            }
        }
    }

    void over(int at, double in, Rgb rgb) {
        float k = (float) in;
        light[0][at] += k * ((float) rgb.r - light[0][at]);
        light[1][at] += k * ((float) rgb.g - light[1][at]);
        light[2][at] += k * ((float) rgb.b - light[2][at]);
        cover[at] += k * (1 - cover[at]);
    }

    /** The painting as a cutout whose top-left sample lies at the given place of a world. */
    Cutout cutout(double x, double y) {
        return new Cutout(
                x,
                y,
                Image.of(width, height, Colour.LINEAR, light),
                Image.of(width, height, Colour.LINEAR_GREY, cover));
    }

    static double disc(double x, double y, double cx, double cy, double radius) {
        return Math.hypot(x - cx, y - cy) - radius;
    }

    static double box(double x, double y, double x0, double y0, double x1, double y1) {
        return Math.max(Math.max(x0 - x, x - x1), Math.max(y0 - y, y - y1));
    }

    /** A limb: a line whose radius changes from one end to the other. */
    static double limb(double x, double y, double ax, double ay, double bx, double by, double ra, double rb) {
        double dx = bx - ax;
        double dy = by - ay;
        double t = Math.clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0, 1);
        return Math.hypot(x - ax - t * dx, y - ay - t * dy) - (ra + t * (rb - ra));
    }
}
