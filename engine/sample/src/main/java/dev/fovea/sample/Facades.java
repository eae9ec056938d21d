package dev.fovea.sample;

import java.util.ArrayList;
import java.util.List;

/** A row of house fronts in a plane of constant x. */
final class Facades {
    private static final double LENGTH = 92;
    private static final String[] SHOPS = {
        "HATS", "", "BOOKS & MAPS", "BAKERY", "CAFE LUMEN", "", "WINE BAR", "", "ANTIQUES", "", "HOTEL", ""
    };
    /** How far windows lie behind the wall. */
    private static final double RECESS = 0.11;

    final double x;
    /** Towards the street: 1 for the left row, −1 for the right. */
    final int facing;

    final double ground;
    final List<House> houses = new ArrayList<>();
    private final House[] at = new House[(int) LENGTH * 4 + 1];
    private final Lamps lamps;
    private final int seed;

    Facades(double x, int facing, double ground, Lamps lamps, int seed) {
        this.x = x;
        this.facing = facing;
        this.ground = ground;
        this.lamps = lamps;
        this.seed = seed;
        double z = -3.2;
        for (int i = 0; z < LENGTH; i++) {
            House h = House.make(z, i, facing > 0 ? SHOPS[i % SHOPS.length] : "", seed);
            houses.add(h);
            z += h.width();
        }
        for (int i = 0; i < at.length; i++) {
            at[i] = find(i / 4.0);
        }
    }

    private House find(double z) {
        House last = houses.getFirst();
        for (House h : houses) {
            if (h.from() <= z) {
                last = h;
            }
        }
        return last;
    }

    House house(double z) {
        House h = at[(int) Math.clamp(z * 4, 0, at.length - 1)];
        return z >= h.from() + h.width() ? at[(int) Math.clamp(z * 4 + 1, 0, at.length - 1)] : h;
    }

    boolean along(double z) {
        return z > -3 && z < LENGTH - 4;
    }

    /** The height of the outline above y = 0. */
    double top(double z) {
        House h = house(z);
        return ground + h.top(z - h.from());
    }

    /**
     * The light from a point of the fronts.
     *
     * @param slopeU how far the ray moves along the street for each metre into the house; slopeV upwards
     * @param fu the footprint along the street, fv upwards
     */
    void radiance(double z, double y, double slopeU, double slopeV, double fu, double fv, Rgb out) {
        House h = house(z);
        double u = z - h.from();
        double v = y - ground;
        // The light that falls on this part of the wall, for everything fixed to it.
        Rgb light = new Rgb();
        lit(h, z, v, 0, 0, shade(h, u, v, fv), light);
        wall(h, u, v, z, fu, fv, out);
        if (v < House.GROUND_FLOOR - 0.1) {
            if (h.shop().isEmpty()) {
                plainGroundFloor(h, u, v, slopeU, slopeV, fu, fv, light, out);
            } else {
                ShopFront.radiance(h, u, v, slopeU, slopeV, fu, fv, light, out);
            }
        } else {
            upperWindows(h, u, v, slopeU, slopeV, fu, fv, light, out);
        }
    }

    private void wall(House h, double u, double v, double z, double fu, double fv, Rgb out) {
        double[] w = h.wall();
        double foot = Math.max(fu, fv);
        double stain = Grain.fractal(z * 0.45, v * 0.3, 4, foot, seed + 1);
        double fine = Grain.fractal(z * 9, v * 9, 4, foot * 9, seed + 2);
        double k = (0.62 + 0.7 * stain) * (0.84 + 0.32 * fine);
        // Rain runs down below sills and eaves: narrow vertical streaks.
        double streak = Grain.fractal(z * 3.1, v * 0.16, 3, foot * 3, seed + 3);
        k *= 0.72 + 0.5 * streak;
        double bumpU = 0;
        double bumpV = 0;
        double r = w[0] * k;
        double g = w[1] * k;
        double b = w[2] * k;
        if (h.brick()) {
            double course = v / 0.085;
            int row = (int) Math.floor(course);
            double stone = u / 0.25 + (row & 1) * 0.5;
            int col = (int) Math.floor(stone);
            double fade = Math.clamp(1.4 - foot / 0.07, 0, 1);
            double tone = 0.7 + 0.6 * Grain.hash(col, row, h.seed());
            double mortar = 1
                    - Grain.inside(course - row, 0.09, 0.91, fv / 0.085)
                            * Grain.inside(stone - col, 0.035, 0.965, fu / 0.25);
            double t = 1 + fade * (tone - 1);
            r *= t;
            g *= 1 + fade * (tone - 1) * 0.8;
            b *= t;
            double m = Math.min(1, mortar) * (0.4 + 0.3 * fade);
            r += m * (0.30 * k - r);
            g += m * (0.27 * k - g);
            b += m * (0.23 * k - b);
            bumpV = fade * 0.5 * ((course - row) > 0.86 ? 1 : (course - row) < 0.1 ? -1 : 0);
            bumpU = fade * 0.6 * (Grain.hash(col, row, h.seed() + 1) - 0.5);
        } else {
            double fade = Math.clamp(1.4 - foot / 0.03, 0, 1);
            bumpU = fade * 0.4 * (Grain.noise(z * 24, v * 24, seed + 4) - 0.5);
            bumpV = fade * 0.4 * (Grain.noise(z * 24, v * 24, seed + 5) - 0.5);
        }
        double trim = trim(h, u, v, fu, fv);
        r += trim * (0.50 * k - r);
        g += trim * (0.45 * k - g);
        b += trim * (0.38 * k - b);
        double plinth = Grain.below(v, 0.55, fv);
        r += plinth * (0.10 * k - r);
        g += plinth * (0.095 * k - g);
        b += plinth * (0.09 * k - b);
        double shade = shade(h, u, v, fv);
        lit(h, z, v, bumpU, bumpV, shade, out);
        out.set(out.r * r, out.g * g, out.b * b);
    }

