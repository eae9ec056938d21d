package dev.fovea.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An old town's quay on a wet evening: houses on the left, the paved quay, a canal with a boat, houses beyond it, a bridge, hills and sky.
 * Metres; x to the right, y up, z into the picture; the quay is y = 0. A ray is followed to one surface, and from water and wet stone once
 * more. Surfaces are filtered over the ray's footprint instead of being sampled many times (Igehy 1999), which blurs reflections too.
 */
final class Street {
    static final double LEFT = -5.2;
    static final double EDGE = 2.15;
    static final double WATER = -1.3;
    private static final double FAR_EDGE = 10.6;
    private static final double FAR_QUAY = 0.15;
    private static final double RIGHT = 13.4;
    private static final double BRIDGE = 60;
    private static final double RAILING = 1.98;
    private static final double FAR = 1e9;

    private final Lamps lamps = new Lamps();
    private final Sky sky;
    private final Facades left;
    private final Facades right;
    private final Paving paving;
    private final Canal canal;
    private final Boat boat;
    private final List<Panel> panels = new ArrayList<>();
    private final int seed;

    /** @param perMetre samples for each metre at one metre's distance: how finely things are painted */
    Street(double perMetre, int seed) {
        this.seed = seed;
        sky = new Sky(seed);
        left = new Facades(LEFT, 1, 0, lamps, seed + 100);
        right = new Facades(RIGHT, -1, FAR_QUAY, lamps, seed + 203);
        paving = new Paving(seed + 300);
        canal = new Canal(seed + 400);
        boat = new Boat(lamps);
        light();
        furnish(perMetre);
    }

    Lamps lamps() {
        return lamps;
    }

    private static final double[][] POSTS = {
        {1.35, 0, 10.5},
        {1.35, 0, 20.5},
        {1.35, 0, 31},
        {1.35, 0, 43},
        {1.35, 0, 55},
        {11.3, FAR_QUAY, 18.5},
        {11.3, FAR_QUAY, 28},
        {11.3, FAR_QUAY, 38.5},
        {11.3, FAR_QUAY, 50},
        {-1.5, 1.2, BRIDGE + 0.5},
        {4, 2.2, BRIDGE + 0.5},
        {9.8, 1.2, BRIDGE + 0.5}
    };
    private static final double[][] BRACKETS = {
        {-4.72, -0.1, 7.4}, {-4.72, -0.1, 14.9}, {-4.72, -0.1, 25}, {-4.72, -0.1, 37}
    };

    private void light() {
        for (double[] p : POSTS) {
            lamps.add(new Lamps.Lamp(p[0], p[1] + Furniture.LAMP_HEIGHT, p[2], 10.5, 6.0, 2.35, 0));
        }
        for (double[] p : BRACKETS) {
            lamps.add(new Lamps.Lamp(p[0], p[1] + Furniture.LAMP_HEIGHT, p[2], 5.0, 2.75, 1.0, 0));
        }
        for (House h : left.houses) {
            if (!h.shop().isEmpty()) {
                for (double part : new double[] {0.25, 0.75}) {
                    lamps.add(new Lamps.Lamp(LEFT - 0.2, 1.7, h.from() + part * h.width(), 2.5, 1.5, 0.62, 1));
                }
            }
        }
        lamps.add(new Lamps.Lamp(4.25, 0.2, 10.6, 0.5, 0.3, 0.12, 0));
        lamps.arrange();
    }

    private void furnish(double perMetre) {
        for (double[] p : POSTS) {
            panels.add(Furniture.lampPost(p[0], p[1], p[2], Math.min(400, 1.3 * perMetre / p[2]), lamps, false));
        }
        for (double[] p : BRACKETS) {
            panels.add(Furniture.lampPost(p[0], p[1], p[2], Math.min(400, 1.3 * perMetre / p[2]), lamps, true));
        }
        String[] names = {"BOOKS", "BREAD", "CAFE", "VINO", "1764"};
        double[][] paints = {
            {0.02, 0.06, 0.05}, {0.05, 0.035, 0.02}, {0.10, 0.02, 0.02}, {0.05, 0.012, 0.03}, {0.02, 0.03, 0.07}
        };
        double[] places = {11.6, 16.4, 22.5, 29.5, 40};
        for (int i = 0; i < names.length; i++) {
            panels.add(Furniture.sign(
                    LEFT + 0.05,
                    3.75,
                    places[i],
                    names[i],
                    paints[i],
                    Math.min(600, 1.3 * perMetre / places[i]),
                    lamps));
        }
        panels.add(Furniture.board(-3.15, 9.0, Math.min(900, 1.3 * perMetre / 9), lamps));
        double[][] trees = {
            {12.3, 22.5, 5.2}, {12.2, 33.5, 5.6}, {12.3, 44, 5.2}, {12.2, 55, 5.4}, {-3.9, 27.8, 3.6}, {-3.8, 47, 4.2}
        };
        for (int i = 0; i < trees.length; i++) {
            double[] t = trees[i];
            panels.add(Furniture.tree(
                    t[0],
                    t[0] > 0 ? FAR_QUAY : 0,
                    t[1],
                    t[2],
                    Math.min(260, 1.2 * perMetre / t[1]),
                    lamps,
                    seed + 500 + i));
        }
        panels.sort(Comparator.comparingDouble(p -> p.across ? p.at : 0));
    }

