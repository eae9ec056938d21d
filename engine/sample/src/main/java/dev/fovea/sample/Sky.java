package dev.fovea.sample;

/** The blue hour: afterglow, thin clouds, stars, a moon, and hills with a sleeping town at the end of the street. */
final class Sky {
    /** Where the moon stands: sideways and upward slope. */
    static final double MOON_X = 0.34;

    static final double MOON_Y = 0.455;
    private static final double MOON_RADIUS = 0.0145;

    private final int seed;

    Sky(int seed) {
        this.seed = seed;
    }

    /** The light from a direction of length 1; blur is the width of the cone, as an angle. */
    void radiance(double x, double y, double z, double blur, Rgb out) {
        double up = Math.max(0, y);
        double side = x / Math.max(0.05, Math.hypot(x, z));
        gradient(up, side, out);
        double sx = x / Math.max(0.05, z);
        double sy = y / Math.max(0.05, z);
        clouds(sx, sy, blur, out);
        if (z > 0.05) {
            if (blur < 0.01) {
                moonAndStars(sx, sy, out);
            }
            town(sx, sy, Math.max(blur, 2e-4), out);
        }
    }

    private static void gradient(double up, double side, Rgb out) {
        double low = Math.exp(-up * 7);
        double mid = Math.exp(-up * 2.6);
        out.set(0.0075, 0.017, 0.055);
        out.add(mid, 0.019, 0.050, 0.112);
        double glow = low * (0.55 + 0.45 * Grain.bump(side, 0.05, 0.55));
        out.add(glow, 0.20, 0.095, 0.045);
        out.add(Math.exp(-up * 18), 0.12, 0.045, 0.012);
    }

    private void clouds(double sx, double sy, double blur, Rgb out) {
        double height = Math.max(0.02, sy + 0.05);
        double u = sx / height * 0.55;
        double v = 1.3 / height;
        double foot = blur / height * 2;
        double warp = Grain.fractal(u * 0.7 + 3, v * 0.8, 3, foot, seed + 50);
        double c = Grain.fractal(u * 0.9 + 2.2 * warp, v * 1.7 + 1.5 * warp, 6, foot * 2, seed + 60);
        double cover = Grain.smooth(0.43, 0.72, c) * Grain.smooth(0.0, 0.16, sy);
        double warm = Math.exp(-sy * 5.5);
        out.mix(0.75 * cover, 0.035 + 0.30 * warm, 0.045 + 0.10 * warm, 0.088 + 0.055 * warm);
    }

    private void moonAndStars(double sx, double sy, Rgb out) {
        double d = Math.hypot(sx - MOON_X, sy - MOON_Y);
        out.add(0.05 * Math.exp(-d / 0.028) + 0.012 * Math.exp(-d / 0.11), 0.9, 0.95, 1.1);
        double disc = Grain.below(d, MOON_RADIUS, 6e-4);
        if (disc > 0) {
            double u = (sx - MOON_X) / MOON_RADIUS;
            double v = (sy - MOON_Y) / MOON_RADIUS;
            double seas = Grain.fractal(u * 1.7 + 8, v * 1.7 + 3, 5, 0.02, seed + 70);
            // The terminator of a moon some days before full, lit from the lower right.
            double lit =
                    Grain.smooth(-0.08, 0.28, 0.75 * u - 0.25 * v + 0.62 * Math.sqrt(Math.max(0, 1 - u * u - v * v)));
            double k = (0.5 + 0.8 * Grain.smooth(0.38, 0.62, seas)) * (0.04 + 0.96 * lit);
            out.mix(disc, 1.45 * k, 1.38 * k, 1.2 * k);
            return;
        }
        stars(sx, sy, 230, 1.0, out);
        stars(sx + 5, sy, 85, 3.0, out);
    }

    private void stars(double sx, double sy, double cells, double power, Rgb out) {
        int ix = (int) Math.floor(sx * cells);
        int iy = (int) Math.floor(sy * cells);
        double chance = Grain.hash(ix, iy, seed + 80);
        if (chance > 0.075) {
            return;
        }
        double px = (ix + 0.2 + 0.6 * Grain.hash(ix, iy, seed + 81)) / cells;
        double py = (iy + 0.2 + 0.6 * Grain.hash(ix, iy, seed + 82)) / cells;
        double r2 = ((sx - px) * (sx - px) + (sy - py) * (sy - py)) / (4.2e-4 * 4.2e-4);
        double k = power
                * 0.35
                * Math.exp(-r2)
                * Math.pow(Grain.hash(ix, iy, seed + 83), 3)
                * Grain.smooth(0.12, 0.34, sy);
        double hue = Grain.hash(ix, iy, seed + 84);
        out.add(k, 0.8 + 0.4 * hue, 0.95, 1.25 - 0.4 * hue);
    }

