package dev.fovea.photo;

/**
 * Where the tiles of the reference lie in another frame: a grid of displacements, in pixels of the grey picture.
 *
 * @param columns tiles across
 * @param rows tiles down
 * @param pitch distance of neighbouring tiles' centres
 * @param first coordinate of the first tile's centre, both ways
 * @param dx displacements to the right, row-major
 * @param dy displacements down
 */
record Field(int columns, int rows, int pitch, float first, float[] dx, float[] dy) {
    /** No motion. */
    static Field still(int columns, int rows, int pitch, float first) {
        return new Field(columns, rows, pitch, first, new float[columns * rows], new float[columns * rows]);
    }

    /** The displacement to the right at a point of the grey picture. */
    float dx(float x, float y) {
        return at(dx, x, y);
    }

    /** The displacement down at a point of the grey picture. */
    float dy(float x, float y) {
        return at(dy, x, y);
    }

    /** Mean length of the displacements. */
    double mean() {
        double sum = 0;
        for (int i = 0; i < dx.length; i++) {
            sum += Math.hypot(dx[i], dy[i]);
        }
        return sum / dx.length;
    }

    /** Bilinear between tiles that agree within a pixel; where they do not (a moving thing's edge), the nearest. */
    private float at(float[] d, float x, float y) {
        float u = Math.clamp((x - first) / pitch, 0, columns - 1);
        float v = Math.clamp((y - first) / pitch, 0, rows - 1);
        int i = Math.min((int) u, Math.max(0, columns - 2));
        int j = Math.min((int) v, Math.max(0, rows - 2));
        int right = columns > 1 ? 1 : 0;
        int down = rows > 1 ? columns : 0;
        int o = j * columns + i;
        if (spread(dx, o, right, down) > 1 || spread(dy, o, right, down) > 1) {
            return d[Math.round(v) * columns + Math.round(u)];
        }
        float s = u - i;
        float t = v - j;
        float top = d[o] + s * (d[o + right] - d[o]);
        float low = d[o + down] + s * (d[o + down + right] - d[o + down]);
        return top + t * (low - top);
    }

    private static float spread(float[] d, int o, int right, int down) {
        float a = d[o];
        float b = d[o + right];
        float c = d[o + down];
        float e = d[o + down + right];
        return Math.max(Math.max(a, b), Math.max(c, e)) - Math.min(Math.min(a, b), Math.min(c, e));
    }
}