    /**
     * The light along a ray.
     *
     * @param spread how much the ray's width grows with each metre
     * @param first whether it comes from the camera; a reflected ray does not see the lamps' glass, whose glints are added exactly
     * @return the distance, at most {@link #FAR}
     */
    double trace(
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz,
            double spread,
            boolean first,
            Randomness random,
            Rgb out) {
        double t = FAR;
        int what = 0;
        if (dy < 0 && first) {
            double tq = -oy / dy;
            double xq = ox + tq * dx;
            double tw = (WATER - oy) / dy;
            double xw = ox + tw * dx;
            double tf = (FAR_QUAY - oy) / dy;
            double xf = ox + tf * dx;
            if (xq > LEFT && xq < EDGE) {
                t = tq;
                what = 1;
            } else if (xf > FAR_EDGE && xf < RIGHT) {
                t = tf;
                what = 3;
            } else if (xw > EDGE && xw < FAR_EDGE) {
                t = tw;
                what = 2;
            }
        }
        if (dx > 0) {
            double tq = (FAR_EDGE - ox) / dx;
            double y = oy + tq * dy;
            if (tq < t && tq > 0 && y < FAR_QUAY && y > WATER - 0.1) {
                t = tq;
                what = 4;
            }
        }
        double tb = (BRIDGE - oz) / dz;
        if (tb > 0 && tb < t && bridge(ox + tb * dx, oy + tb * dy) && Math.abs(ox + tb * dx) < 14) {
            t = tb;
            what = 5;
        }
        double tboat = boat.hit(ox, oy, oz, dx, dy, dz);
        if (tboat < t) {
            t = tboat;
            what = 6;
        }
        Facades row = dx < 0 ? left : right;
        double tf = dx == 0 ? FAR : (row.x - ox) / dx;
        double front = 0;
        if (tf > 1e-6 && tf < t) {
            double z = oz + tf * dz;
            if (row.along(z) && z < BRIDGE + 26) {
                front = Grain.below(oy + tf * dy, row.top(z), spread * tf + 1e-4);
            }
        }
        double reach = front > 0.99 ? tf : t;
        double clear = panels(ox, oy, oz, dx, dy, dz, reach, spread, first, out);
        if (clear < 0.004) {
            return reach;
        }
        Rgb surface = new Rgb();
        if (front < 1) {
            double px = ox + t * dx;
            double pz = oz + t * dz;
            switch (what) {
                case 1 -> ground(px, pz, t, dx, dy, dz, spread, random, surface);
                case 2 -> water(px, pz, t, dx, dy, dz, spread, random, surface);
                case 3 -> farQuay(px, pz, t, dy, spread, surface);
                case 4 -> quayWall(oy + t * dy, pz, spread * t, surface);
                case 5 -> bridgeStone(px, oy + t * dy, spread * t, surface);
                case 6 -> boat.radiance(px, oy + t * dy, pz, spread * t, surface);
                default -> beyond(row, ox, oy, oz, dx, dy, dz, tf, spread, surface);
            }
            if (what != 0) {
                fog(t, surface);
            }
        }
        if (front > 0) {
            Rgb wall = new Rgb();
            double n = Math.abs(dx);
            row.radiance(
                    oz + tf * dz,
                    oy + tf * dy,
                    dz / n,
                    dy / n,
                    Math.max(1e-4, spread * tf * Math.min(8, 0.5 + 0.5 / n)),
                    Math.max(1e-4, spread * tf),
                    wall);
            fog(tf, wall);
            surface.mix(front, wall);
        }
        out.add(clear, surface);
        return reach;
    }

