package dev.fovea.sample;

/** Stone and tile that nobody lives in: the far quay and its wall, the bridge, the roofs. */
final class Masonry {
    private final Lamps lamps;
    private final int seed;

    Masonry(Lamps lamps, int seed) {
        this.lamps = lamps;
        this.seed = seed;
    }

    void tiles(double y, double z, double foot, Rgb out) {
        double tile = y / 0.16;
        double k = 0.8 + 0.35 * (tile - Math.floor(tile)) * Math.clamp(1.4 - foot / 0.1, 0, 1);
        k *= 0.75 + 0.5 * Grain.fractal(z * 3, y * 3, 4, foot * 3, seed + 9);
        out.set(0.020 * k, 0.021 * k, 0.031 * k);
    }

    void farQuay(double x, double z, double foot, Rgb out) {
        double k = 0.07 * (0.6 + 0.8 * Grain.fractal(x * 3, z * 3, 4, foot * 3, seed + 7));
        out.set(0.034, 0.052, 0.105);
        lamps.light(x, Street.FAR_QUAY, z, 0, 1, 0, 0, out);
        out.scale(k).add(0.3, 0.03, 0.035, 0.06);
    }

    void quayWall(double y, double z, double foot, Rgb out) {
        double row = (y + 2) / 0.42;
        int j = (int) Math.floor(row);
        double col = z / 0.95 + 0.5 * (j & 1);
        int i = (int) Math.floor(col);
        double joint =
                1 - Grain.inside(row - j, 0.05, 0.95, foot / 0.42) * Grain.inside(col - i, 0.02, 0.98, foot / 0.95);
        double k = (0.6 + 0.6 * Grain.hash(i, j, seed + 5))
                * (0.5 + Grain.fractal(z * 5, y * 5, 4, foot * 5, seed + 6))
                * (1 - 0.6 * joint);
        double wet = Grain.smooth(-0.55, -1.15, y + 0.25 * Grain.fractal(z * 2, 1, 3, foot, seed + 8));
        double kerb = Grain.below(-y, -Street.FAR_QUAY + 0.16, foot);
        out.set(0.03, 0.045, 0.09);
        lamps.light(Street.FAR_EDGE, y, z, -0.75, 0.2, 0, 0.35, out);
        out.set(
                out.r * k * (0.13 - 0.09 * wet + 0.1 * kerb),
                out.g * k * (0.12 - 0.07 * wet + 0.1 * kerb),
                out.b * k * (0.11 - 0.09 * wet + 0.09 * kerb));
    }

    private static double deck(double x) {
        double s = (x - 4.2) / 10;
        return 1.2 + 1.25 * Math.max(0, 1 - s * s);
    }

    static boolean bridge(double x, double y) {
        double a = (x - 6.3) / 3.3;
        double b = (y - Street.WATER) / 2.75;
        return y < deck(x) + 0.85 && a * a + b * b > 1;
    }

    void bridgeStone(double x, double y, double foot, Rgb out) {
        double a = (x - 6.3) / 3.3;
        double b = (y - Street.WATER) / 2.75;
        double ring = Math.sqrt(a * a + b * b);
        double row = y / 0.4;
        int j = (int) Math.floor(row);
        int i = (int) Math.floor(x / 0.8 + 0.5 * (j & 1));
        double k = (0.75 + 0.5 * Grain.hash(i, j, seed + 11))
                * (0.6 + 0.8 * Grain.fractal(x * 4, y * 4, 4, foot * 4, seed + 12));
        k *= 1 + 0.5 * Grain.inside(ring, 1, 1.14, foot / 3);
        double parapet = y - deck(x);
        k *= 1 + 0.7 * Grain.inside(parapet, 0.72, 0.86, foot) + 0.5 * Grain.inside(parapet, -0.05, 0.08, foot);
        double balusters = Grain.inside(parapet, 0.12, 0.7, foot) * Math.clamp(0.55 + 1.6 * Math.sin(x * 16), 0, 1);
        out.set(0.034, 0.05, 0.1);
        lamps.light(x, y, Street.BRIDGE - 0.1, 0, 0.25, -0.8, 0.5, out);
        // Floodlights under the arch.
        out.add(2.2 * Math.exp(-Math.abs(ring - 1) / 0.16), 1, 0.62, 0.26);
        out.set(out.r * 0.25 * k, out.g * 0.23 * k, out.b * 0.2 * k);
        out.scale(1 - 0.75 * balusters);
    }
}
