package dev.fovea.sample;

/**
 * A room with somebody in it, made of surfaces whose distance is known exactly: a head and shoulders before a wall with pictures, a shelf, a
 * floor, balls, and leaves close by. The camera stands at the origin and looks along z; x is right, y is down, all in metres.
 */
final class Parlour {
    private static final double WALL = 4.2;
    private static final double FLOOR = 1.25;
    private static final double GRAIN = 60;
    private static final int OCTAVES = 5;

    /** Where the light comes from, of length 1. */
    private static final double[] SUN = {-0.46, -0.66, -0.59};

    /** Something that a ray may meet: an ellipsoid, or an upright rectangle if it has no depth. */
    private record Thing(double x, double y, double z, double rx, double ry, double rz, double r, double g, double b) {}

    private final Thing[] things;
    private final int seed;

    Parlour(int seed) {
        this.seed = seed;
        things = new Thing[] {
            // somebody: head, hair, neck, shoulders
            new Thing(0.02, -0.18, 1.45, 0.105, 0.14, 0.115, 0.74, 0.52, 0.41),
            new Thing(0.02, -0.235, 1.49, 0.125, 0.125, 0.12, 0.16, 0.10, 0.07),
            new Thing(0.02, 0.0, 1.5, 0.06, 0.12, 0.06, 0.68, 0.46, 0.36),
            new Thing(0.02, 0.42, 1.55, 0.31, 0.38, 0.17, 0.20, 0.30, 0.46),
            new Thing(0.02, -0.17, 1.33, 0.022, 0.035, 0.03, 0.72, 0.48, 0.38),
            // behind: balls, a shelf, pictures on the wall
            new Thing(-0.75, 0.85, 2.4, 0.28, 0.28, 0.28, 0.62, 0.26, 0.16),
            new Thing(0.95, 0.95, 2.9, 0.34, 0.34, 0.34, 0.24, 0.46, 0.28),
            new Thing(0.9, -0.25, 3.4, 0.55, 0.025, 0, 0.33, 0.22, 0.13),
            new Thing(0.65, -0.42, 3.45, 0.09, 0.15, 0.09, 0.55, 0.52, 0.46),
            new Thing(1.1, -0.45, 3.4, 0.13, 0.18, 0.13, 0.20, 0.40, 0.52),
            new Thing(-0.95, -0.55, WALL - 0.03, 0.45, 0.33, 0, 0.62, 0.58, 0.32),
            new Thing(0.2, -1.1, WALL - 0.03, 0.35, 0.25, 0, 0.30, 0.45, 0.55),
            // close by: leaves at the side
            new Thing(-0.36, 0.12, 0.82, 0.05, 0.02, 0.012, 0.22, 0.42, 0.14),
            new Thing(-0.33, 0.17, 0.8, 0.045, 0.018, 0.012, 0.26, 0.46, 0.16),
            new Thing(-0.38, 0.22, 0.84, 0.06, 0.02, 0.012, 0.18, 0.38, 0.12),
            new Thing(-0.31, 0.26, 0.86, 0.05, 0.02, 0.012, 0.30, 0.50, 0.18)
        };
    }

    /**
     * What a ray meets.
     *
     * @param ox where the eye is: (ox, 0, 0)
     * @param dx direction (dx, dy, 1)
     * @param spread width of a pixel at a distance of one metre
     * @param out its light
     * @return how far along z
     */
    double trace(double ox, double dx, double dy, double spread, Rgb out) {
        double best = dy > 0 ? Math.min(WALL, FLOOR / dy) : WALL;
        int which = -1;
        for (int k = 0; k < things.length; k++) {
            double z = meets(things[k], ox, dx, dy);
            if (z < best) {
                best = z;
                which = k;
            }
        }
        double x = ox + dx * best, y = dy * best;
        if (which >= 0) {
            thing(things[which], which, x, y, best, spread, out);
        } else if (best < WALL) {
            boards(x, best, spread, out);
        } else {
            wall(x, y, spread, out);
        }
        return best;
    }

    private static double meets(Thing t, double ox, double dx, double dy) {
        if (t.rz == 0) {
            boolean inside = Math.abs(ox + dx * t.z - t.x) < t.rx && Math.abs(dy * t.z - t.y) < t.ry;
            return inside ? t.z : Double.POSITIVE_INFINITY;
        }
        double px = (ox - t.x) / t.rx, py = -t.y / t.ry, pz = -t.z / t.rz;
        double qx = dx / t.rx, qy = dy / t.ry, qz = 1 / t.rz;
        double a = qx * qx + qy * qy + qz * qz, b = px * qx + py * qy + pz * qz;
        double root = b * b - a * (px * px + py * py + pz * pz - 1);
        return root <= 0 ? Double.POSITIVE_INFINITY : (-b - Math.sqrt(root)) / a;
    }

    private void thing(Thing t, int which, double x, double y, double z, double spread, Rgb out) {
        double u = (x - t.x) / Math.max(t.rx, 0.02), v = (y - t.y) / Math.max(t.ry, 0.02);
        double nx = 0, ny = 0, nz = -1;
        if (t.rz > 0) {
            nx = (x - t.x) / (t.rx * t.rx);
            ny = (y - t.y) / (t.ry * t.ry);
            nz = (z - t.z) / (t.rz * t.rz);
            double n = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
            nx *= n;
            ny *= n;
            nz *= n;
        }
        double grain = grain(x * GRAIN, y * GRAIN, spread * z * GRAIN, seed + 31 * which);
        double patch = t.rz > 0 ? 1 : 0.6 + 0.8 * Grain.hash((int) (4 * u + 9), (int) (3 * v + 9), seed + which);
        double light = 0.25 + 0.75 * Math.max(0, nx * SUN[0] + ny * SUN[1] + nz * SUN[2]);
        out.set(t.r, t.g, t.b).scale(light * patch * (0.45 + 1.1 * grain));
    }

    private void boards(double x, double z, double spread, Rgb out) {
        double footprint = spread * z * z / FLOOR;
        double board = Grain.hash((int) Math.floor(x / 0.16), (int) Math.floor(z / 0.9), seed + 3);
        double grain = grain(x * 90, z * 14, footprint * 20, seed + 5);
        out.set(0.42, 0.29, 0.18).scale((0.55 + 0.5 * board) * (0.4 + 1.2 * grain));
    }

    private void wall(double x, double y, double spread, Rgb out) {
        double paper = Grain.hash((int) Math.floor(x / 0.22), (int) Math.floor(y / 0.22), seed + 9);
        double grain = grain(x * 25, y * 25, spread * WALL * 25, seed + 11);
        out.set(0.50, 0.47, 0.40).scale((0.75 + 0.3 * paper) * (0.5 + grain));
    }

    private static double grain(double x, double y, double footprint, int seed) {
        return Grain.fractal(x, y, OCTAVES, footprint, seed);
    }
}