    private static void fog(double t, Rgb light) {
        double k = 1 - Math.exp(-t * 0.0055);
        light.mix(k, 0.052, 0.056, 0.080);
    }

    /** What is seen over the outline of the fronts: the slopes of roofs behind, or the sky. */
    private void beyond(
            Facades row,
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz,
            double tf,
            double spread,
            Rgb out) {
        double zf = oz + tf * dz;
        if (tf > 0 && tf < 400 && row.along(zf) && zf < BRIDGE + 20) {
            double step = 0.18 / Math.abs(dx);
            for (int i = 1; i <= 24; i++) {
                double t = tf + i * step;
                double z = oz + t * dz;
                double y = oy + t * dy;
                House h = row.house(z);
                if (!row.along(z) || y > row.ground + 16) {
                    break;
                }
                if (y < row.ground + h.roof(z - h.from())) {
                    double tile = y / 0.16;
                    double k = 0.8 + 0.35 * (tile - Math.floor(tile)) * Math.clamp(1.4 - spread * t / 0.1, 0, 1);
                    k *= 0.75 + 0.5 * Grain.fractal(z * 3, y * 3, 4, spread * t * 3, seed + 9);
                    out.set(0.020 * k, 0.021 * k, 0.031 * k);
                    fog(t, out);
                    return;
                }
            }
        }
        double n = 1 / Math.sqrt(dx * dx + dy * dy + dz * dz);
        sky.radiance(dx * n, dy * n, dz * n, spread, out);
    }

    /** Adds what stands in the street before a distance, the nearest first, and returns how much light still passes. */
    private double panels(
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz,
            double before,
            double spread,
            boolean first,
            Rgb out) {
        double[] ts = new double[8];
        int[] ids = new int[8];
        int n = 0;
        out.set(0, 0, 0);
        for (int i = -1; i < panels.size() && n < 8; i++) {
            double t;
            if (i < 0) {
                t = (RAILING - ox) / dx;
                double y = oy + t * dy;
                double z = oz + t * dz;
                if (!(t > 0.01 && t < before && y > 0 && y < 1.16 && z < BRIDGE)) {
                    continue;
                }
            } else {
                Panel p = panels.get(i);
                t = p.across ? (p.at - oz) / dz : (p.at - ox) / dx;
                if (!(t > 0.01 && t < before) || !p.holds(p.across ? ox + t * dx : oz + t * dz, oy + t * dy)) {
                    continue;
                }
            }
            int j = n++;
            while (j > 0 && ts[j - 1] > t) {
                ts[j] = ts[j - 1];
                ids[j] = ids[j - 1];
                j--;
            }
            ts[j] = t;
            ids[j] = i;
        }
        double clear = 1;
        Rgb one = new Rgb();
        for (int k = 0; k < n && clear > 0.004; k++) {
            double t = ts[k];
            double cover;
            if (ids[k] < 0) {
                cover = railing(oz + t * dz, oy + t * dy, spread * t / Math.max(0.08, Math.abs(dx)), spread * t, one);
            } else {
                Panel p = panels.get(ids[k]);
                cover = p.sample(p.across ? ox + t * dx : oz + t * dz, oy + t * dy, spread * t, one);
            }
            if (!first) {
                double brightest = Math.max(one.r, 1e-9);
                one.scale(Math.min(1, 2.2 / brightest));
            }
            double fog = 1 - Math.exp(-t * 0.0055);
            one.scale(1 - fog).add(fog * cover, 0.052, 0.056, 0.080);
            out.add(clear, one);
            clear *= 1 - cover;
        }
        return clear;
    }

    /** An iron railing on the quay's edge: two rails, posts with knobs, thin bars. */
    private double railing(double z, double y, double fu, double fv, Rgb out) {
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
        lamps.light(RAILING, y, z, -0.6, 0.5 * round + 0.2, -0.2, 0.3, lit);
        double wet = 0.035 + 0.16 * Math.max(0, round) * rail;
        out.set(0.008, 0.012, 0.022).add(wet, lit).add(rail * Math.max(0, round), 0.012, 0.02, 0.04);
        out.scale(cover);
        return cover;
    }

    private void ground(
            double x, double z, double t, double dx, double dy, double dz, double spread, Randomness random, Rgb out) {
        var stone = new Paving.Stone();
        paving.at(x, z, spread * t, spread * t / -dy, stone);
        shine(x, 0, z, dx, dy, dz, spread, stone, 0.9 + 0.1 * stone.water, random, out);
    }

