package dev.fovea.sample;

/** The wet quay: setts, flagstones before the houses, a granite coping, and puddles. */
final class Paving {
    /** What lies at a place. */
    static final class Stone {
        double slopeX;
        double slopeZ;
        /** Unevenness finer than the footprint. */
        double rough;
        /** 1 where water stands. */
        double water;

        double r;
        double g;
        double b;
    }

    private static final double KERB = -3.55;

    private final int seed;

    Paving(int seed) {
        this.seed = seed;
    }

    void at(double x, double z, double fx, double fz, Stone out) {
        double foot = Math.sqrt(fx * fz);
        double wx = x + 0.05 * (Grain.noise(x * 0.9, z * 0.9, seed + 1) - 0.5);
        double wz = z + 0.16 * (Grain.noise(x * 0.5, z * 0.5, seed + 2) - 0.5);
        if (x < KERB) {
            stones(wx - KERB, wz, 0.62, 0.9, 0.016, 0.5, fx, fz, out);
        } else if (x < KERB + 0.22 || x > Street.EDGE - 0.5) {
            stones(x, wz, 3, 1.1, 0.012, 0.4, fx, fz, out);
            out.r *= 1.25;
            out.g *= 1.25;
            out.b *= 1.25;
        } else {
            stones(wx, wz, 0.20, 0.135, 0.010, 1, fx, fz, out);
        }
        double low = Grain.fractal(x * 0.42 + 7, z * 0.23 + 1, 4, foot * 0.4, seed + 3);
        // Water gathers in a gutter along the kerb, too.
        low += 0.22 * Grain.bump(x, KERB + 0.42, 0.28);
        out.water = Grain.smooth(0.485, 0.56, low);
        double dry = 1 - 0.96 * out.water;
        out.slopeX *= dry;
        out.slopeZ *= dry;
        out.rough *= dry;
        double dark = 1 - 0.55 * out.water;
        out.r *= dark;
        out.g *= dark;
        out.b *= dark;
        ripple(x, z, foot, out);
    }

    private void stones(
            double x, double z, double sizeX, double sizeZ, double gap, double dome, double fx, double fz, Stone out) {
        double row = z / sizeZ;
        int j = (int) Math.floor(row);
        double col = x / sizeX + 0.5 * (j & 1) + 0.28 * Grain.hash(j, 3, seed);
        int i = (int) Math.floor(col);
        double u = col - i - 0.5;
        double v = row - j - 0.5;
        double tone = Grain.hash(i, j, seed + 4);
        double hue = Grain.hash(i, j, seed + 5);
        double fine = Math.clamp(1.5 - 1.6 * fz / sizeZ, 0, 1);
        double grain = Grain.fractal(x * 26, z * 26, 4, Math.sqrt(fx * fz) * 26, seed + 6);
        double k = (0.66 + 0.5 * (fine * tone + 0.5 * (1 - fine))) * (0.55 + 0.9 * grain);
        double stone = Grain.inside(Math.abs(u), -1, 0.5 - gap / sizeX, fx / sizeX)
                * Grain.inside(Math.abs(v), -1, 0.5 - gap / sizeZ, fz / sizeZ);
        k *= 0.22 + 0.78 * stone;
        out.r = 0.060 * k * (0.9 + 0.3 * hue);
        out.g = 0.059 * k;
        out.b = 0.062 * k * (1.15 - 0.3 * hue);
        // A worn stone is a dome, a little tilted, and pitted.
        double steepX = dome * 4.4 * u * u * u + 0.10 * dome * (tone - 0.5);
        double steepZ = dome * 3.4 * v * v * v + 0.10 * dome * (hue - 0.5);
        double pit = 0.22 * Math.clamp(1.4 - Math.sqrt(fx * fz) * 60, 0, 1);
        steepX += pit * (Grain.noise(x * 48, z * 48, seed + 7) - 0.5);
        steepZ += pit * (Grain.noise(x * 48, z * 48, seed + 8) - 0.5);
        out.slopeX = fine * steepX;
        out.slopeZ = fine * steepZ;
        out.rough = 0.055 + (1 - fine) * 0.16 * dome;
    }

    /** Rings of the last drops on standing water. */
    private void ripple(double x, double z, double foot, Stone out) {
        if (out.water < 0.05) {
            return;
        }
        double fade = out.water * Math.clamp(1.5 - foot / 0.03, 0, 1);
        double cells = 1.6;
        int ix = (int) Math.floor(x * cells);
        int iz = (int) Math.floor(z * cells);
        for (int j = -1; j <= 1; j++) {
            for (int i = -1; i <= 1; i++) {
                double dx = x - (ix + i + Grain.hash(ix + i, iz + j, seed + 10)) / cells;
                double dz = z - (iz + j + Grain.hash(ix + i, iz + j, seed + 11)) / cells;
                double d = Math.hypot(dx, dz) + 1e-6;
                double age = 0.06 + 0.34 * Grain.hash(ix + i, iz + j, seed + 12);
                double ring = 0.06 * fade * Math.sin((d - age) * 110) * Grain.bump(d, age, 0.05) * (1 - age * 1.6);
                out.slopeX += ring * dx / d;
                out.slopeZ += ring * dz / d;
            }
        }
    }
}