    /** Two ridges, and between them the roofs of a town with its lit windows and the church. */
    private void town(double sx, double sy, double blur, Rgb out) {
        if (sy > 0.36) {
            return;
        }
        double far = 0.075 + 0.055 * Grain.fractal(sx * 2.6 + 4, 0.5, 5, blur * 2.6, seed + 90);
        out.mix(Grain.below(sy, far, blur), 0.052, 0.056, 0.088);
        double hill = 0.035 + 0.07 * Grain.fractal(sx * 4 + 1, 0.5, 5, blur * 4, seed + 91);
        double on = Grain.below(sy, hill, blur);
        if (on > 0) {
            double trees = Grain.fractal(sx * 160, sy * 160, 3, blur * 160, seed + 92);
            out.mix(on, 0.018 + 0.016 * trees, 0.021 + 0.018 * trees, 0.036 + 0.02 * trees);
            lights(sx, sy, hill, blur, out);
        }
        church(sx, sy, blur, out);
    }

    private void lights(double sx, double sy, double hill, double blur, Rgb out) {
        double cells = 150;
        int ix = (int) Math.floor(sx * cells);
        int iy = (int) Math.floor(sy * cells);
        if (Grain.hash(ix, iy, seed + 93) > 0.22 * (1.2 - sy / hill)) {
            return;
        }
        double px = (ix + 0.5) / cells;
        double py = (iy + 0.2 + 0.6 * Grain.hash(ix, iy, seed + 94)) / cells;
        double size = Math.max(5e-4, blur);
        double r2 = ((sx - px) * (sx - px) + (sy - py) * (sy - py)) / (size * size);
        double k = 2.2 * Math.exp(-r2) * (0.2 + Grain.hash(ix, iy, seed + 95)) * (5e-4 / size);
        out.add(k, 1, 0.62, 0.28);
    }

    private void church(double sx, double sy, double blur, Rgb out) {
        double x = sx + 0.012;
        double nave = Grain.inside(x, -0.075, 0.02, blur) * Grain.below(sy, 0.135 - 0.55 * Math.abs(x + 0.04), blur);
        out.mix(nave, 0.035, 0.033, 0.045);
        double half = 0.0185;
        double tower = Grain.inside(x, 0.004 - half, 0.004 + half, blur) * Grain.below(sy, 0.225, blur);
        double top = sy - 0.225;
        double spireHalf = top < 0
                ? 0
                : top < 0.016 ? 0.0195 - 0.3 * top : 0.0147 * Math.pow(Math.max(0, 1 - (top - 0.016) / 0.118), 1.25);
        double spire = top < 0 || spireHalf <= 0 ? 0 : Grain.inside(x, 0.004 - spireHalf, 0.004 + spireHalf, blur);
        double across = Math.clamp((x - 0.004) / half, -1, 1);
        double round = 0.55 + 0.45 * (1 - across * across) + 0.25 * across;
        double stones = 0.85 + 0.3 * Grain.fractal(x * 900, sy * 900, 3, blur * 900, seed + 96);
        // Floodlight from the foot: warm, fading upwards.
        double flood = 0.9 * Math.exp(-Math.max(0, sy - 0.09) / 0.075) * round * stones;
        out.mix(tower, 0.02 + 0.62 * flood, 0.022 + 0.37 * flood, 0.04 + 0.15 * flood);
        out.mix(spire, 0.022 + 0.10 * flood * round, 0.034 + 0.10 * flood * round, 0.05 + 0.07 * flood * round);
        double belfry = Grain.inside(sy, 0.172, 0.205, blur)
                * (Grain.inside(x, -0.0075, 0.0005, blur) + Grain.inside(x, 0.0075, 0.0155, blur));
        out.mix(belfry * tower, 0.9, 0.5, 0.16);
        double clock = Math.hypot(x - 0.004, sy - 0.152);
        out.mix(tower * Grain.below(clock, 0.0105, blur), 1.6, 1.25, 0.75);
        double hand = Grain.inside(x, 0.0034, 0.0046, blur) * Grain.inside(sy, 0.151, 0.1605, blur)
                + Grain.inside(sy, 0.1514, 0.1526, blur) * Grain.inside(x, 0.0035, 0.010, blur);
        out.mix(tower * Math.min(1, hand), 0.03, 0.025, 0.02);
        out.mix(0.4 * tower * Grain.inside(sy, 0.1185, 0.1215, blur), 0.06, 0.04, 0.03);
    }
}
