package dev.fovea.sample;

/** The canal's surface: small waves from all sides, those finer than the footprint kept as roughness. */
final class Canal {
    private static final int WAVES = 14;

    private final double[] kx = new double[WAVES];
    private final double[] kz = new double[WAVES];
    private final double[] steep = new double[WAVES];
    private final double[] phase = new double[WAVES];
    private final int seed;

    Canal(int seed) {
        this.seed = seed;
        var random = new Randomness(seed);
        for (int i = 0; i < WAVES; i++) {
            double length = 0.16 * Math.pow(1.30, i) * random.between(0.9, 1.1);
            double angle = random.gaussian() * 0.75 + 0.4;
            kx[i] = 2 * Math.PI / length * Math.cos(angle);
            kz[i] = 2 * Math.PI / length * Math.sin(angle);
            steep[i] = 0.021 * (i < 4 ? 0.7 : 1);
            phase[i] = 2 * Math.PI * random.uniform();
        }
    }

    void at(double x, double z, double fx, double fz, Paving.Stone out) {
        double calm = 0.35 + 1.1 * Grain.fractal(x * 0.16, z * 0.09, 3, 0, seed + 1);
        double warp = 2.2 * Grain.noise(x * 0.7, z * 0.7, seed + 2);
        double sx = 0;
        double sz = 0;
        double rough = 0;
        for (int i = 0; i < WAVES; i++) {
            double turn = (Math.abs(kx[i]) * fx + Math.abs(kz[i]) * fz) / Math.PI;
            double fade = Math.clamp(1.6 - turn, 0, 1);
            double a = steep[i] * calm * Math.sin(kx[i] * x + kz[i] * z + phase[i] + warp * (1 + 0.15 * i));
            double k = Math.hypot(kx[i], kz[i]);
            sx += fade * a * kx[i] / k;
            sz += fade * a * kz[i] / k;
            rough += (1 - fade * fade) * steep[i] * steep[i] * calm * calm / 2;
        }
        out.slopeX = sx;
        out.slopeZ = sz;
        out.rough = Math.sqrt(rough) + 0.004;
        out.water = 1;
        out.r = 0.002;
        out.g = 0.0045;
        out.b = 0.005;
    }
}