    /** Light on the wall: the sky's, and the lamps'. */
    private void lit(House h, double z, double v, double bumpU, double bumpV, double shade, Rgb out) {
        double open = 0.35 + 0.65 * Grain.smooth(0, 9, v);
        out.set(0.034 * open * shade, 0.052 * open * shade, 0.105 * open * shade);
        // Warm light that the wet street throws back.
        out.add(0.030 * Math.exp(-v / 3.0) * shade, 1.0, 0.6, 0.3);
        double n = 1 / Math.sqrt(1 + bumpU * bumpU + bumpV * bumpV);
        Rgb direct = new Rgb();
        lamps.light(x, ground + v, z, facing * n, bumpV * n, bumpU * n, 0, direct);
        out.add(shade, direct);
    }

    private static double trim(House h, double u, double v, double fu, double fv) {
        double bands = Grain.inside(v, House.GROUND_FLOOR - 0.12, House.GROUND_FLOOR + 0.10, fv);
        bands += Grain.inside(v, h.eaves() - 0.32, h.eaves() - 0.02, fv);
        double edge = h.top(u) - v;
        bands += Grain.below(edge, 0.2, fv);
        double corner = Math.min(u, h.width() - u);
        boolean quoin = Math.floor(v / 0.42) % 2 == 0;
        bands += 0.8 * Grain.below(corner, quoin ? 0.34 : 0.2, fu);
        return Math.min(1, bands);
    }

    /** Where ledges and neighbours keep the light off. */
    private static double shade(House h, double u, double v, double fv) {
        double s = 1;
        s *= 1 - 0.6 * Grain.bump(v, House.GROUND_FLOOR - 0.2, 0.12 + fv);
        s *= 1 - 0.55 * Grain.bump(v, h.eaves() - 0.46, 0.16 + fv);
        s *= 1 - 0.5 * Math.exp(-Math.min(u, h.width() - u) / 0.07);
        return s * (1 - 0.5 * Math.exp(-v / 0.18));
    }

    private void upperWindows(
            House h, double u, double v, double slopeU, double slopeV, double fu, double fv, Rgb light, Rgb out) {
        double level = (v - House.GROUND_FLOOR) / House.STOREY;
        int floor = (int) Math.floor(level);
        double pitch = h.width() / h.columns();
        int column = (int) Math.clamp(u / pitch, 0, h.columns() - 1);
        double cx = (column + 0.5) * pitch;
        double cy = House.GROUND_FLOOR + floor * House.STOREY + 1.5;
        double halfWidth = 0.52;
        double halfHeight = 0.86;
        if (floor >= h.storeys()) {
            if (h.gable() == House.Gable.FLAT
                    || floor > h.storeys()
                    || h.gable() == House.Gable.BELL && floor > h.storeys()) {
                return;
            }
            cx = h.width() / 2;
            column = 9;
            cy = h.eaves() + 1.1;
            halfWidth = 0.42;
            halfHeight = 0.55;
        }
        window(h, u - cx, v - cy, halfWidth, halfHeight, column, floor, slopeU, slopeV, fu, fv, light, out);
    }

