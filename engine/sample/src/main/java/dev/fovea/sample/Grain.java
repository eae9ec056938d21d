package dev.fovea.sample;

/** Procedural texture: hashes, value noise and its sums over octaves (Perlin 1985), and edges filtered over a footprint. */
final class Grain {
    private Grain() {}

    /** A number 0..1 for a cell of the plane. */
    static double hash(int x, int y, int seed) {
        int h = x * 0x27D4EB2D ^ y * 0x165667B1 ^ seed * 0x9E3779B1;
        h = (h ^ (h >>> 15)) * 0x85EBCA6B;
        h = (h ^ (h >>> 13)) * 0xC2B2AE35;
        return ((h ^ (h >>> 16)) >>> 8) * 0x1p-24;
    }

    /** Smooth noise 0..1 with one random value a unit cell. */
    static double noise(double x, double y, int seed) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double fx = x - ix;
        double fy = y - iy;
        fx = fx * fx * (3 - 2 * fx);
        fy = fy * fy * (3 - 2 * fy);
        double a = hash(ix, iy, seed);
        double b = hash(ix + 1, iy, seed);
        double c = hash(ix, iy + 1, seed);
        double d = hash(ix + 1, iy + 1, seed);
        return a + fx * (b - a) + fy * (c - a + fx * (a - b - c + d));
    }

    /** Octaves of noise, 0..1; octaves finer than the footprint are left out at their mean. */
    static double fractal(double x, double y, int octaves, double footprint, int seed) {
        double sum = 0;
        double weight = 0.5;
        double size = 1;
        for (int i = 0; i < octaves; i++) {
            double k = Math.clamp(2 - 2 * footprint * size, 0, 1);
            sum += weight * (k <= 0 ? 0.5 : 0.5 + k * (noise(x * size, y * size, seed + i) - 0.5));
            weight /= 2;
            size *= 2.03;
        }
        return sum + weight;
    }

    /** How much of a footprint around x lies between a and b. */
    static double inside(double x, double a, double b, double footprint) {
        return Math.clamp((Math.min(b, x + footprint / 2) - Math.max(a, x - footprint / 2)) / footprint, 0, 1);
    }

    /** How much of a footprint around x lies below an edge. */
    static double below(double x, double edge, double footprint) {
        return Math.clamp((edge - x) / footprint + 0.5, 0, 1);
    }

    static double smooth(double from, double to, double x) {
        double t = Math.clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }

    static double bump(double x, double centre, double width) {
        double t = (x - centre) / width;
        return Math.exp(-t * t);
    }
}
