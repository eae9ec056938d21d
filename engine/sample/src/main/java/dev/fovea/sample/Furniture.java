package dev.fovea.sample;

import static dev.fovea.sample.Canvas.box;
import static dev.fovea.sample.Canvas.disc;
import static dev.fovea.sample.Canvas.limb;

/** What stands in the street: lamp posts, signs, trees. */
final class Furniture {
    /** The height of a lamp's flame above its foot. */
    static final double LAMP_HEIGHT = 3.72;

    private Furniture() {}

    /** A cast-iron lamp post with a lantern, its foot at (x, y). */
    static Panel lampPost(double x, double y, double z, double perMetre, Lamps lamps, boolean wall) {
        var c = new Canvas(x - 0.5, y, x + 0.5, y + 4.5, perMetre);
        Canvas.Ink iron = (u, v, out) -> {
            double across = (u - x) / 0.12;
            out.set(0.006, 0.009, 0.017);
            Rgb lit = new Rgb();
            lamps.light(u, v, z, Math.clamp(across, -0.9, 0.9), 0.1, -0.4, 0.2, lit);
            out.add(0.012, lit).add(0.02 * Grain.bump(across, -0.55, 0.22), 0.5, 0.7, 1.2);
            out.add(0.10 * Math.exp(-(y + LAMP_HEIGHT - v) / 0.25) * (v < y + LAMP_HEIGHT ? 1 : 0), 0.5, 0.3, 0.12);
        };
        double lampY = y + LAMP_HEIGHT;
        if (wall) {
            c.paint(
                    x - 0.5,
                    lampY - 0.5,
                    x + 0.5,
                    lampY,
                    (u, v) -> limb(u, v, x, lampY - 0.26, x - 0.48, lampY - 0.42, 0.018, 0.025),
                    iron);
        } else {
            c.paint(x - 0.2, y, x + 0.2, lampY - 0.25, (u, v) -> Math.abs(u - x) - post(v - y), iron);
            c.paint(
                    x - 0.3,
                    lampY - 0.7,
                    x + 0.3,
                    lampY - 0.5,
                    (u, v) -> limb(u, v, x - 0.27, lampY - 0.6, x + 0.27, lampY - 0.6, 0.018, 0.018),
                    iron);
        }
        Canvas.Ink glow = (u, v, out) -> {
            double d2 = (u - x) * (u - x) + (v - lampY) * (v - lampY);
            double k = 9 + 42 * Math.exp(-d2 / 0.006);
            out.set(k, k * 0.66, k * 0.30);
        };
        c.paint(
                x - 0.3,
                lampY - 0.25,
                x + 0.3,
                lampY + 0.25,
                (u, v) -> Math.max(Math.abs(v - lampY) - 0.22, Math.abs(u - x) - 0.155 - 0.2 * (v - lampY)),
                glow);
        Canvas.Shape bars = (u, v) -> Math.max(
                Math.abs(v - lampY) - 0.24,
                Math.min(
                        Math.abs(Math.abs(u - x) - 0.155 - 0.2 * (v - lampY)) - 0.011,
                        Math.abs(Math.abs(v - lampY) - 0.225) - 0.014));
        c.paint(
                x - 0.3,
                lampY - 0.26,
                x + 0.3,
                lampY + 0.26,
                (u, v) -> Math.max(bars.distance(u, v), Math.abs(u - x) - 0.23),
                iron);
        c.paint(
                x - 0.3,
                lampY + 0.2,
                x + 0.3,
                lampY + 0.6,
                (u, v) -> Math.max(
                        lampY + 0.22 - v,
                        Math.abs(u - x) - 0.25 * Math.pow(Math.max(0, 1 - (v - lampY - 0.22) / 0.2), 0.7)),
                iron);
        c.paint(x - 0.1, lampY + 0.35, x + 0.1, lampY + 0.6, (u, v) -> disc(u, v, x, lampY + 0.45, 0.03), iron);
        return new Panel(z, c);
    }

    private static double post(double v) {
        double r = 0.045 - 0.005 * v;
        r += 0.085 * Grain.smooth(0.75, 0.05, v) + 0.03 * Grain.bump(v, 0.8, 0.04) + 0.02 * Grain.bump(v, 1.05, 0.03);
        return r + 0.018 * Grain.bump(v, 2.7, 0.035) + 0.03 * Grain.smooth(3.35, 3.46, v);
    }

