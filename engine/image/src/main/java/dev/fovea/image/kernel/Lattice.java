package dev.fovea.image.kernel;

/** Where the pixels of a row come from, as displacements: exact to 2^-17 pixels wherever in a large picture, as coordinates would not be. */
public final class Lattice {
    private Lattice() {}

    /** n pixels of row y from x on, of the map (x, y) → (a x + b y + c, d x + e y + f). */
    public static void affine(
            double a,
            double b,
            double c,
            double d,
            double e,
            double f,
            int x,
            int y,
            float[] dx,
            float[] dy,
            int at,
            int n) {
        double x0 = b * y + c;
        double y0 = (e - 1) * y + f;
        for (int i = 0; i < n; i++) {
            dx[at + i] = (float) ((a - 1) * (x + i) + x0);
            dy[at + i] = (float) (d * (x + i) + y0);
        }
    }

    /** n pixels of row y from x on, of the map (x, y) → (m0 x + m1 y + m2, m3 x + m4 y + m5) / (m6 x + m7 y + m8). */
    public static void projective(double[] m, int x, int y, float[] dx, float[] dy, int at, int n) {
        double x0 = m[1] * y + m[2];
        double y0 = m[4] * y + m[5];
        double w0 = m[7] * y + m[8];
        for (int i = 0; i < n; i++) {
            double u = (double) x + i;
            double w = 1 / (m[6] * u + w0);
            dx[at + i] = (float) ((m[0] * u + x0) * w - u);
            dy[at + i] = (float) ((m[3] * u + y0) * w - y);
        }
    }

    /** The whole pixels of a displacement, rounded down; far beyond any picture they end. */
    static int floor(float d) {
        return (int) Math.floor(limited(d));
    }

    /** Keeps sums of displacements and coordinates within integers. */
    static float limited(float d) {
        return d > LIMIT ? LIMIT : d < -LIMIT ? -LIMIT : d;
    }

    /** Twice the longest row there can be would overflow only above 2^30. */
    static final float LIMIT = 1 << 29;
}