    private void window(
            House h,
            double du,
            double dv,
            double hw,
            double hh,
            int column,
            int floor,
            double slopeU,
            double slopeV,
            double fu,
            double fv,
            Rgb light,
            Rgb out) {
        double[] shutters = h.shutters();
        if (shutters != null && hw > 0.45) {
            double panel = Grain.inside(Math.abs(du), hw + 0.05, hw + 0.55, fu) * Grain.inside(dv, -hh, hh, fv);
            double slat = 0.7 + 0.5 * Math.clamp(1.3 - fv / 0.05, 0, 1) * (dv / 0.07 - Math.floor(dv / 0.07) - 0.4);
            double rim = Grain.inside(Math.abs(Math.abs(du) - hw - 0.3), 0.19, 0.25, fu);
            out.mix(
                    panel,
                    light.r * shutters[0] * (slat + rim),
                    light.g * shutters[1] * (slat + rim),
                    light.b * shutters[2] * (slat + rim));
        }
        // A surround, a sill with its shadow.
        double surround = Grain.inside(du, -hw - 0.13, hw + 0.13, fu) * Grain.inside(dv, -hh - 0.02, hh + 0.16, fv);
        double opening = Grain.inside(du, -hw, hw, fu) * Grain.inside(dv, -hh, hh, fv);
        if (shutters == null) {
            out.mix(0.55 * (surround - opening), out.r * 1.5 + 0.002, out.g * 1.5 + 0.002, out.b * 1.55 + 0.003);
        }
        double sill = Grain.inside(du, -hw - 0.16, hw + 0.16, fu);
        out.scale(1 + 0.9 * sill * Grain.inside(dv, -hh - 0.11, -hh, fv));
        out.scale(1
                - 0.6 * sill * Grain.inside(dv, -hh - 0.34, -hh - 0.11, fv) * Grain.smooth(-hh - 0.34, -hh - 0.11, dv));
        boolean box = floor < h.storeys() && Grain.hash(column, floor, h.seed() + 8) < 0.33;
        if (opening > 0) {
            Rgb seen = new Rgb();
            pane(
                    h,
                    du + slopeU * RECESS,
                    dv + slopeV * RECESS,
                    hw,
                    hh,
                    column,
                    floor,
                    slopeU,
                    fu,
                    fv,
                    out,
                    light,
                    seen);
            out.mix(opening, seen);
        }
        if (box) {
            flowers(h, du, dv, hw, hh, fu, fv, light, out);
        }
    }

    private static void flowers(
            House h, double du, double dv, double hw, double hh, double fu, double fv, Rgb light, Rgb out) {
        double foot = Math.max(fu, fv);
        double leaves = Grain.fractal(du * 14 + h.seed(), dv * 14, 3, foot * 14, h.seed());
        double edge = -hh + 0.24 - 0.5 * (0.5 - leaves) * 0.6;
        double in = Grain.inside(du, -hw - 0.08, hw + 0.08, fu) * Grain.inside(dv, -hh - 0.16, edge, fv);
        double flower = Grain.smooth(0.56, 0.66, Grain.fractal(du * 22, dv * 22 + 9, 2, foot * 22, h.seed() + 3));
        double k = 0.4 + leaves;
        out.mix(
                in,
                light.r * k * (0.07 + 0.5 * flower),
                light.g * k * (0.12 + 0.02 * flower),
                light.b * k * (0.04 + 0.10 * flower));
    }

    /** What is seen in a window's opening, at the depth of its pane: the jamb, the frame, or the room. */
    private void pane(
            House h,
            double du,
            double dv,
            double hw,
            double hh,
            int column,
            int floor,
            double slopeU,
            double fu,
            double fv,
            Rgb wall,
            Rgb light,
            Rgb out) {
        if (Math.abs(du) > hw || Math.abs(dv) > hh) {
            double k = dv < -hh ? 1.3 : 0.62;
            out.set(wall.r * k, wall.g * k, wall.b * k);
            return;
        }
        double frame =
                1 - Grain.inside(Math.abs(du), 0.035, hw - 0.06, fu) * Grain.inside(dv, -hh + 0.07, hh - 0.07, fv);
        double bar = Grain.inside(Math.abs(dv - hh * 0.28), 0, 0.03, fv);
        bar += Grain.inside(Math.abs(dv + hh * 0.38), 0, 0.015, fv);
        frame = Math.min(1, frame + bar);
        double lr = light.r * 0.55;
        double lg = light.g * 0.53;
        double lb = light.b * 0.48;
        room(h, du, dv, hw, hh, column, floor, slopeU, Math.max(fu, fv), out);
        out.mix(frame, lr * 0.8 + out.r * 0.03, lg * 0.8 + out.g * 0.03, lb * 0.8 + out.b * 0.03);
    }

