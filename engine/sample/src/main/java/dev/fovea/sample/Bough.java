package dev.fovea.sample;

/** A bough that hangs into the picture's top right corner, so near that it shifts when the hand trembles. */
final class Bough {
    /** How far it hangs from the eye. */
    static final double Z = 3.2;

    private Bough() {}

    static Cutout hang(NightScene scene, long seed) {
        var random = Randomness.of(seed, 900);
        double right = NightScene.STAND + (scene.width - scene.cx) / scene.focal * Z;
        double top = NightScene.EYE + scene.cy / scene.focal * Z;
        double span = 0.80;
        double drop = 0.62;
        var c = new Canvas(right - span, top - drop, right + 0.06, top + 0.06, scene.focal / Z);
        Lamps lamps = scene.street().lamps();
        double[][] twigs = new double[9][];
        for (int i = 0; i < twigs.length; i++) {
            double reach = random.between(0.25, 0.66);
            double angle = random.between(0.15, 1.25);
            twigs[i] = new double[] {
                right + 0.05,
                top + 0.02 - 0.05 * i * 0.4,
                right - reach * Math.cos(angle),
                top - reach * 0.75 * Math.sin(angle) - 0.02
            };
        }
        for (double[] t : twigs) {
            c.paint(
                    c.left,
                    c.bottom,
                    right + 0.06,
                    top + 0.06,
                    (u, v) -> Canvas.limb(u, v, t[0], t[1], t[2], t[3], 0.008, 0.002),
                    (u, v, out) -> out.set(0.005, 0.005, 0.007));
        }
        for (int i = 0; i < 420; i++) {
            double[] t = twigs[(int) (twigs.length * random.uniform())];
            double along = Math.sqrt(random.uniform());
            double x = t[0] + along * (t[2] - t[0]) + 0.022 * random.gaussian();
            double y = t[1] + along * (t[3] - t[1]) + 0.022 * random.gaussian();
            Rgb lit = new Rgb();
            lamps.light(x, y, Z, -0.3, -0.3, random.between(-0.2, 1), 0.4, lit);
            double shade = random.between(0.35, 1.1);
            double turn = random.uniform();
            Rgb ink = new Rgb()
                    .set(
                            shade * (0.22 * (0.4 + turn) * lit.r + 0.0016),
                            shade * (0.20 * lit.g + 0.0036),
                            shade * (0.045 * lit.b + 0.0052));
            Furniture.leaf(c, x, y, random.between(-2.4, -0.4), random.between(0.016, 0.028), ink);
        }
        return c.cutout(scene.screenX(c.left, Z) + 0.5, scene.screenY(top + 0.06, Z) + 0.5);
    }
}
