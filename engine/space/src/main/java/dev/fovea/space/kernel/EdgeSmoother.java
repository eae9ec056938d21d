package dev.fovea.space.kernel;

/**
 * One pass of the fast global smoother (Min et al. 2014) over two planes that share their weights: along each line the values u that
 * minimise
 *
 * <pre>Σ (u(x) − f(x))² + λ Σ w(x) (u(x) − u(x + 1))²</pre>
 *
 * a tridiagonal system, solved by elimination.
 */
public final class EdgeSmoother {
    private EdgeSmoother() {}

    /**
     * Rows {@code top} to {@code bottom}, in place.
     *
     * @param weights between each pixel and its right neighbour; the last of a row is not looked at
     * @param ratio scratch, one value a pixel of a row
     */
    public static void rows(
            float[] weights, float[] a, float[] b, int width, int top, int bottom, float lambda, float[] ratio) {
        for (int y = top; y < bottom; y++) {
            int row = y * width;
            float before = 0, kept = 0;
            for (int x = 0; x < width; x++) {
                int i = row + x;
                float after = x + 1 < width ? lambda * weights[i] : 0;
                float scale = 1 / (1 + before + after - before * kept);
                a[i] = (a[i] + (x > 0 ? before * a[i - 1] : 0)) * scale;
                b[i] = (b[i] + (x > 0 ? before * b[i - 1] : 0)) * scale;
                kept = after * scale;
                ratio[x] = kept;
                before = after;
            }
            for (int x = width - 2; x >= 0; x--) {
                int i = row + x;
                a[i] += ratio[x] * a[i + 1];
                b[i] += ratio[x] * b[i + 1];
            }
        }
    }

    /**
     * Columns {@code left} to {@code right}, in place, side by side.
     *
     * @param weights between each pixel and its lower neighbour; the last row is not looked at
     * @param ratio scratch, height × (right − left) values
     */
    public static void columns(
            float[] weights,
            float[] a,
            float[] b,
            int width,
            int height,
            int left,
            int right,
            float lambda,
            float[] ratio) {
        int n = right - left;
        for (int y = 0; y < height; y++) {
            int i = y * width + left, r = y * n;
            float before = y > 0 ? lambda : 0, after = y + 1 < height ? lambda : 0;
            int up = y > 0 ? width : 0, last = y > 0 ? n : 0;
            for (int x = 0; x < n; x++) {
                float above = before * weights[i + x - up], below = after * weights[i + x];
                float scale = 1 / (1 + above + below - above * ratio[r + x - last]);
                a[i + x] = (a[i + x] + above * a[i + x - up]) * scale;
                b[i + x] = (b[i + x] + above * b[i + x - up]) * scale;
                ratio[r + x] = below * scale;
            }
        }
        for (int y = height - 2; y >= 0; y--) {
            int i = y * width + left, r = y * n;
            for (int x = 0; x < n; x++) {
                a[i + x] += ratio[r + x] * a[i + x + width];
                b[i + x] += ratio[r + x] * b[i + x + width];
            }
        }
    }
}
