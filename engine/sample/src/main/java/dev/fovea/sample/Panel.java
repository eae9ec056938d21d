package dev.fovea.sample;

import java.util.ArrayList;
import java.util.List;

/** A painted thing that stands upright in the street and faces the camera: a plane of constant z. */
final class Panel {
    private record Level(int width, int height, float[][] planes) {}

    final double z;
    private final double left;
    private final double bottom;
    private final double right;
    private final double top;
    private final double perMetre;
    private final List<Level> levels = new ArrayList<>();

    Panel(double z, Canvas c) {
        this.z = z;
        left = c.left;
        bottom = c.bottom;
        perMetre = c.perMetre;
        right = left + c.width / perMetre;
        top = bottom + c.height / perMetre;
        var level = new Level(c.width, c.height, new float[][] {c.light[0], c.light[1], c.light[2], c.cover});
        levels.add(level);
        while (Math.min(level.width, level.height) > 3) {
            level = half(level);
            levels.add(level);
        }
    }

    private static Level half(Level l) {
        int w = l.width / 2;
        int h = l.height / 2;
        float[][] planes = new float[4][w * h];
        for (int c = 0; c < 4; c++) {
            for (int i = 0; i < w * h; i++) {
                int from = i / w * 2 * l.width + i % w * 2;
                float[] p = l.planes[c];
                planes[c][i] = (p[from] + p[from + 1] + p[from + l.width] + p[from + l.width + 1]) / 4;
            }
        }
        return new Level(w, h, planes);
    }

    /** The distance at which a ray meets it, or infinity. */
    double reached(Ray ray) {
        double t = (z - ray.oz()) / ray.dz();
        double u = ray.x(t);
        double v = ray.y(t);
        return u > left && u < right && v > bottom && v < top ? t : Double.POSITIVE_INFINITY;
    }

    /** Its light where a ray meets it, and how much it covers there. */
    double sample(Ray ray, double t, Rgb out) {
        return sample(ray.x(t), ray.y(t), ray.width(t), out);
    }

    private double sample(double u, double v, double footprint, Rgb out) {
        double lod = Math.log(Math.max(1, footprint * perMetre)) / Math.log(2);
        int n = Math.min(levels.size() - 1, (int) Math.round(lod));
        Level l = levels.get(n);
        double scale = perMetre / (1 << n);
        double x = (u - left) * scale - 0.5;
        double y = (top - v) * scale - 0.5;
        int ix = Math.clamp((int) Math.floor(x), 0, l.width - 2);
        int iy = Math.clamp((int) Math.floor(y), 0, l.height - 2);
        double fx = Math.clamp(x - ix, 0, 1);
        double fy = Math.clamp(y - iy, 0, 1);
        int i = iy * l.width + ix;
        out.set(mix(l, 0, i, fx, fy), mix(l, 1, i, fx, fy), mix(l, 2, i, fx, fy));
        return mix(l, 3, i, fx, fy);
    }

    private static double mix(Level l, int c, int i, double fx, double fy) {
        float[] p = l.planes[c];
        double a = p[i] + fx * (p[i + 1] - p[i]);
        double b = p[i + l.width] + fx * (p[i + l.width + 1] - p[i + l.width]);
        return a + fy * (b - a);
    }
}
