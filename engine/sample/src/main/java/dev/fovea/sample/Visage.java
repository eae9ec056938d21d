package dev.fovea.sample;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;

/**
 * A drawn face before a blurred ground: a lit ellipsoid with features, turned and shaded. It resembles nobody; networks that look for
 * faces find it, and that is all it is for.
 */
public final class Visage {
    private static final int BAND = 16;
    private static final double NECK = 0.5;

    private final int seed;
    private final double yaw;
    private final double pitch;
    private final double roll;
    private final double open;
    private final double smile;
    private final double light;
    private final Rgb skin = new Rgb();
    private final Rgb hair = new Rgb();
    private final Rgb coat = new Rgb();

    private Visage(long seed) {
        var random = Randomness.of(seed, 7);
        this.seed = (int) seed;
        this.yaw = random.between(-0.45, 0.45);
        this.pitch = random.between(-0.2, 0.2);
        this.roll = random.between(-0.2, 0.2);
        this.open = random.between(0.5, 1);
        this.smile = random.between(-0.02, 0.06);
        this.light = random.between(-1, 1);
        double tone = random.between(0.12, 0.75);
        skin.set(tone, tone * random.between(0.62, 0.74), tone * random.between(0.42, 0.58));
        double dark = random.between(0.01, 0.2);
        hair.set(dark, dark * 0.75, dark * 0.5);
        coat.set(random.uniform() * 0.5, random.uniform() * 0.5, random.uniform() * 0.5);
    }

    /**
     * A picture of one.
     *
     * @param side of the square picture, in pixels
     * @param size of the face, from chin to hair, as a part of the side, 0..1
     * @param seed of the person, the pose and the light
     * @return SRGB
     */
    public static Image drawn(int side, double size, long seed) {
        var visage = new Visage(seed);
        var planes = new float[3][side * side];
        var random = Randomness.of(seed, 8);
        double free = Math.max(0, 1 - size) / 2 * side;
        double cx = side / 2.0 + free * random.between(-0.6, 0.6);
        double cy = side / 2.0 + free * random.between(-0.6, 0.6);
        double radius = size * side / 2;
        Work.rows(side, BAND, (from, to) -> {
            var colour = new Rgb();
            for (int y = from; y < to; y++) {
                for (int x = 0; x < side; x++) {
                    visage.at((x - cx) / radius, (y - cy) / radius, 1 / radius, colour);
                    double grain = 0.02 * (Grain.hash(x, y, visage.seed) - 0.5);
                    planes[0][y * side + x] = (float) InCamera.srgb(Math.max(0, colour.r * (1 + grain) + grain / 4));
                    planes[1][y * side + x] = (float) InCamera.srgb(Math.max(0, colour.g * (1 + grain) + grain / 4));
                    planes[2][y * side + x] = (float) InCamera.srgb(Math.max(0, colour.b * (1 + grain) + grain / 4));
                }
            }
        });
        return Image.of(side, side, Colour.SRGB, planes);
    }

    /** What is seen at a place, in halves of the face's height from its middle; x right, y down. */
    private void at(double x, double y, double pixel, Rgb out) {
        ground(x, y, out);
        double shoulders = Grain.below(Math.abs(x), 0.55 + 1.6 * Math.sqrt(Math.max(0, y - 1.05)), pixel);
        if (y > 1.02) {
            out.mix(shoulders, coat.r, coat.g, coat.b);
        }
        double neck = Grain.inside(x, -0.42, 0.42, pixel) * Grain.inside(y, NECK, 1.25 - x * x, pixel);
        out.mix(neck, 0.6 * skin.r, 0.55 * skin.g, 0.5 * skin.b);
        double u = (x * Math.cos(roll) + y * Math.sin(roll)) / 0.76;
        double v = y * Math.cos(roll) - x * Math.sin(roll);
        double mane = Grain.below(Math.hypot(u / 1.14, (v + 0.1) / 1.03), 1, pixel) * Grain.below(v, 0.25, 0.3);
        out.mix(mane, hair.r, hair.g, hair.b);
        double edge = Math.hypot(u, v);
        if (edge < 1) {
            double depth = Math.sqrt(1 - u * u - v * v);
            var face = new Rgb();
            surface(u, v, depth, pixel, face);
            out.mix(Grain.below(edge, 1, pixel), face);
        }
    }

    private void ground(double x, double y, Rgb out) {
        double n = Grain.fractal(x * 0.8 + 11, y * 0.8 + 5, 3, 0.1, seed + 30);
        double m = Grain.noise(x * 1.7, y * 1.3, seed + 40);
        out.set(0.5 * n, 0.3 * n + 0.15 * m, 0.35 * m);
    }

