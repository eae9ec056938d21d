package dev.fovea.image.kernel;

import dev.fovea.Work;

/** Quarter turns and mirrors. */
public final class Turning {
    /** Columns at a time when rows become columns: keeps the cache lines of that many rows alive. */
    private static final int TILE = 32;

    private Turning() {}

    /**
     * Lays a plane down another way.
     *
     * @param swaps whether rows become columns
     * @param fromRight whether the source's columns are read from the right
     * @param fromBelow whether the source's rows are read from below
     */
    public static void plane(
            float[] from, int width, int height, boolean swaps, boolean fromRight, boolean fromBelow, float[] to) {
        int start = (fromBelow ? (height - 1) * width : 0) + (fromRight ? width - 1 : 0);
        int right = fromRight ? -1 : 1;
        int down = fromBelow ? -width : width;
        int across = swaps ? down : right;
        int below = swaps ? right : down;
        int w = swaps ? height : width;
        int h = swaps ? width : height;
        Work.rows(h, TILE, (top, bottom) -> {
            for (int x = 0; x < w; x += TILE) {
                tile(
                        from,
                        start + x * across + top * below,
                        across,
                        below,
                        to,
                        top * w + x,
                        w,
                        Math.min(TILE, w - x),
                        bottom - top);
            }
        });
    }

    private static void tile(
            float[] from, int start, int across, int below, float[] to, int at, int stride, int w, int h) {
        for (int y = 0; y < h; y++) {
            int s = start + y * below;
            int t = at + y * stride;
            for (int x = 0; x < w; x++) {
                to[t + x] = from[s + x * across];
            }
        }
    }
}