    /** A sign hung out from a wall at its left, its text lit from a small lamp above. */
    static Panel sign(double x, double y, double z, String text, double[] paint, double perMetre, Lamps lamps) {
        double half = 0.5;
        var c = new Canvas(x - 0.05, y - 0.45, x + 1.15, y + 0.75, perMetre);
        Canvas.Ink iron = (u, v, out) ->
                out.set(0.007, 0.008, 0.012).add(0.05 * Math.exp(-Math.abs(v - y - 0.4) / 0.2), 1, 0.6, 0.3);
        c.paint(
                x - 0.05,
                y + 0.4,
                x + 1.15,
                y + 0.7,
                (u, v) -> Math.min(
                        limb(u, v, x - 0.05, y + 0.52, x + 1.12, y + 0.52, 0.014, 0.014),
                        limb(u, v, x - 0.05, y + 0.72, x + 0.5, y + 0.52, 0.01, 0.01)),
                iron);
        c.paint(
                x,
                y + 0.3,
                x + 1.1,
                y + 0.55,
                (u, v) -> Math.min(Math.abs(u - x - 0.25), Math.abs(u - x - 0.95))
                        - 0.006
                        + (v < y + 0.3 || v > y + 0.52 ? 1 : 0),
                iron);
        double cx = x + 0.1 + half;
        Canvas.Ink face = (u, v, out) -> {
            double wash = 0.25 + 1.0 * Math.exp(-Math.hypot(u - cx, (v - y - 0.36) * 0.8) / 0.36);
            double worn = 0.75 + 0.5 * Grain.fractal(u * 9, v * 9, 4, 0.01, text.hashCode());
            Rgb lit = new Rgb();
            lamps.light(u, v, z, 0, 0, -1, 0, lit);
            out.set(lit.r + wash, lit.g + 0.7 * wash, lit.b + 0.38 * wash);
            double rim = 0.32 - Math.abs(v - y) < 0.035 || half - Math.abs(u - cx) < 0.035 ? 1 : 0;
            double dot = Math.min(0.032, 0.84 / (text.length() * Glyphs.PITCH));
            double ink = Glyphs.ink(
                    text, (u - cx) / dot + (text.length() * Glyphs.PITCH - 1) / 2.0, 3.5 - (v - y - 0.02) / dot, 0.6);
            double line = Math.abs(v - y + 0.2) < 0.006 && Math.abs(u - cx) < 0.3 ? 1 : 0;
            double k = Math.min(1, ink + line + rim);
            out.set(
                    out.r * worn * (paint[0] + k * (0.62 - paint[0])),
                    out.g * worn * (paint[1] + k * (0.50 - paint[1])),
                    out.b * worn * (paint[2] + k * (0.30 - paint[2])));
        };
        c.paint(x, y - 0.35, x + 1.15, y + 0.35, (u, v) -> box(u, v, cx - half, y - 0.32, cx + half, y + 0.32), face);
        return new Panel(z, c);
    }

    /** A chalk board on the pavement. */
    static Panel board(double x, double z, double perMetre, Lamps lamps) {
        var c = new Canvas(x - 0.4, 0, x + 0.4, 1.2, perMetre);
        String[] lines = {"TODAY", "ONION SOUP  6.50", "MUSSELS    14.00", "APPLE TART  5.50", "GLASS OF RED 4.-"};
        c.paint(
                x - 0.4,
                0,
                x + 0.4,
                1.2,
                (u, v) -> Math.max(Math.abs(u - x) - 0.34, Math.max(v - 1.15, 0.03 - v)),
                (u, v, out) -> {
                    Rgb lit = new Rgb();
                    lamps.light(u, v, z, -0.5, 0.2, -0.8, 0.1, lit);
                    lit.add(0.5, 0.06, 0.08, 0.13).add(0.35, 0.9, 0.6, 0.3);
                    boolean slate = Math.abs(u - x) < 0.29 && v > 0.2 && v < 1.1;
                    double smear = Grain.fractal(u * 8, v * 5, 4, 0.01, 5);
                    double k = slate ? 0.022 + 0.03 * smear : 0.16 + 0.08 * smear;
                    double ink = 0;
                    for (int i = 0; slate && i < lines.length; i++) {
                        double dot = i == 0 ? 0.0125 : 0.0054;
                        ink += Glyphs.ink(
                                lines[i],
                                (u - x) / dot + (lines[i].length() * Glyphs.PITCH - 1) / 2.0,
                                3.5 - (v - (i == 0 ? 0.96 : 0.88 - 0.14 * i)) / dot,
                                0.8);
                    }
                    double chalk = Math.min(1, ink) * (0.45 + 0.5 * smear);
                    out.set(
                            lit.r * (k * (slate ? 1 : 0.9) + chalk),
                            lit.g * (k * (slate ? 1 : 0.55) + chalk),
                            lit.b * (k * (slate ? 1.05 : 0.28) + chalk * 0.9));
                });
        return new Panel(z, c);
    }

