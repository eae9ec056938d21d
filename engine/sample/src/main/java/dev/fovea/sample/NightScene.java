package dev.fovea.sample;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;

/** Photographs the {@link Street}: a camera at eye height, the air's and the lens's glow, and strings of bulbs over the quay. */
final class NightScene {
    private static final int BAND = 8;
    /** Steps of progress. */
    private static final int PARTS = 20;

    static final double EYE = 1.62;
    /** How far right of the street's x = 0 the camera stands. */
    static final double STAND = 0.62;
    /** Focal length over the picture's width: a telephone's main camera. */
    static final double FOCAL = 0.78;

    private static final double CENTRE_X = 0.5;
    private static final double HORIZON = 0.53;

    final int width;
    final int height;
    final double focal;
    final double cx;
    final double cy;
    private final Street street;
    private final long seed;
    private final float[][] light;

    NightScene(int width, int height, long seed) {
        this.width = width;
        this.height = height;
        this.seed = seed;
        focal = FOCAL * Math.min(width, height * 4 / 3.0);
        cx = CENTRE_X * width;
        cy = HORIZON * height;
        street = new Street(focal, (int) (Randomness.mix(seed) >>> 40));
        light = new float[3][width * height];
    }

    Street street() {
        return street;
    }

    Image render() {
        for (int part = 0; part < PARTS; part++) {
            Work.step("rendering", part / (double) PARTS);
            int top = height * part / PARTS;
            Work.rows(height * (part + 1) / PARTS - top, BAND, (from, to) -> trace(top + from, top + to));
        }
        bulbs();
        new Glow(width, height, light).apply(this);
        return Image.of(width, height, Colour.LINEAR, light);
    }

    double screenX(double x, double z) {
        return cx + focal * (x - STAND) / z - 0.5;
    }

    double screenY(double y, double z) {
        return cy - focal * (y - EYE) / z - 0.5;
    }

    private void trace(int from, int to) {
        Rgb rgb = new Rgb();
        for (int y = from; y < to; y++) {
            var random = Randomness.of(seed, y);
            for (int x = 0; x < width; x++) {
                double dx = (x + 0.5 - cx) / focal;
                double dy = (cy - y - 0.5) / focal;
                double n = 1 / Math.sqrt(dx * dx + dy * dy + 1);
                street.trace(new Ray(STAND, EYE, 0, dx * n, dy * n, n, 1 / focal, true), random, rgb);
                int i = y * width + x;
                light[0][i] = (float) rgb.r;
                light[1][i] = (float) rgb.g;
                light[2][i] = (float) rgb.b;
            }
        }
    }

    /** Strings of small bulbs from the houses to the lamp posts. */
    private void bulbs() {
        double[][] strings = {
            {7.4, 5.0, 10.5, 3.55},
            {14.0, 5.2, 10.5, 3.6},
            {14.0, 5.2, 20.5, 3.55},
            {26, 5.6, 20.5, 3.6},
            {26, 5.6, 31, 3.55},
            {39, 5.2, 31, 3.6},
            {39, 5.2, 43, 3.55}
        };
        for (double[] s : strings) {
            double length = Math.hypot(6.5, s[2] - s[0]);
            int n = (int) (length / 0.42);
            double lastX = 0;
            double lastY = 0;
            for (int i = 0; i <= 8 * n; i++) {
                double t = i / (8.0 * n);
                double z = s[0] + t * (s[2] - s[0]);
                double y = s[1] + t * (s[3] - s[1]) - 3.2 * t * (1 - t) * 0.75;
                double x = Street.LEFT + t * (1.35 - Street.LEFT);
                double px = screenX(x, z);
                double py = screenY(y, z);
                if (i > 0) {
                    wire(lastX, lastY, px, py, 0.006 * focal / z);
                }
                lastX = px;
                lastY = py;
                if (i % 8 == 4) {
                    bulb(px, screenY(y - 0.06, z), 0.034 * focal / z);
                }
            }
        }
    }

    private void wire(double x0, double y0, double x1, double y1, double thickness) {
        double length = Math.hypot(x1 - x0, y1 - y0);
        int steps = (int) Math.ceil(length / 0.5);
        for (int i = 0; i < steps; i++) {
            double x = x0 + (x1 - x0) * i / steps;
            double y = y0 + (y1 - y0) * i / steps;
            splat(x, y, Math.max(0.6, thickness / 2), (at, k) -> {
                float keep = (float) (1 - Math.min(1, 0.55 * k * Math.min(1, thickness)));
                light[0][at] *= keep;
                light[1][at] *= keep;
                light[2][at] *= keep;
            });
        }
    }

    private void bulb(double x, double y, double radius) {
        double size = Math.max(0.8, radius * 0.8);
        double power = 9 * Math.min(1, radius * radius / 0.4);
        splat(x, y, size, (at, k) -> {
            light[0][at] += (float) (power * k);
            light[1][at] += (float) (0.62 * power * k);
            light[2][at] += (float) (0.24 * power * k);
        });
    }

    private interface Dab {
        void at(int index, double weight);
    }

    private void splat(double x, double y, double size, Dab dab) {
        int reach = (int) Math.ceil(3 * size);
        for (int v = (int) y - reach; v <= y + reach; v++) {
            for (int u = (int) x - reach; u <= x + reach; u++) {
                if (u >= 0 && v >= 0 && u < width && v < height) {
                    double d2 = ((u - x) * (u - x) + (v - y) * (v - y)) / (size * size);
                    dab.at(v * width + u, Math.exp(-d2));
                }
            }
        }
    }
}
