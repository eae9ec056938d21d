package dev.fovea.image.kernel;

/**
 * Values between pixels, for rows of a warp. Displacements instead of coordinates keep the fraction exact to 2^-17 pixels wherever in a
 * large picture; coordinates are clamped to the picture.
 */
public final class Sampler {
    private Sampler() {}

    /** One bilinear value; beyond the edge, the edge. */
    public static float bilinear(float[] plane, int width, int height, double x, double y) {
        double cx = Math.clamp(x, 0, width - 1);
        double cy = Math.clamp(y, 0, height - 1);
        int ix = Math.min((int) cx, Math.max(0, width - 2));
        int iy = Math.min((int) cy, Math.max(0, height - 2));
        float fx = (float) (cx - ix);
        float fy = (float) (cy - iy);
        int at = iy * width + ix;
        int right = width > 1 ? 1 : 0;
        int below = height > 1 ? width : 0;
        float top = Math.fma(fx, plane[at + right] - plane[at], plane[at]);
        float low = Math.fma(fx, plane[at + below + right] - plane[at + below], plane[at + below]);
        return Math.fma(fy, low - top, top);
    }

    /**
     * A row of a bilinear warp: to[toAt + i] is the plane's value at (i + dx[at + i], y + dy[at + i]).
     *
     * @param at where the row's displacements start
     */
    public static void bilinear(
            float[] plane, int width, int height, float[] dx, float[] dy, int at, int y, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            to[toAt + i] = bilinear(plane, width, height, (double) i + dx[at + i], (double) y + dy[at + i]);
        }
    }

    /** A row of a bicubic warp (Keys 1981, a = -1/2); arguments as for the bilinear one. */
    public static void bicubic(
            float[] plane, int width, int height, float[] dx, float[] dy, int at, int y, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            to[toAt + i] = bicubic(plane, width, height, (double) i + dx[at + i], (double) y + dy[at + i]);
        }
    }

    private static float bicubic(float[] plane, int width, int height, double x, double y) {
        double cx = Math.clamp(x, -1, width);
        double cy = Math.clamp(y, -1, height);
        int ix = (int) Math.floor(cx);
        int iy = (int) Math.floor(cy);
        float fx = (float) (cx - ix);
        float fy = (float) (cy - iy);
        int x0 = clamp(ix - 1, width);
        int x1 = clamp(ix, width);
        int x2 = clamp(ix + 1, width);
        int x3 = clamp(ix + 2, width);
        float sum = 0;
        for (int j = -1; j < 3; j++) {
            int row = clamp(iy + j, height) * width;
            sum += weight(j - fy) * cubic(plane[row + x0], plane[row + x1], plane[row + x2], plane[row + x3], fx);
        }
        return sum;
    }

    private static float cubic(float a, float b, float c, float d, float f) {
        float linear = 0.5f * (c - a);
        float square = a - 2.5f * b + 2 * c - 0.5f * d;
        float cube = 1.5f * (b - c) + 0.5f * (d - a);
        return Math.fma(f, Math.fma(f, Math.fma(f, cube, square), linear), b);
    }

    private static float weight(float t) {
        float x = Math.abs(t);
        return x < 1 ? (1.5f * x - 2.5f) * x * x + 1 : ((-0.5f * x + 2.5f) * x - 4) * x + 2;
    }

    private static int clamp(int i, int n) {
        return Math.max(0, Math.min(n - 1, i));
    }
}
