package dev.fovea.space;

import dev.fovea.Work;
import dev.fovea.space.kernel.Census;
import dev.fovea.space.kernel.MatchCost;
import dev.fovea.space.kernel.Paths;
import dev.fovea.space.kernel.Winner;
import java.lang.ref.SoftReference;
import java.util.Arrays;

/**
 * Finds for every pixel of the left view its partner in the same row of the right one, by semi-global matching (Hirschmüller 2008) of
 * census and colour. The picture is done in bands of rows that overlap, so that memory does not grow with its height.
 *
 * @param colours the left view, 0..255, as it was compared
 * @param left disparity of the left view's pixels; always known, often wrong
 * @param right whole disparity of the right view's pixels
 */
record SemiGlobal(int width, int height, short[][] colours, float[] left, short[] right) {
    /** Rows that a band's paths come from beyond its own. */
    private static final int MARGIN = 16;

    /** Costs of a band: with their sums, 3 bytes each. */
    private static final int ROOM = 12_000_000;

    private static final int FEWEST_ROWS = 32;
    private static final short[] NOTHING = {};

    /** A thread's costs, kept for its next band: making them anew takes a fifth of the time. */
    private record Scratch(byte[] costs, short[] sums) {
        private static final ThreadLocal<SoftReference<Scratch>> KEPT =
                ThreadLocal.withInitial(() -> new SoftReference<>(null));

        static Scratch of(int length) {
            Scratch kept = KEPT.get().get();
            if (kept == null || kept.costs.length < length) {
                kept = new Scratch(new byte[length], new short[length]);
                KEPT.set(new SoftReference<>(kept));
            }
            return kept;
        }
    }

    /** One view's planes, as {@link MatchCost} takes them; brightness has a frame. */
    private record View(short[][] planes, short[] light, int pitch) {
        static View of(short[][] colours, int width, int height) {
            int pitch = width + 2 * Census.ACROSS;
            short[] light = Tones.light(colours, width, height, Census.ACROSS, Census.DOWN);
            var planes = new short[MatchCost.PLANES][];
            for (int k = 0; k < Census.WORDS; k++) {
                planes[k] = new short[width * height];
            }
            System.arraycopy(colours, 0, planes, Census.WORDS, colours.length);
            int[] neighbours = Census.neighbours(pitch);
            Work.rows(height, 32, (from, to) -> {
                for (int y = from; y < to; y++) {
                    Census.row(light, lightAt(y, pitch), neighbours, planes, y * width, width);
                }
            });
            return new View(planes, light, pitch);
        }

        /** Where a row begins in the frame. */
        static int lightAt(int y, int pitch) {
            return (y + Census.DOWN) * pitch + Census.ACROSS;
        }

        int lightAt(int y) {
            return lightAt(y, pitch);
        }
    }

    /**
     * Matches a pair.
     *
     * @param range disparities tried, from 0; a multiple of {@link MatchCost#LANES}
     */
    static SemiGlobal of(StereoPair pair, int range) {
        int w = pair.width(), h = pair.height();
        Tones tones = Tones.of(pair);
        View left = View.of(tones.left(), w, h), right = View.of(tones.right(), w, h);
        var result = new SemiGlobal(w, h, tones.left(), new float[w * h], new short[w * h]);
        int most = Math.max(FEWEST_ROWS, (int) (ROOM / ((long) w * range)) - 2 * MARGIN);
        int bands = Math.max(Math.min(2, (h + FEWEST_ROWS - 1) / FEWEST_ROWS), (h + most - 1) / most);
        Work.rows(h, (h + bands - 1) / bands, (top, bottom) -> result.band(left, right, range, top, bottom));
        return result;
    }

    private void band(View l, View r, int range, int top, int bottom) {
        int from = Math.max(0, top - MARGIN), to = Math.min(height, bottom + MARGIN), row = width * range;
        Scratch scratch = Scratch.of((to - from) * row);
        byte[] costs = scratch.costs;
        short[] sums = scratch.sums;
        var mirrored = new short[MatchCost.PLANES][width + range];
        var there = new Paths(width, range, true);
        for (int y = from; y < to; y++) {
            int at = (y - from) * row;
            mirror(r, y, mirrored);
            MatchCost.row(l.planes, y * width, mirrored, width, range, costs, at);
            there.row(costs, at, l.light, l.lightAt(y), l.lightAt(y - 1), NOTHING, 0, sums, at);
        }
        var back = new Paths(width, range, false);
        // of one row only: what is not written back to memory is not waited for
        var all = new short[row];
        var least = new short[width + range];
        var partners = new short[width + range];
        for (int y = to - 1; y >= from; y--) {
            int at = (y - from) * row;
            back.row(costs, at, l.light, l.lightAt(y), l.lightAt(y + 1), sums, at, all, 0);
            if (y >= top && y < bottom) {
                Winner.row(all, 0, width, range, left, y * width, least, partners);
                for (int x = 0; x < width; x++) {
                    right[y * width + x] = partners[width - 1 - x];
                }
            }
        }
    }

    /** A row from right to left; behind its end the last pixel stands for what is not seen. */
    private void mirror(View view, int y, short[][] to) {
        for (int k = 0; k < to.length; k++) {
            short[] plane = view.planes[k];
            for (int x = 0; x < width; x++) {
                to[k][width - 1 - x] = plane[y * width + x];
            }
            Arrays.fill(to[k], width, to[k].length, plane[y * width]);
        }
    }

    /** Where the right view's pixel does not lead back to the left one's, neither can be trusted: then the disparity is NaN. */
    float[] checked() {
        var checked = new float[left.length];
        Work.rows(height, 32, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < width; x++) {
                    int i = y * width + x, partner = Math.round(x - left[i]);
                    boolean back = partner >= 0 && Math.abs(right[y * width + partner] - left[i]) <= 1;
                    checked[i] = back ? left[i] : Float.NaN;
                }
            }
        });
        return checked;
    }
}