    private void water(
            double x, double z, double t, double dx, double dy, double dz, double spread, Randomness random, Rgb out) {
        var wave = new Paving.Stone();
        canal.at(x, z, spread * t, spread * t / -dy, wave);
        shine(x, WATER, z, dx, dy, dz, spread, wave, 1, random, out);
    }

    /** A wet surface: its own colour under lamps and sky, and what it mirrors, by Fresnel's share (Schlick 1994). */
    private void shine(
            double x,
            double y,
            double z,
            double dx,
            double dy,
            double dz,
            double spread,
            Paving.Stone s,
            double wet,
            Randomness random,
            Rgb out) {
        double n = 1 / Math.sqrt(1 + s.slopeX * s.slopeX + s.slopeZ * s.slopeZ);
        double nx = -s.slopeX * n;
        double nz = -s.slopeZ * n;
        double open = y < 0 ? 0.8 : 1 - 0.55 * Math.exp(-(x - LEFT) / 0.35);
        out.set(0.034 * open, 0.052 * open, 0.105 * open);
        lamps.light(x, y, z, nx, n, nz, 0, out);
        out.set(out.r * s.r, out.g * s.g, out.b * s.b);
        Rgb mirrored = new Rgb();
        double mx = s.slopeX + s.rough * random.gaussian() * 0.75;
        double mz = s.slopeZ + s.rough * random.gaussian() * 0.75;
        double m = 1 / Math.sqrt(1 + mx * mx + mz * mz);
        double cos = -(dx * -mx + dy + dz * -mz) * m;
        double ry = Math.abs(dy + 2 * cos * m) + 0.004;
        trace(
                x,
                y + 1e-4,
                z,
                dx - 2 * cos * mx * m,
                ry,
                dz - 2 * cos * mz * m,
                spread + 0.9 * s.rough,
                false,
                random,
                mirrored);
        double fresnel = 0.022 + 0.978 * Math.pow(1 - Math.clamp(cos, 0, 1), 5);
        out.add(wet * fresnel * (y < 0 ? 1 : 0.8 + 0.2 * s.water), mirrored);
        Rgb glints = new Rgb();
        lamps.glints(x, y, z, nx, n, nz, -dx, -dy, -dz, Math.max(y < 0 ? 0.02 : 0.045, s.rough * 1.25), glints);
        out.add(wet, glints);
    }

    private void farQuay(double x, double z, double t, double dy, double spread, Rgb out) {
        double foot = spread * t / -dy;
        double k = 0.07 * (0.6 + 0.8 * Grain.fractal(x * 3, z * 3, 4, foot * 3, seed + 7));
        out.set(0.034, 0.052, 0.105);
        lamps.light(x, FAR_QUAY, z, 0, 1, 0, 0, out);
        out.scale(k).add(0.3, 0.03, 0.035, 0.06);
    }

    private void quayWall(double y, double z, double foot, Rgb out) {
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
        double kerb = Grain.below(-y, -FAR_QUAY + 0.16, foot);
        out.set(0.03, 0.045, 0.09);
        lamps.light(FAR_EDGE, y, z, -0.75, 0.2, 0, 0.35, out);
        out.set(
                out.r * k * (0.13 - 0.09 * wet + 0.1 * kerb),
                out.g * k * (0.12 - 0.07 * wet + 0.1 * kerb),
                out.b * k * (0.11 - 0.09 * wet + 0.09 * kerb));
    }

    private static double deck(double x) {
        double s = (x - 4.2) / 10;
        return 1.2 + 1.25 * Math.max(0, 1 - s * s);
    }

    private static boolean bridge(double x, double y) {
        double a = (x - 6.3) / 3.3;
        double b = (y - WATER) / 2.75;
        return y < deck(x) + 0.85 && a * a + b * b > 1;
    }

    private void bridgeStone(double x, double y, double foot, Rgb out) {
        double a = (x - 6.3) / 3.3;
        double b = (y - WATER) / 2.75;
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
        lamps.light(x, y, BRIDGE - 0.1, 0, 0.25, -0.8, 0.5, out);
        // Floodlights under the arch.
        out.add(2.2 * Math.exp(-Math.abs(ring - 1) / 0.16), 1, 0.62, 0.26);
        out.set(out.r * 0.25 * k, out.g * 0.23 * k, out.b * 0.2 * k);
        out.scale(1 - 0.75 * balusters);
    }
}
