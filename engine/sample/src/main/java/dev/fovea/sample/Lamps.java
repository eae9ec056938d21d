package dev.fovea.sample;

import java.util.ArrayList;
import java.util.List;

/** The lights of the street, as points; a shop's window shines into its half of the street only. */
final class Lamps {
    /** One light: position in metres, colour times intensity, and whether it shines towards +x (1), −x (−1) or all round (0). */
    record Lamp(double x, double y, double z, double r, double g, double b, int side) {}

    /** A lamp farther along the street than this gives no light. */
    private static final double REACH = 19;

    private final List<Lamp> all = new ArrayList<>();
    private Lamp[][] near = new Lamp[0][];

    void add(Lamp lamp) {
        all.add(lamp);
    }

    List<Lamp> all() {
        return all;
    }

    /** Sorts the lamps by where they are felt; after the last {@link #add}. */
    void arrange() {
        near = new Lamp[140][];
        for (int z = 0; z < near.length; z++) {
            double at = z + 0.5;
            near[z] = all.stream()
                    .filter(l -> Math.abs(l.z - at) < (l.side == 0 ? REACH : 7))
                    .toArray(Lamp[]::new);
        }
    }

    Lamp[] near(double z) {
        return near[(int) Math.clamp(z, 0, near.length - 1)];
    }

    /** Adds the light that falls on a surface, divided by pi; wrapped light softens the terminator (foliage, people) if wrap exceeds 0. */
    void light(double x, double y, double z, double nx, double ny, double nz, double wrap, Rgb sum) {
        for (Lamp l : near(z)) {
            double dx = l.x - x;
            double dy = l.y - y;
            double dz = l.z - z;
            double d2 = dx * dx + dy * dy + dz * dz;
            double d = Math.sqrt(d2);
            double cos = ((dx * nx + dy * ny + dz * nz) / d + wrap) / (1 + wrap);
            if (cos <= 0) {
                continue;
            }
            double emitted = l.side == 0 ? 1 : Math.max(0, -l.side * dx / d);
            double edge = 1 - Math.min(1, Math.abs(dz) / (l.side == 0 ? REACH : 7));
            sum.add(cos * emitted * edge / (d2 + 0.15), l.r, l.g, l.b);
        }
    }

    /**
     * Adds the lamps' glints on a wet surface (GGX; Walter 2007), with the surface's unevenness inside the footprint as roughness.
     *
     * @param vx direction from the surface to the eye, and so on
     */
    void glints(
            double x,
            double y,
            double z,
            double nx,
            double ny,
            double nz,
            double vx,
            double vy,
            double vz,
            double alpha,
            Rgb sum) {
        double a2 = alpha * alpha;
        double nv = Math.max(0.02, nx * vx + ny * vy + nz * vz);
        for (Lamp l : near(z)) {
            double dx = l.x - x;
            double dy = l.y - y;
            double dz = l.z - z;
            double d2 = dx * dx + dy * dy + dz * dz;
            double d = Math.sqrt(d2);
            double nl = (dx * nx + dy * ny + dz * nz) / d;
            if (nl <= 0 || l.side != 0) {
                continue;
            }
            double hx = dx / d + vx;
            double hy = dy / d + vy;
            double hz = dz / d + vz;
            double h = Math.sqrt(hx * hx + hy * hy + hz * hz);
            double nh = (hx * nx + hy * ny + hz * nz) / h;
            double vh = (hx * vx + hy * vy + hz * vz) / h;
            double k = nh * nh * (a2 - 1) + 1;
            double fresnel = 0.025 + 0.975 * Math.pow(1 - Math.max(0, vh), 5);
            double shape = a2 / (Math.PI * k * k);
            double masking = 2
                    * nl
                    / (nl + Math.sqrt(a2 + (1 - a2) * nl * nl))
                    * 2
                    * nv
                    / (nv + Math.sqrt(a2 + (1 - a2) * nv * nv));
            double edge = 1 - Math.min(1, Math.abs(dz) / REACH);
            // Irradiance is kept divided by pi everywhere, hence the pi here.
            sum.add(Math.PI * edge * shape * masking * fresnel / (4 * nv) / (d2 + 0.15), l.r, l.g, l.b);
        }
    }
}
