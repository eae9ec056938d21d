package dev.fovea.sample;

/** The painted wooden front of a shop: a board with its name, and windows full of things under warm spots. */
final class ShopFront {
    private ShopFront() {}

    static void radiance(
            House h, double u, double v, double slopeU, double slopeV, double fu, double fv, Rgb light, Rgb out) {
        double w = h.width();
        int hue = Math.floorMod(h.seed(), 4);
        double[] paint = new double[][] {
                    {0.03, 0.10, 0.075}, {0.12, 0.022, 0.02}, {0.028, 0.05, 0.11}, {0.11, 0.075, 0.03}
                }
                [hue];
        double wood = Grain.inside(u, 0.3, w - 0.3, fu) * Grain.inside(v, 0, 3.12, fv);
        double grain = 0.8 + 0.4 * Grain.fractal(u * 4, v * 30, 3, Math.max(fu * 4, fv * 30), h.seed());
        out.mix(wood, light.r * paint[0] * grain, light.g * paint[1] * grain, light.b * paint[2] * grain);
        board(h, u, v, fu, fv, light, paint, out);
        double door = w * 0.5;
        glass(h, u, v, 0.5, door - 0.62, 0.62, 2.42, slopeU, slopeV, fu, fv, out);
        glass(h, u, v, door + 0.62, w - 0.5, 0.62, 2.42, slopeU, slopeV, fu, fv, out);
        glass(h, u, v, door - 0.42, door + 0.42, 0.85, 2.42, slopeU, slopeV, fu, fv, out);
    }

    /** The painted board with the shop's name, lit from small lamps above it. */
    private static void board(House h, double u, double v, double fu, double fv, Rgb light, double[] paint, Rgb out) {
        double w = h.width();
        double on = Grain.inside(u, 0.34, w - 0.34, fu) * Grain.inside(v, 2.56, 3.08, fv);
        if (on <= 0) {
            return;
        }
        double wash = 0;
        for (int i = 0; i < 3; i++) {
            double d = u - w * (i + 0.5) / 3;
            wash += Math.exp(-d * d / 0.35) * (0.55 + 0.9 * Grain.smooth(2.5, 3.1, v));
        }
        out.mix(
                on,
                (light.r + 1.1 * wash) * paint[0] * 0.8,
                (light.g + 0.72 * wash) * paint[1] * 0.8,
                (light.b + 0.36 * wash) * paint[2] * 0.8);
        double dot = Math.min(0.052, (w - 1.2) / (h.shop().length() * Glyphs.PITCH));
        double left = (w - dot * (h.shop().length() * Glyphs.PITCH - 1)) / 2;
        double ink = on
                * Glyphs.ink(h.shop(), (u - left) / dot, (2.82 + 3.5 * dot - v) / dot, Math.max(fu, fv) / dot + 0.35);
        double k = 0.5 + 0.9 * wash;
        out.mix(ink, 0.85 * k, 0.62 * k, 0.27 * k);
    }

    private static void glass(
            House h,
            double u,
            double v,
            double a,
            double b,
            double low,
            double high,
            double slopeU,
            double slopeV,
            double fu,
            double fv,
            Rgb out) {
        double in = Grain.inside(u, a, b, fu) * Grain.inside(v, low, high, fv);
        if (in <= 0) {
            return;
        }
        Rgb seen = new Rgb();
        double depth = 0.75;
        double iu = Math.clamp(u + slopeU * depth, a - 1.2, b + 1.2);
        double iv = v + slopeV * depth;
        goods(h, iu, iv, Math.max(fu, fv), seen);
        // Mullions stand before the goods.
        double bars =
                Grain.inside(Math.abs(u - (a + b) / 2), 0, 0.022, fu) + Grain.inside(Math.abs(v - 2.02), 0, 0.022, fv);
        bars += 1 - Grain.inside(u, a + 0.05, b - 0.05, fu) * Grain.inside(v, low + 0.05, high - 0.05, fv);
        seen.mix(Math.min(1, bars), 0.02 + 0.04 * seen.r, 0.015 + 0.03 * seen.g, 0.012 + 0.02 * seen.b);
        out.mix(in, seen);
    }

    /** Shelves with things for sale, under warm spots. */
    private static void goods(House h, double u, double v, double foot, Rgb out) {
        double warmth = 0.8 + 0.5 * Grain.smooth(0.4, 2.6, v);
        double spots = 0;
        for (int i = 0; i < 5; i++) {
            double d = u - h.width() * (i + 0.5) / 5;
            spots += Math.exp(-d * d / 0.10 - (v - 2.3) * (v - 2.3) / 0.25);
        }
        double k = 0.22 * warmth + 1.25 * spots;
        double shelf = (v - 0.55) / 0.46;
        int row = (int) Math.floor(shelf);
        double size = 0.10 + 0.10 * Grain.hash(row, 3, h.seed());
        int item = (int) Math.floor(u / size);
        double tall = 0.25 + 0.6 * Grain.hash(item, row, h.seed());
        double fade = Math.clamp(1.5 - foot / size, 0, 1);
        double is = fade
                * Grain.inside(u / size - item, 0.08, 0.92, foot / size)
                * Grain.below(shelf - row, tall, foot / 0.46);
        out.set(k, 0.50 * k, 0.16 * k);
        double hue = Grain.hash(item, row, h.seed() + 1);
        double bright = 0.08 + 0.75 * Grain.hash(item, row, h.seed() + 2);
        out.mix(
                0.95 * is * (row < 4 ? 1 : 0),
                k * bright * (0.4 + 0.6 * Grain.bump(hue, 0.1, 0.35)),
                k * bright * (0.14 + 0.6 * Grain.bump(hue, 0.5, 0.3)),
                k * bright * (0.06 + 0.6 * Grain.bump(hue, 0.9, 0.25)));
        out.mix(
                0.7 * Grain.below(shelf - row, 0.07, foot / 0.46) * (row < 4 && row >= 0 ? 1 : 0),
                0.10 * k,
                0.05 * k,
                0.02 * k);
    }
}