    /** The face's own surface: the point turned back to where it lies when the face looks into the camera. */
    private void surface(double u, double v, double depth, double pixel, Rgb out) {
        double fx = u * Math.cos(yaw) - depth * Math.sin(yaw);
        double back = u * Math.sin(yaw) + depth * Math.cos(yaw);
        double fy = v * Math.cos(pitch) - back * Math.sin(pitch);
        double front = v * Math.sin(pitch) + back * Math.cos(pitch);
        double nose = Grain.bump(fx, 0, 0.13) * Grain.bump(fy, 0.12, 0.22);
        double side = u + 0.9 * nose * Math.signum(fx) * Math.min(1, Math.abs(fx) * 12);
        double lit = 0.35 + 0.75 * Math.max(0, 0.55 * light * side - 0.35 * v + 0.75 * depth);
        out.set(skin).scale(lit);
        out.mix(
                0.3 * Grain.bump(Math.abs(fx), 0.42, 0.2) * Grain.bump(fy, 0.22, 0.2),
                1.1 * skin.r,
                0.6 * skin.g,
                0.6 * skin.b);
        out.mix(Grain.below(fy, -0.62 + 0.06 * Math.cos(9 * fx), 0.06), hair.r, hair.g, hair.b);
        if (front > 0) {
            features(fx, fy, pixel, lit, out);
        }
    }

    private void features(double fx, double fy, double pixel, double lit, Rgb out) {
        double ax = Math.abs(fx);
        double soft = pixel + 0.015;
        // sockets, brows
        out.mix(
                0.45 * Grain.bump(ax, 0.34, 0.19) * Grain.bump(fy, -0.17, 0.13),
                0.45 * skin.r * lit,
                0.4 * skin.g * lit,
                0.4 * skin.b * lit);
        double arch = -0.335 + 0.35 * (ax - 0.36) * (ax - 0.36);
        out.mix(
                0.9 * Grain.inside(ax, 0.17, 0.55, soft) * Grain.inside(fy, arch - 0.03, arch + 0.03, soft),
                hair.r,
                hair.g,
                hair.b);
        // eyes: white, iris, pupil, upper lid
        double ex = (ax - 0.35) / 0.155;
        double ey = (fy + 0.16) / (0.085 * open);
        double eye = Grain.below(ex * ex + ey * ey, 1, 6 * soft);
        out.mix(eye, 0.72 * lit, 0.7 * lit, 0.68 * lit);
        double iris = Math.hypot(ax - 0.35, fy + 0.16);
        out.mix(eye * Grain.below(iris, 0.075, soft), 0.09, 0.06 + 0.1 * Grain.hash(1, 2, seed), 0.05);
        out.mix(eye * Grain.below(iris, 0.033, soft), 0.005, 0.005, 0.005);
        out.mix(eye * Grain.below(Math.hypot(ax - 0.33, fy + 0.18), 0.015, soft), 0.9, 0.9, 0.9);
        out.mix(
                0.8 * Grain.bump(ey + 1, 0, 0.3) * Grain.below(Math.abs(ex), 1, 0.2),
                0.15 * skin.r,
                0.12 * skin.g,
                0.1 * skin.b);
        // nose: its shadow and nostrils
        out.mix(
                0.4 * Grain.bump(fy, 0.29, 0.035) * Grain.below(ax, 0.13, 0.06),
                0.35 * skin.r * lit,
                0.3 * skin.g * lit,
                0.3 * skin.b * lit);
        out.mix(
                0.8 * Grain.below(Math.hypot((ax - 0.065) / 1.4, fy - 0.27), 0.025, soft),
                0.08 * skin.r,
                0.05 * skin.g,
                0.05 * skin.b);
        // mouth
        double line = 0.5 - smile * 12 * ax * ax;
        double width = Grain.below(ax, 0.24, soft);
        double lips = 0.055 * Math.sqrt(Math.max(0, 1 - ax * ax / 0.06));
        out.mix(
                0.75 * width * Grain.inside(fy, line - lips, line + 1.2 * lips, soft),
                0.75 * skin.r * lit,
                0.38 * skin.g * lit,
                0.42 * skin.b * lit);
        out.mix(
                0.85 * width * Grain.inside(fy, line - 0.009, line + 0.009, soft),
                0.12 * skin.r,
                0.06 * skin.g,
                0.06 * skin.b);
        out.mix(
                0.3 * Grain.bump(fy, 0.63, 0.04) * Grain.below(ax, 0.14, 0.1),
                0.5 * skin.r * lit,
                0.45 * skin.g * lit,
                0.45 * skin.b * lit);
    }
}