    private void room(
            House h,
            double du,
            double dv,
            double hw,
            double hh,
            int column,
            int floor,
            double slopeU,
            double foot,
            Rgb out) {
        double dice = Grain.hash(column, floor, h.seed() + 5);
        boolean on = dice < 0.56;
        if (!on) {
            // Old glass: the sky, bent differently by each pane.
            double wave = Grain.fractal(du * 3 + column * 7, dv * 2 + floor * 5, 3, foot * 3, h.seed() + 6);
            double k = 0.25 + 0.75 * wave;
            out.set(0.016 * k, 0.026 * k, 0.054 * k);
            double curtain = Grain.smooth(0.25, 0.9, Math.abs(du) / hw);
            out.add(0.02 * curtain * (0.6 + 0.4 * Math.sin(du * 55)), 1, 1, 1.1);
            return;
        }
        double warm = Grain.hash(column, floor, h.seed() + 7);
        double power = 0.45 + 1.0 * Grain.hash(column, floor, h.seed() + 9);
        double deepU = du + slopeU * 0.5;
        double back = 0.55 + 0.45 * Math.exp(-Math.pow((dv - 0.35) / 0.8, 2));
        double shade = 0.75 + 0.35 * Grain.fractal(deepU * 1.3 + column, dv * 1.3 + floor, 3, foot, h.seed() + 10);
        double lampX = deepU - 0.35 * (warm - 0.5);
        double bulb = 2.6 * Math.exp(-(lampX * lampX + (dv - 0.3) * (dv - 0.3)) / 0.035);
        double furniture = Grain.below(
                dv, -hh + 0.35 + 0.5 * Grain.noise(deepU * 2.3 + column * 3, floor, h.seed() + 11), 0.03 + foot);
        double k = power * (back * shade + bulb) * (1 - 0.7 * furniture);
        out.set(k, k * (0.47 + 0.17 * warm), k * (0.13 + 0.22 * warm));
        double fold = 0.78 + 0.22 * Math.clamp(1.2 - foot / 0.05, 0, 1) * Math.sin(du * 62 + 3 * dice);
        double drawn = 0.35 + 0.5 * Grain.hash(column, floor, h.seed() + 12);
        double curtain = Grain.smooth(1 - drawn, 1 - drawn + 0.08, Math.abs(du) / hw + 0.06 * dv);
        double c = power * 0.62 * fold * (0.7 + 0.3 * dv / hh);
        out.mix(0.86 * curtain, c, c * (0.50 + 0.2 * warm), c * (0.2 + 0.2 * warm));
    }

    private void plainGroundFloor(
            House h, double u, double v, double slopeU, double slopeV, double fu, double fv, Rgb light, Rgb out) {
        double door = 0.9 + (h.width() - 1.8) * Math.round(Grain.hash(1, 1, h.seed())) * 0.999;
        double dx = u - door;
        double pitch = h.width() / h.columns();
        int column = (int) Math.clamp(u / pitch, 0, h.columns() - 1);
        double cx = (column + 0.5) * pitch;
        if (Math.abs(cx - door) > 1.1) {
            window(h, u - cx, v - 1.75, 0.55, 0.78, column, -1, slopeU, slopeV, fu, fv, light, out);
        }
        double arch = 2.1 + 0.45 * Math.sqrt(Math.max(0, 1 - dx * dx / 0.3));
        double surround = Grain.inside(dx, -0.72, 0.72, fu) * Grain.below(v, arch + 0.18, fv);
        double opening = Grain.inside(dx, -0.54, 0.54, fu) * Grain.below(v, arch, fv);
        out.mix(surround, light.r * 0.34, light.g * 0.31, light.b * 0.27);
        double panel = Grain.inside(Math.abs(dx + slopeU * 0.1), 0.1, 0.4, fu)
                * (Grain.inside(v, 0.3, 0.95, fv) + Grain.inside(v, 1.1, 1.95, fv));
        double k = 0.55 - 0.2 * panel;
        out.mix(opening, light.r * 0.10 * k, light.g * 0.16 * k, light.b * 0.13 * k);
        double fan = opening * Grain.below(2.12, v, fv);
        double spokes = 0.75 + 0.25 * Math.cos(Math.atan2(v - 2.1, dx) * 14);
        out.mix(fan, 1.5 * spokes, 0.85 * spokes, 0.33 * spokes);
    }
}
