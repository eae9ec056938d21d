package dev.fovea.photo.kernel;

/**
 * One step of a pyramid whose grids keep pixel centres in place: x maps to (x + 0.5) / 2 - 0.5.
 *
 * <p>Down is the binomial filter (1 3 3 1) / 8 in both directions, up its adjoint, the mixture 3/4 : 1/4 of the two nearest. Edges repeat.
 * Burt and Adelson, The Laplacian pyramid as a compact image code, 1983, with an even filter so that no level is shifted.
 */
public final class Octave {
    private Octave() {}

    /** The size one octave down. */
    public static int half(int n) {
        return (n + 1) >> 1;
    }

    /** Halves rows {@code from} to {@code to} of the small picture. */
    public static void down(float[] large, int width, int height, float[] small, int from, int to) {
        float[] mixed = new float[width];
        int half = half(width);
        for (int y = from; y < to; y++) {
            int a = Math.max(2 * y - 1, 0) * width;
            int b = 2 * y * width;
            int c = Math.min(2 * y + 1, height - 1) * width;
            int d = Math.min(2 * y + 2, height - 1) * width;
            for (int x = 0; x < width; x++) {
                mixed[x] = (large[a + x] + large[d + x]) * 0.125f + (large[b + x] + large[c + x]) * 0.375f;
            }
            across(mixed, width, small, y * half);
        }
    }

    /** Halves one row. */
    private static void across(float[] row, int width, float[] small, int at) {
        int inner = (width - 1) / 2;
        small[at] = one(row, width, 0);
        for (int x = 1; x < inner; x++) {
            small[at + x] = (row[2 * x - 1] + row[2 * x + 2]) * 0.125f + (row[2 * x] + row[2 * x + 1]) * 0.375f;
        }
        for (int x = Math.max(1, inner); x < half(width); x++) {
            small[at + x] = one(row, width, x);
        }
    }

    private static float one(float[] row, int width, int x) {
        float outer = row[Math.max(2 * x - 1, 0)] + row[Math.min(2 * x + 2, width - 1)];
        return outer * 0.125f + (row[2 * x] + row[Math.min(2 * x + 1, width - 1)]) * 0.375f;
    }

    /**
     * Doubles one row: row {@code y} of the large picture, from the small one.
     *
     * @param small the small picture, of half(width) × half(height)
     * @param row gets width values
     * @param mixed scratch of half(width) values
     */
    public static void up(float[] small, int width, int height, int y, float[] row, float[] mixed) {
        int half = half(width);
        int near = (y >> 1) * half;
        int far = Math.clamp((y & 1) == 0 ? (y >> 1) - 1 : (y >> 1) + 1, 0, half(height) - 1) * half;
        for (int x = 0; x < half; x++) {
            mixed[x] = small[near + x] * 0.75f + small[far + x] * 0.25f;
        }
        row[0] = mixed[0];
        for (int x = 0; x < half - 1; x++) {
            float a = mixed[x];
            float b = mixed[x + 1];
            row[2 * x + 1] = a * 0.75f + b * 0.25f;
            row[2 * x + 2] = a * 0.25f + b * 0.75f;
        }
        if ((width & 1) == 0) {
            row[width - 1] = mixed[half - 1];
        }
    }
}