    /** A tree: boughs, then some thousands of leaves from the back to the front, each lit by the lamps. */
    static Panel tree(double x, double y, double z, double size, double perMetre, Lamps lamps, int seed) {
        var c = new Canvas(x - 0.62 * size, y, x + 0.62 * size, y + 1.35 * size, perMetre);
        var random = new Randomness(seed);
        double fork = y + 0.42 * size;
        Canvas.Ink bark = (u, v, out) -> {
            Rgb lit = new Rgb();
            lamps.light(u, v, z, Math.clamp((u - x) * 6, -0.7, 0.7), 0, -0.6, 0.2, lit);
            double k = 0.5 + Grain.fractal(u * 30, v * 7, 3, 0.01, seed);
            out.set(0.002, 0.003, 0.006).add(0.06 * k, lit);
        };
        c.paint(
                x - 0.3,
                y,
                x + 0.3,
                fork,
                (u, v) -> limb(u, v, x, y, x + 0.05, fork, 0.035 * size, 0.022 * size),
                bark);
        for (int i = 0; i < 9; i++) {
            double ex = x + size * random.between(-0.42, 0.42);
            double ey = y + size * random.between(0.75, 1.2);
            c.paint(
                    x - size,
                    fork - 0.2,
                    x + size,
                    ey,
                    (u, v) -> limb(u, v, x + 0.05, fork - 0.1, ex, ey, 0.016 * size, 0.004),
                    bark);
        }
        int clumps = 22;
        double[][] clump = new double[clumps][];
        for (int i = 0; i < clumps; i++) {
            double a = 2 * Math.PI * random.uniform();
            double r = Math.sqrt(random.uniform()) * 0.40;
            clump[i] = new double[] {
                x + size * r * Math.cos(a),
                y + size * (0.84 + r * 0.92 * Math.sin(a)),
                random.between(-1, 1),
                size * random.between(0.10, 0.19)
            };
        }
        java.util.Arrays.sort(clump, java.util.Comparator.comparingDouble(k -> -k[2]));
        for (double[] k : clump) {
            leaves(c, k, z, 330, 0.028 + 0.004 * size, lamps, random);
        }
        return new Panel(z, c);
    }

    private static void leaves(
            Canvas c, double[] clump, double z, int count, double length, Lamps lamps, Randomness random) {
        for (int i = 0; i < count; i++) {
            double nx = random.gaussian() * 0.5;
            double ny = random.gaussian() * 0.5;
            double lx = clump[0] + clump[3] * nx;
            double ly = clump[1] + clump[3] * ny;
            double angle = 2 * Math.PI * random.uniform();
            double shade = random.between(0.5, 1.2)
                    * (0.45 + 0.55 * Math.clamp(i / (double) count + 0.2 - 0.3 * clump[2], 0, 1));
            Rgb lit = new Rgb();
            lamps.light(lx, ly, z + 0.5 * clump[2], nx * 0.6, ny * 0.6, -0.6, 0.55, lit);
            double yellow = random.uniform();
            Rgb ink = new Rgb()
                    .set(
                            shade * ((0.10 + 0.09 * yellow) * lit.r + 0.0016),
                            shade * (0.135 * lit.g + 0.0032),
                            shade * (0.035 * lit.b + 0.0050));
            leaf(c, lx, ly, angle, length * random.between(0.7, 1.3), ink);
        }
    }

    static void leaf(Canvas c, double x, double y, double angle, double length, Rgb ink) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        c.paint(
                x - length,
                y - length,
                x + length,
                y + length,
                (u, v) -> {
                    double a = ((u - x) * cos + (v - y) * sin) / length;
                    double b = ((v - y) * cos - (u - x) * sin) / length;
                    return (Math.abs(b) - 0.42 * (1 - a * a)) * length * 0.8;
                },
                (u, v, out) -> {
                    double b = ((v - y) * cos - (u - x) * sin) / length;
                    out.set(ink).scale(b > 0 ? 1.12 : 0.86);
                });
    }
}
