package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.FlowTerms;
import dev.fovea.image.kernel.FlowTerms.Field;
import dev.fovea.image.kernel.RedBlack;
import dev.fovea.image.kernel.RedBlack.Cells;
import java.util.Arrays;

/**
 * Variational refinement of a flow at one level: the second picture is warped once, then a few rounds of factors and relaxation follow
 * (Brox et al. 2004; in {@link FlowTerms}).
 *
 * <p>A round runs through bands of rows. Within a band all half sweeps follow each other down the rows as one wave, each a row behind the
 * one before, so that what they need stays in the cache. A band starts and ends as many rows outside as there are half sweeps: what is wrong
 * at its ends moves one row per half sweep, and never gets in. The result is the same as of sweeps over the whole level.
 */
final class FlowRefinement {
    private static final int BAND = 64;
    private static final float OMEGA = 1.6f;

    private final int width;
    private final int height;
    private final FlowChanges all;
    private final Field start;
    private Field now;
    private Field next;

    FlowRefinement(FlowLevel a, FlowLevel b, Field start) {
        this.width = a.width();
        this.height = a.height();
        this.start = start;
        this.now = start;
        this.next = a.still();
        this.all = new FlowChanges(a, b, start);
    }

    /**
     * Runs so many rounds. A single pixel has no neighbours to agree with.
     *
     * @param sweeps of each round, over all cells
     * @param alpha the weight of smoothness
     */
    Field run(int rounds, int sweeps, float alpha) {
        for (int i = 0; i < rounds && width * height > 1; i++) {
            Work.rows(height, BAND, (from, to) -> new Wave(from, to, sweeps, alpha).run());
            Field old = now;
            now = next;
            next = old == start ? new Field(new float[old.u().length], new float[old.v().length]) : old;
        }
        return now;
    }

    /** One band of one round. */
    private final class Wave {
        private static final int GUARD = 8;

        private final int from;
        private final int to;
        private final int first;
        private final int end;
        private final int sweeps;
        private final float alpha;
        private final int half = (width + 1) / 2;
        private final int pitch = half + 2 * GUARD;
        private final int slots;
        private final Cells[] cells;
        private final FlowChanges.Rows changes;
        private final FlowTerms.Row terms = new FlowTerms.Row(width);

        Wave(int from, int to, int sweeps, float alpha) {
            this.from = from;
            this.to = to;
            this.sweeps = sweeps;
            this.alpha = alpha;
            this.first = Math.max(0, from - 2 * sweeps);
            this.end = Math.min(height, to + 2 * sweeps);
            this.slots = 2 * sweeps + 2;
            this.changes = all.new Rows(first);
            // one slot more, which stays empty: the row above the first
            this.cells = new Cells[] {new Cells((slots + 1) * pitch), new Cells((slots + 1) * pitch)};
        }

        void run() {
            for (int y = first; y < end + 2 * sweeps; y++) {
                if (y < end) {
                    enter(y);
                }
                for (int k = 0; k < 2 * sweeps; k++) {
                    int row = y - 1 - k;
                    if (row >= first && row < end) {
                        renew(row, k % 2);
                    }
                }
                leave(y - 2 * sweeps);
            }
        }

        private int slot(int y) {
            return (y < first ? slots : y % slots) * pitch + GUARD;
        }

        /** A row's equations are set up, and dealt out to its red and black cells. */
        private void enter(int y) {
            int at = y * width;
            FlowTerms.row(changes.next(y), start, now, at, width, y + 1 < height ? width : 0, alpha, terms);
            Cells even = cells[y % 2];
            Cells odd = cells[1 - y % 2];
            int s = slot(y);
            RedBlack.split(now.u(), at, width, even.u(), odd.u(), s);
            RedBlack.split(now.v(), at, width, even.v(), odd.v(), s);
            RedBlack.split(terms.xx(), 0, width, even.xx(), odd.xx(), s);
            RedBlack.split(terms.xy(), 0, width, even.xy(), odd.xy(), s);
            RedBlack.split(terms.yy(), 0, width, even.yy(), odd.yy(), s);
            RedBlack.split(terms.bx(), 0, width, even.bx(), odd.bx(), s);
            RedBlack.split(terms.by(), 0, width, even.by(), odd.by(), s);
            RedBlack.split(terms.smooth(), 0, width, even.right(), odd.right(), s);
            // nothing lies right of the last pixel, nor below the last row
            (width % 2 == 0 ? odd : even).right()[s + half - 1] = 0;
            if (y + 1 < height) {
                RedBlack.split(terms.smooth(), 0, width, even.down(), odd.down(), s);
            } else {
                Arrays.fill(even.down(), s, s + half, 0);
                Arrays.fill(odd.down(), s, s + half, 0);
            }
        }

        private void renew(int y, int colour) {
            int shift = (y + colour) % 2;
            int s = slot(y);
            int n = (width + 1 - shift) / 2;
            int below = y + 1 < end ? slot(y + 1) : s;
            RedBlack.row(cells[colour], cells[1 - colour], s, s - 1 + shift, slot(y - 1), below, n, OMEGA);
        }

        private void leave(int y) {
            if (y >= from && y < to) {
                int at = y * width;
                int s = slot(y);
                RedBlack.join(cells[y % 2].u(), cells[1 - y % 2].u(), s, next.u(), at, width);
                RedBlack.join(cells[y % 2].v(), cells[1 - y % 2].v(), s, next.v(), at, width);
            }
        }
    }
}
