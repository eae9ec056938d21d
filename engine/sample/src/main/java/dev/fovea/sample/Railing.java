package dev.fovea.sample;

/** An iron railing on the quay's edge: rails, posts with knobs, thin bars. */
final class Railing {
    private static final double X = 1.98;
    private static final double TOP = 1.16;

    private final Lamps lamps;

    Railing(Lamps lamps) {
        this.lamps = lamps;
    }

    /** The distance at which a ray meets it, or infinity. */
    double reached(Ray ray) {
        double t = (X - ray.ox()) / ray.dx();
        boolean meets = ray.y(t) > 0 && ray.y(t) < TOP && ray.z(t) < Street.BRIDGE;
        return meets ? t : Double.POSITIVE_INFINITY;
    }

    double sample(Ray ray, double t, Rgb out) {
        double foot = ray.width(t);
        return bars(ray.z(t), ray.y(t), foot / Math.max(0.08, Math.abs(ray.dx())), foot, out);
    }

    /** Its light at a height and place along the quay, and how much it covers there. */
    private double bars(double z, double y, double fu, double fv, Rgb out) {
        double rail =
                Grain.inside(y, 1.0, 1.045, fv) + Grain.inside(y, 0.2, 0.225, fv) + Grain.inside(y, 0.86, 0.88, fv);
        double place = z / 2.1 - Math.rint(z / 2.1);
        double post = Grain.inside(place * 2.1, -0.032, 0.032, fu) * Grain.below(y, 1.08, fv);
        double knob = Grain.below(Math.hypot(place * 2.1, y - 1.1), 0.052, Math.max(fu, fv));
        double bar = z / 0.14 - Math.rint(z / 0.14);
        double bars = Grain.inside(bar * 0.14, -0.008, 0.008, fu) * Grain.inside(y, 0.2, 0.87, fv);
        double cover = Math.min(1, Math.max(Math.max(rail, post), Math.max(knob, bars)));
        if (cover <= 0) {
            return 0;
        }
        Rgb lit = new Rgb();
        double round = rail > 0.1 ? (y - 1.0225) / 0.0225 : 0;
        lamps.light(X, y, z, -0.6, 0.5 * round + 0.2, -0.2, 0.3, lit);
        double wet = 0.035 + 0.16 * Math.max(0, round) * rail;
        out.set(0.008, 0.012, 0.022).add(wet, lit).add(rail * Math.max(0, round), 0.012, 0.02, 0.04);
        out.scale(cover);
        return cover;
    }
}
