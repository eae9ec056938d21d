package dev.fovea.sample;

import static dev.fovea.sample.Canvas.disc;
import static dev.fovea.sample.Canvas.limb;

/** A passer-by under a red umbrella, walking to the right; painted anew for each phase of the step. */
final class Stroller {
    private static final double Z = 7.4;
    private static final double DEEPEST = -2.3;

    private final NightScene scene;
    private final Lamps lamps;
    private final double x;

    /** @param x where the stroller is on the quay */
    Stroller(NightScene scene, double x) {
        this.scene = scene;
        this.lamps = scene.street().lamps();
        this.x = x;
    }

    /** The stroller and the reflection on the wet stones, at a phase of the step: 1 is a whole cycle of two steps. */
    Cutout at(double phase) {
        double perMetre = scene.focal / Z;
        var c = new Canvas(x - 0.8, DEEPEST, x + 0.9, 2.2, perMetre);
        leg(c, phase + 0.5, 0.75);
        leg(c, phase, 1);
        double bob = 0.015 * Math.cos(4 * Math.PI * phase);
        body(c, bob);
        umbrella(c, bob);
        reflect(c);
        return c.cutout(scene.screenX(c.left, Z) + 0.5, scene.screenY(2.2, Z) + 0.5);
    }

    private void leg(Canvas c, double phase, double shade) {
        double swing = Math.sin(2 * Math.PI * phase);
        double bend = 0.18 + 0.75 * Math.max(0, Math.cos(2 * Math.PI * phase - 0.3));
        double hip = 0.92;
        double thigh = 0.42 * swing + 0.08;
        double kx = x + 0.44 * Math.sin(thigh);
        double ky = hip - 0.44 * Math.cos(thigh);
        double shin = thigh - bend * 0.8;
        double ax = kx + 0.42 * Math.sin(shin);
        double ay = Math.max(0.06, ky - 0.42 * Math.cos(shin));
        Canvas.Ink cloth = ink(0.06, 0.024 * shade, 0.026 * shade, 0.034 * shade);
        c.paint(x - 0.6, 0, x + 0.6, 1, (u, v) -> limb(u, v, x, hip, kx, ky, 0.095, 0.068), cloth);
        c.paint(x - 0.6, 0, x + 0.6, 1, (u, v) -> limb(u, v, kx, ky, ax, ay, 0.066, 0.045), cloth);
        double toe = Math.max(0.035, ay - 0.03 + 0.1 * Math.min(0, shin + 0.1));
        c.paint(
                x - 0.7,
                0,
                x + 0.8,
                0.6,
                (u, v) -> limb(u, v, ax - 0.02, Math.max(0.045, ay - 0.02), ax + 0.14, toe, 0.042, 0.026),
                ink(0.05, 0.012, 0.008, 0.006));
    }

    private void body(Canvas c, double bob) {
        Canvas.Ink coat = ink(0.19, 0.040, 0.046, 0.066);
        c.paint(
                x - 0.4,
                0.5,
                x + 0.4,
                1.6,
                (u, v) -> {
                    double t = Math.clamp((v - 0.56) / 0.92, 0, 1);
                    double half = 0.265 - 0.14 * t + 0.045 * Grain.bump(t, 0.86, 0.2);
                    double middle = x + 0.015 - 0.02 * (1 - t);
                    double shoulder = v - (1.47 + bob) + 0.9 * Math.pow(Math.abs(u - middle), 1.6);
                    return Math.max(
                            Math.max(Math.abs(u - middle) - half, 0.56 + 0.03 * Math.sin(u * 19) - v), shoulder);
                },
                coat);
        Canvas.Ink skin = ink(0.1, 0.24, 0.135, 0.09);
        c.paint(
                x - 0.3,
                1.4,
                x + 0.3,
                1.85,
                (u, v) -> limb(u, v, x + 0.02, 1.44 + bob, x + 0.045, 1.60 + bob, 0.055, 0.088),
                skin);
        c.paint(
                x - 0.3,
                1.4,
                x + 0.3,
                1.85,
                (u, v) -> Math.max(disc(u, v, x + 0.02, 1.625 + bob, 0.112), (u - x - 0.055) + 0.6 * (1.63 + bob - v)),
                ink(0.11, 0.018, 0.011, 0.008));
        Canvas.Ink wool = ink(0.1, 0.20, 0.018, 0.018);
        c.paint(
                x - 0.3,
                1.3,
                x + 0.3,
                1.6,
                (u, v) -> limb(u, v, x - 0.06, 1.465 + bob, x + 0.09, 1.46 + bob, 0.052, 0.05),
                wool);
        c.paint(
                x - 0.4,
                1.0,
                x + 0.1,
                1.5,
                (u, v) -> limb(u, v, x - 0.07, 1.45 + bob, x - 0.17, 1.2 + bob, 0.035, 0.042),
                wool);
        c.paint(
                x - 0.3,
                0.9,
                x + 0.4,
                1.5,
                (u, v) -> Math.min(
                        limb(u, v, x - 0.01, 1.36 + bob, x + 0.06, 1.08 + bob, 0.068, 0.056),
                        limb(u, v, x + 0.06, 1.08 + bob, x + 0.235, 1.2 + bob, 0.054, 0.043)),
                ink(0.09, 0.045, 0.052, 0.074));
        c.paint(x, 1.1, x + 0.4, 1.4, (u, v) -> disc(u, v, x + 0.245, 1.225 + bob, 0.045), skin);
    }

