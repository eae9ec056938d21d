package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;

/**
 * How much light falls on each cell of a relief, 1 for a surface that faces a lamp: Lambert's cosine law with a soft cast shadow, found by
 * walking over the relief towards the lamp.
 */
final class Shading {
    /** Cells between the steps of the walk. */
    private static final double STRIDE = 2;
    /** The walk begins beyond what bends the surface itself. */
    private static final double FIRST = 3;
    /** How sharply a shadow ends: a lamp of about ten degrees. */
    private static final double SHARP = 2;
    /** The surface is uncertain by about this many cells: so much is light spread. */
    private static final double SPREAD = 1.5;

    private Shading() {}

    /** The light on each cell, row-major. */
    static float[] of(Relief relief, Lamp lamp) {
        int w = relief.width();
        int h = relief.height();
        var light = new float[w * h];
        Work.rows(h, 8, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    double facing = facing(relief, lamp, x, y);
                    double direct = facing > 0 ? facing * unshaded(relief, lamp, x, y) : 0;
                    light[y * w + x] = (float) (lamp.ambient() + (1 - lamp.ambient()) * direct);
                }
            }
        });
        return new GaussianBlur(SPREAD)
                .apply(Image.of(w, h, Colour.LINEAR_GREY, light))
                .plane(0);
    }

    /** The cosine between the surface's normal and the light, 0 where it turns away. */
    private static double facing(Relief relief, Lamp lamp, int x, int y) {
        double dx = slope(relief, x, y, 1, 0);
        double dy = slope(relief, x, y, 0, 1);
        return Math.max(0, (lamp.z() - dx * lamp.x() - dy * lamp.y()) / Math.sqrt(1 + dx * dx + dy * dy));
    }

    /** Central difference; one-sided at the edge. */
    static double slope(Relief relief, int x, int y, int sx, int sy) {
        int x0 = Math.max(0, x - sx);
        int y0 = Math.max(0, y - sy);
        int x1 = Math.min(relief.width() - 1, x + sx);
        int y1 = Math.min(relief.height() - 1, y + sy);
        int steps = Math.max(1, x1 - x0 + y1 - y0);
        return (relief.heights()[y1 * relief.width() + x1] - relief.heights()[y0 * relief.width() + x0])
                / (double) steps;
    }

    /** 1 where nothing stands in the light, 0 in the deep of a shadow. */
    private static double unshaded(Relief relief, Lamp lamp, int x, int y) {
        double flat = Math.hypot(lamp.x(), lamp.y());
        if (flat < 1e-3) {
            return 1;
        }
        double dx = lamp.x() / flat;
        double dy = lamp.y() / flat;
        double rise = lamp.z() / flat;
        double here = relief.heights()[y * relief.width() + x];
        double over = -Double.MAX_VALUE;
        for (double s = FIRST; ; s += STRIDE) {
            double px = x + dx * s;
            double py = y + dy * s;
            if (!(px >= 0 && py >= 0 && px <= relief.width() - 1 && py <= relief.height() - 1)) {
                return 1 / (1 + Math.exp(SHARP * over));
            }
            over = Math.max(over, (height(relief, px, py) - here - rise * s) / Math.sqrt(s));
        }
    }

    static double height(Relief relief, double px, double py) {
        return sample(relief.heights(), relief.width(), relief.height(), px, py);
    }

    /** Bilinear; the place lies within the grid. */
    static double sample(float[] plane, int w, int h, double px, double py) {
        int x = Math.min((int) px, Math.max(0, w - 2));
        int y = Math.min((int) py, Math.max(0, h - 2));
        int right = w > 1 ? 1 : 0;
        int below = h > 1 ? w : 0;
        double fx = px - x;
        double fy = py - y;
        int i = y * w + x;
        double upper = plane[i] + fx * (plane[i + right] - plane[i]);
        double lower = plane[i + below] + fx * (plane[i + below + right] - plane[i + below]);
        return upper + fy * (lower - upper);
    }
}
