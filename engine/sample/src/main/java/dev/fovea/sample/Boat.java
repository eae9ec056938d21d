package dev.fovea.sample;

/** A small wooden cabin boat moored at the quay, bow towards the viewer; found by sphere tracing (Hart 1996). */
final class Boat {
    private static final double X = 4.25;
    private static final double MIDDLE = 13.2;
    private static final double HALF = 3.4;
    private static final double TOP = 0.75;

    private final Lamps lamps;

    Boat(Lamps lamps) {
        this.lamps = lamps;
    }

    /** How far along the ray the boat is, or infinity. */
    double hit(Ray ray) {
        double near = 0;
        double far = 60;
        double[][] slabs = {
            {ray.ox(), ray.dx(), X - 1.2, X + 1.2},
            {ray.oy(), ray.dy(), Street.WATER - 0.02, TOP},
            {ray.oz(), ray.dz(), MIDDLE - HALF - 0.1, MIDDLE + HALF + 0.1}
        };
        for (double[] s : slabs) {
            double a = (s[2] - s[0]) / s[1];
            double b = (s[3] - s[0]) / s[1];
            near = Math.max(near, Math.min(a, b));
            far = Math.min(far, Math.max(a, b));
        }
        for (int i = 0; i < 90 && near < far; i++) {
            double d = distance(ray.x(near) - X, ray.y(near), ray.z(near) - MIDDLE);
            if (d < 0.002) {
                return near;
            }
            near += Math.max(0.0015, 0.55 * d);
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double gunwale(double q) {
        return -0.62 + 0.42 * Math.pow(Math.max(0, q), 2.2) + 0.05 * q * q;
    }

    private static double distance(double x, double y, double z) {
        double q = Math.clamp(-z / HALF, -1, 1);
        double g = gunwale(q);
        double beam = 1.02 * (1 - Math.pow(Math.max(0, q), 2.6)) * (1 - 0.2 * q * q * (q < 0 ? 1 : 0)) + 0.015;
        double flare = 0.74 + 0.26 * Math.clamp((y - Street.WATER) / (g - Street.WATER), 0, 1);
        double hull = Math.max(Math.max((Math.abs(x) - beam * flare) * 0.8, y - g), Math.abs(z) - HALF);
        double well = Math.max(Math.max(Math.abs(x) - beam + 0.12, g - 0.3 - y), Math.max(z - HALF + 0.3, 1.35 - z));
        double deck = Math.max(hull, -well);
        double rub = Math.max(Math.abs(y - g + 0.07) - 0.035, Math.max(Math.abs(x) - beam - 0.035, Math.abs(z) - HALF));
        double cx = Math.abs(x) - 0.66 + 0.1 * (y - g);
        double cabin = Math.hypot(
                        Math.hypot(Math.max(cx + 0.08, 0), Math.max(y - 0.42, 0)),
                        Math.max(Math.abs(z + 0.1 - 0.12 * y) - 1.22, 0))
                - 0.08;
        double roof = Math.max(
                Math.abs(y - 0.53 + 0.10 * x * x) - 0.035, Math.max(Math.abs(x) - 0.78, Math.abs(z + 0.1) - 1.48));
        return Math.min(Math.min(deck, rub), Math.min(Math.max(cabin, g - 0.1 - y), roof));
    }

    void radiance(double px, double py, double pz, double footprint, Rgb out) {
        double foot = Math.max(1e-4, footprint);
        double x = px - X;
        double z = pz - MIDDLE;
        double e = 0.004;
        double d = distance(x, py, z);
        double nx = distance(x + e, py, z) - d;
        double ny = distance(x, py + e, z) - d;
        double nz = distance(x, py, z + e) - d;
        double n = Math.sqrt(nx * nx + ny * ny + nz * nz) + 1e-12;
        nx /= n;
        ny /= n;
        nz /= n;
        double q = Math.clamp(-z / HALF, -1, 1);
        double g = gunwale(q);
        double along = Grain.fractal(z * 2.2, py * 34, 4, foot * 34, 77);
        Rgb paint = new Rgb().set(0.022, 0.055, 0.075);
        double planks = (py - Street.WATER) / 0.13;
        double seam = Grain.inside(planks - Math.floor(planks), 0, 0.1, foot / 0.13);
        paint.scale((0.7 + 0.6 * along) * (1 - 0.6 * seam));
        paint.mix(Grain.inside(py, g - 0.24, g - 0.14, foot), 0.5, 0.46, 0.38);
        paint.mix(Grain.below(py, Street.WATER + 0.22, foot), 0.16, 0.03, 0.02);
        if (py > g - 0.13) {
            double boards = x / 0.11;
            double gap = Grain.inside(boards - Math.floor(boards), 0, 0.07, foot / 0.11);
            paint.set(0.26, 0.115, 0.042).scale((0.5 + along) * (1 - 0.5 * gap));
        }
        if (py > 0.47) {
            paint.set(0.42, 0.39, 0.33).scale(0.7 + 0.5 * along);
        }
        out.set(0.030, 0.046, 0.09).scale(0.55 + 0.45 * ny);
        lamps.light(px, py, pz, nx, ny, nz, 0.15, out);
        out.times(paint);
        out.add(0.03 * Math.pow(1 - Math.abs(nz), 2), 0.03, 0.05, 0.09);
        if (py > g + 0.12 && py < 0.46) {
            windows(x, py, z, nx, nz, g, foot, out);
        }
        if (Math.abs(nx) > 0.5) {
            out.add(0.5 * Glyphs.ink("LUNA", (-z - 1.55) / 0.032, (g - 0.30 - py) / 0.032, 0.6), 0.2, 0.18, 0.14);
        }
    }

    private static void windows(double x, double y, double z, double nx, double nz, double g, double foot, Rgb out) {
        boolean side = Math.abs(nx) > 0.7;
        boolean front = nz < -0.7;
        if (!side && !front) {
            return;
        }
        double u = side ? z + 0.1 : x;
        double pitch = side ? 0.78 : 0.6;
        double from = u / pitch - Math.floor(u / pitch);
        double in = Grain.inside(from, 0.12, 0.88, foot / pitch) * Grain.inside(y, -0.12, 0.34, foot);
        in *= Grain.inside(u, side ? -1.17 : -0.56, side ? 1.17 : 0.56, foot);
        double curtain = 0.7 + 0.3 * Math.sin(u * 40);
        double k = 1.5 * (0.6 + 0.7 * Math.exp(-Math.pow((y - 0.26) / 0.2, 2))) * (from > 0.66 ? curtain : 1);
        out.mix(in, k, 0.56 * k, 0.2 * k);
    }
}
