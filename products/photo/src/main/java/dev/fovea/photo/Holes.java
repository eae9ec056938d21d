package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.space.Disparity;

/** Fills what a disparity map does not know: from the left or the right, whichever is farther, for near things hide far ones. */
final class Holes {
    private Holes() {}

    /**
     * A map that is known everywhere; itself if it already is.
     *
     * @throws BadInput if nothing is known
     */
    static Disparity filled(Disparity disparity) {
        float[] d = disparity.pixels();
        int w = disparity.width();
        int h = disparity.height();
        boolean whole = true;
        int first = -1;
        for (int i = 0; i < d.length; i++) {
            whole &= Float.isFinite(d[i]);
            first = first < 0 && Float.isFinite(d[i]) ? i / w : first;
        }
        if (whole) {
            return disparity;
        }
        if (first < 0) {
            throw new BadInput("the depth", "is unknown everywhere", "give another one");
        }
        float[] filled = d.clone();
        row(filled, first * w, w);
        for (int y = first - 1; y >= 0; y--) {
            System.arraycopy(filled, first * w, filled, y * w, w);
        }
        for (int y = first + 1; y < h; y++) {
            if (!row(filled, y * w, w)) {
                System.arraycopy(filled, (y - 1) * w, filled, y * w, w);
            }
        }
        return Disparity.of(w, h, filled);
    }

    /** Fills a row; whether anything in it is known. */
    private static boolean row(float[] d, int at, int n) {
        int last = -1;
        for (int x = 0; x <= n; x++) {
            if (x < n && !Float.isFinite(d[at + x])) {
                continue;
            }
            float left = last >= 0 ? d[at + last] : Float.POSITIVE_INFINITY;
            float right = x < n ? d[at + x] : Float.POSITIVE_INFINITY;
            if (last < 0 && x == n) {
                return false;
            }
            java.util.Arrays.fill(d, at + last + 1, at + x, Math.min(left, right));
            last = x;
        }
        return true;
    }
}
