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
    static final double FAR_EDGE = 10.6;
    static final double FAR_QUAY = 0.15;
    private static final double RIGHT = 13.4;
    static final double BRIDGE = 60;
    private static final double FAR = 1e9;
    /** The railing's place among the panels. */
    private static final int RAILING = -1;
    /** No ray meets more upright things than this; farther ones are not seen. */
    private static final int MOST = 8;
    /** Lamps' glass is that dim in mirrored rays, which are too few to sample it. */
    private static final double BRIGHTEST_MIRRORED = 2.2;

    private enum Surface {
        SKY,
        QUAY,
        WATER,
        FAR_QUAY,
        QUAY_WALL,
        BRIDGE,
        BOAT
    }

    private record Hit(Surface surface, double t) {}

    private final Lamps lamps = new Lamps();
    private final Sky sky;
    private final Facades left;
    private final Facades right;
    private final Paving paving;
    private final Canal canal;
    private final Boat boat;
    private final Masonry masonry;
    private final Railing railing = new Railing(lamps);
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
        masonry = new Masonry(lamps, seed);
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
        panels.sort(Comparator.comparingDouble(p -> p.z));
    }

    /** The light along a ray. */
    void trace(Ray ray, Randomness random, Rgb out) {
        Hit hit = solid(ray);
        Facades row = ray.dx() < 0 ? left : right;
        double tf = ray.dx() == 0 ? FAR : (row.x - ray.ox()) / ray.dx();
        double front = tf > 1e-6 && tf < hit.t ? front(row, ray, tf) : 0;
        double clear = panels(ray, front > 0.99 ? tf : hit.t, out);
        if (clear < 0.004) {
            return;
        }
        Rgb surface = new Rgb();
        if (front < 1) {
            shade(ray, hit, row, tf, random, surface);
        }
        if (front > 0) {
            Rgb wall = new Rgb();
            double n = Math.abs(ray.dx());
            double foot = ray.width(tf);
            row.radiance(
                    ray.z(tf), ray.y(tf), ray.dz() / n, ray.dy() / n, foot * Math.min(8, 0.5 + 0.5 / n), foot, wall);
            fog(tf, wall);
            surface.mix(front, wall);
        }
        out.add(clear, surface);
    }

    /** How much of the ray's width meets a house front rather than passing over its outline. */
    private static double front(Facades row, Ray ray, double t) {
        double z = ray.z(t);
        return row.along(z) && z < BRIDGE + 26 ? Grain.below(ray.y(t), row.top(z), ray.width(t)) : 0;
    }

    /** The nearest of all but the house fronts. */
    private Hit solid(Ray ray) {
        Hit hit = ray.dy() < 0 && ray.first() ? floor(ray) : new Hit(Surface.SKY, FAR);
        double wall = (FAR_EDGE - ray.ox()) / ray.dx();
        if (ray.dx() > 0 && wall > 0 && wall < hit.t && ray.y(wall) < FAR_QUAY && ray.y(wall) > WATER - 0.1) {
            hit = new Hit(Surface.QUAY_WALL, wall);
        }
        double bridge = (BRIDGE - ray.oz()) / ray.dz();
        if (bridge > 0
                && bridge < hit.t
                && Math.abs(ray.x(bridge)) < 14
                && Masonry.bridge(ray.x(bridge), ray.y(bridge))) {
            hit = new Hit(Surface.BRIDGE, bridge);
        }
        double moored = boat.hit(ray);
        return moored < hit.t ? new Hit(Surface.BOAT, moored) : hit;
    }

    private static Hit floor(Ray ray) {
        double quay = -ray.oy() / ray.dy();
        double water = (WATER - ray.oy()) / ray.dy();
        double beyond = (FAR_QUAY - ray.oy()) / ray.dy();
        if (ray.x(quay) > LEFT && ray.x(quay) < EDGE) {
            return new Hit(Surface.QUAY, quay);
        }
        if (ray.x(beyond) > FAR_EDGE && ray.x(beyond) < RIGHT) {
            return new Hit(Surface.FAR_QUAY, beyond);
        }
        return ray.x(water) > EDGE && ray.x(water) < FAR_EDGE
                ? new Hit(Surface.WATER, water)
                : new Hit(Surface.SKY, FAR);
    }

    private void shade(Ray ray, Hit hit, Facades row, double tf, Randomness random, Rgb out) {
        double t = hit.t;
        double foot = ray.width(t);
        switch (hit.surface) {
            case QUAY -> {
                var stone = new Paving.Stone();
                paving.at(ray.x(t), ray.z(t), foot, foot / -ray.dy(), stone);
                shine(ray, t, 0, stone, random, out);
            }
            case WATER -> {
                var wave = new Paving.Stone();
                canal.at(ray.x(t), ray.z(t), foot, foot / -ray.dy(), wave);
                shine(ray, t, WATER, wave, random, out);
            }
            case FAR_QUAY -> masonry.farQuay(ray.x(t), ray.z(t), foot / -ray.dy(), out);
            case QUAY_WALL -> masonry.quayWall(ray.y(t), ray.z(t), foot, out);
            case BRIDGE -> masonry.bridgeStone(ray.x(t), ray.y(t), foot, out);
            case BOAT -> boat.radiance(ray.x(t), ray.y(t), ray.z(t), foot, out);
            case SKY -> {
                beyond(row, ray, tf, out);
                return;
            }
        }
        fog(t, out);
    }

    private static void fog(double t, Rgb light) {
        light.mix(haze(t), 0.052, 0.056, 0.080);
    }

    private static double haze(double t) {
        return 1 - Math.exp(-t * 0.0055);
    }

    /** What is seen over the outline of the fronts: the slopes of roofs behind, or the sky. */
    private void beyond(Facades row, Ray ray, double tf, Rgb out) {
        double zf = ray.z(tf);
        boolean behind = tf > 0 && tf < 400 && row.along(zf) && zf < BRIDGE + 20;
        double step = 0.18 / Math.max(1e-9, Math.abs(ray.dx()));
        for (int i = 1; behind && i <= 24; i++) {
            double t = tf + i * step;
            double z = ray.z(t);
            double y = ray.y(t);
            House h = row.house(z);
            if (!row.along(z) || y > row.ground + 16) {
                break;
            }
            if (y < row.ground + h.roof(z - h.from())) {
                masonry.tiles(y, z, ray.width(t), out);
                fog(t, out);
                return;
            }
        }
        sky.radiance(ray.dx(), ray.dy(), ray.dz(), ray.spread(), out);
    }

    /** Adds what stands in the street before a distance, the nearest first, and returns how much light still passes. */
    private double panels(Ray ray, double before, Rgb out) {
        double[] ts = new double[MOST];
        int[] ids = new int[MOST];
        int n = 0;
        for (int i = RAILING; i < panels.size() && n < MOST; i++) {
            double t = i == RAILING ? railing.reached(ray) : panels.get(i).reached(ray);
            if (!(t > 0.01 && t < before)) {
                continue;
            }
            int j = n++;
            for (; j > 0 && ts[j - 1] > t; j--) {
                ts[j] = ts[j - 1];
                ids[j] = ids[j - 1];
            }
            ts[j] = t;
            ids[j] = i;
        }
        double clear = 1;
        out.set(0, 0, 0);
        Rgb one = new Rgb();
        for (int k = 0; k < n && clear > 0.004; k++) {
            double t = ts[k];
            double cover = ids[k] == RAILING
                    ? railing.sample(ray, t, one)
                    : panels.get(ids[k]).sample(ray, t, one);
            if (!ray.first()) {
                one.scale(Math.min(1, BRIGHTEST_MIRRORED / Math.max(one.r, 1e-9)));
            }
            one.scale(1 - haze(t)).add(haze(t) * cover, 0.052, 0.056, 0.080);
            out.add(clear, one);
            clear *= 1 - cover;
        }
        return clear;
    }

    /** A wet surface: its own colour under lamps and sky, and what it mirrors, by Fresnel's share (Schlick 1994). */
    private void shine(Ray ray, double t, double y, Paving.Stone s, Randomness random, Rgb out) {
        double x = ray.x(t);
        double z = ray.z(t);
        double n = 1 / Math.sqrt(1 + s.slopeX * s.slopeX + s.slopeZ * s.slopeZ);
        double nx = -s.slopeX * n;
        double nz = -s.slopeZ * n;
        double open = y < 0 ? 0.8 : 1 - 0.55 * Math.exp(-(x - LEFT) / 0.35);
        out.set(0.034 * open, 0.052 * open, 0.105 * open);
        lamps.light(x, y, z, nx, n, nz, 0, out);
        out.set(out.r * s.r, out.g * s.g, out.b * s.b);
        double wet = 0.75 + 0.25 * s.water;
        Rgb mirrored = new Rgb();
        double fresnel = mirror(ray, x, y, z, s, random, mirrored);
        out.add(wet * fresnel, mirrored);
        Rgb glints = new Rgb();
        double alpha = Math.max(y < 0 ? 0.02 : 0.045, s.rough * 1.25);
        lamps.glints(x, y, z, nx, n, nz, -ray.dx(), -ray.dy(), -ray.dz(), alpha, glints);
        out.add(0.9 + 0.1 * s.water, glints);
    }

    /** Follows the mirrored ray, from a facet tilted at random by the roughness, and returns Fresnel's share. */
    private double mirror(Ray ray, double x, double y, double z, Paving.Stone s, Randomness random, Rgb out) {
        double mx = s.slopeX + s.rough * random.gaussian() * 0.75;
        double mz = s.slopeZ + s.rough * random.gaussian() * 0.75;
        double m = 1 / Math.sqrt(1 + mx * mx + mz * mz);
        double cos = (ray.dx() * mx - ray.dy() + ray.dz() * mz) * m;
        double up = Math.abs(ray.dy() + 2 * cos * m) + 0.004;
        double rx = ray.dx() - 2 * cos * mx * m;
        double rz = ray.dz() - 2 * cos * mz * m;
        trace(new Ray(x, y + 1e-4, z, rx, up, rz, ray.spread() + 0.9 * s.rough, false), random, out);
        return 0.022 + 0.978 * Math.pow(1 - Math.clamp(cos, 0, 1), 5);
    }
}