    private void umbrella(Canvas c, double bob) {
        double ux = x + 0.17;
        double rim = 1.72 + bob;
        c.paint(
                x,
                1.0,
                x + 0.5,
                2.2,
                (u, v) -> Math.min(
                        limb(u, v, x + 0.255, 1.12 + bob, ux, 2.14 + bob, 0.009, 0.007),
                        limb(u, v, ux, rim + 0.1, ux, 2.15 + bob, 0.006, 0.005)),
                ink(0.01, 0.16, 0.15, 0.14));
        double half = 0.63;
        c.paint(
                x - 0.6,
                1.6,
                x + 0.9,
                2.2,
                (u, v) -> {
                    double t = (u - ux) / half;
                    double dome = rim + 0.385 * Math.sqrt(Math.max(0, 1 - Math.pow(Math.abs(t), 2.3)));
                    double rib = Math.asin(Math.clamp(t, -1, 1)) / Math.PI * 6;
                    double scallop = rim + 0.035 * Math.abs(Math.cos(Math.PI * (rib + 0.5))) * 1.1;
                    return Math.max(Math.abs(t) > 1 ? 1 : (v - dome) * 0.8, scallop - v);
                },
                (u, v, out) -> {
                    double t = Math.clamp((u - ux) / half, -0.98, 0.98);
                    double h = Math.clamp((v - rim) / 0.385, 0, 1);
                    double rib = Math.asin(t) / Math.PI * 6 * (1 - 0.25 * h);
                    double fold = rib - Math.floor(rib + 0.5);
                    Rgb front = new Rgb();
                    lamps.light(u, v, Z, 0.8 * t + 0.25 * fold, 0.25 + 0.6 * h, -0.55, 0.3, front);
                    Rgb through = new Rgb();
                    lamps.light(u, v, Z, 0.5 * t, 0.35, 0.85, 0.1, through);
                    double cloth = (0.62 + 0.75 * Math.abs(fold))
                            * (0.55 + 0.6 * h)
                            * (0.96 + 0.08 * Grain.noise(u * 90, v * 90, 3));
                    double seam = 1 - 0.45 * Grain.bump(Math.abs(fold), 0.5, 0.035);
                    double k = cloth * seam;
                    out.set(0.03, 0.045, 0.09).add(1, front).add(0.55, through);
                    double sheen = 0.05 * Grain.bump(h, 0.82, 0.16) * (1 - Math.abs(fold));
                    out.set(out.r * (0.40 * k + sheen), out.g * (0.020 * k + sheen), out.b * (0.024 * k + 1.3 * sheen));
                });
    }

    /** Cloth or skin round about the stroller's middle; light from behind leaves a rim. */
    private Canvas.Ink ink(double half, double r, double g, double b) {
        return (u, v, out) -> {
            double side = Math.clamp((u - x) / Math.max(half, 0.05), -0.97, 0.97);
            double weave = 0.8 + 0.25 * Grain.noise(u * 220, v * 220, 1) + 0.7 * (Grain.noise(u * 17, v * 4, 2) - 0.5);
            out.set(0.02, 0.03, 0.06);
            lamps.light(u, v, Z, side, 0.15, -0.55 * Math.sqrt(1 - side * side), 0.25, out);
            Rgb rim = new Rgb();
            lamps.light(u, v, Z, 0.4 * Math.signum(side), 0.2, 0.9, 0, rim);
            out.add(1.2 * Math.pow(Math.abs(side), 6), rim);
            out.set(out.r * r * weave, out.g * g * weave, out.b * b * weave);
        };
    }

    /** The wet stones mirror the figure, broken up by their unevenness. */
    private void reflect(Canvas c) {
        int foot = (int) (c.height + DEEPEST * c.perMetre);
        Rgb rgb = new Rgb();
        for (int j = foot; j < c.height; j++) {
            double down = (j - foot + 0.5) / c.perMetre;
            for (int i = 0; i < c.width; i++) {
                double u = c.left + i / c.perMetre;
                // On the ground a step down in the picture is a long step towards the eye, so the pattern is stretched
                // across.
                double sway = (Grain.noise(u * 9, down * 42, 11) - 0.5) * (0.03 + 0.05 * down);
                double lift = (Grain.noise(u * 7, down * 30, 12) - 0.5) * (0.06 + 0.10 * down);
                int si = Math.clamp((int) (i + sway * c.perMetre), 0, c.width - 1);
                int sj = Math.clamp((int) (foot - (down + lift) * c.perMetre), 0, foot - 1);
                int from = sj * c.width + si;
                double k = c.cover[from];
                if (k > 0) {
                    double broken = 0.5 + 0.5 * Grain.noise(u * 6, down * 46, 13);
                    double fade = broken * Math.exp(-down / 2.6);
                    rgb.set(c.light[0][from] / k, c.light[1][from] / k, c.light[2][from] / k)
                            .scale(0.75);
                    c.over(j * c.width + i, Math.min(1, fade) * k, rgb);
                }
            }
        }
        contact(c, foot, rgb);
    }

    /** The stones under the feet see little sky. */
    private void contact(Canvas c, int foot, Rgb rgb) {
        rgb.set(0.002, 0.002, 0.003);
        for (int j = foot - (int) (0.06 * c.perMetre); j < foot + 0.1 * c.perMetre; j++) {
            for (int i = 0; i < c.width; i++) {
                double dx = (c.left + i / c.perMetre - x) / 0.32;
                double dy = (j - foot) / c.perMetre / 0.045;
                int at = j * c.width + i;
                double k = 0.5 * Math.exp(-dx * dx - dy * dy) * (1 - c.cover[at]);
                if (k > 0.01) {
                    c.over(at, k, rgb);
                }
            }
        }
    }
}
