package dev.fovea.space.kernel;

import dev.fovea.image.kernel.Simd;
import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Semi-global matching (Hirschmüller 2008): along eight straight paths to each pixel the cost of a disparity is its own, and the least of
 * the pixel's before it, where a step of one disparity costs a little (P1) and a jump more (P2, less where the picture has an edge):
 *
 * <pre>L(p, d) = C(p, d) + min(L(q, d), L(q, d ± 1) + P1, min L(q, ·) + P2) − min L(q, ·)</pre>
 *
 * One sweep goes four of the paths at once, row by row: along the row, and from the three neighbours in the row before. A second sweep goes
 * back for the other four.
 */
public final class Paths {
    /** Paths of one sweep. */
    public static final int COUNT = 4;

    /** For a step of one disparity. */
    static final short STEP = 6;

    /** For a jump between pixels of one brightness. */
    private static final int JUMP = 96;

    /** For a jump at an edge. */
    private static final int LEAST_JUMP = 16;

    /** The difference of brightness that halves the price of a jump. */
    private static final int EDGE = 12;

    private static final short[] PRICE = prices();

    /** Stands where there is no disparity. */
    private static final short NEVER = 1 << 13;

    /** Between two pixels' costs there is one value that is never chosen, on either side. */
    private static final int GAP = 2;

    private final int n;
    private final int range;
    private final int pitch;
    private final int step;
    private final short[] along;
    private short[][] before;
    private short[][] here;
    private short[][] leastBefore;
    private short[][] leastHere;
    private final short[] limits = new short[COUNT];
    private final short[] least = new short[COUNT];

    /**
     * A sweep over rows of n pixels.
     *
     * @param range disparities, a multiple of {@link MatchCost#LANES}
     * @param forwards whether it goes from left to right
     */
    public Paths(int n, int range, boolean forwards) {
        this.n = n;
        this.range = range;
        pitch = range + GAP;
        step = forwards ? 1 : -1;
        along = new short[2 * pitch];
        before = new short[COUNT - 1][(n + 2) * pitch];
        here = new short[COUNT - 1][(n + 2) * pitch];
        leastBefore = new short[COUNT - 1][n + 2];
        leastHere = new short[COUNT - 1][n + 2];
        gaps(along);
        for (int k = 0; k < COUNT - 1; k++) {
            gaps(before[k]);
            gaps(here[k]);
        }
    }

    private void gaps(short[] costs) {
        for (int i = 0; i < costs.length; i += pitch) {
            costs[i] = NEVER;
            costs[i + pitch - 1] = NEVER;
        }
    }

    private static short[] prices() {
        var prices = new short[256];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = (short) Math.max(LEAST_JUMP, JUMP * EDGE / (EDGE + i));
        }
        return prices;
    }

    /**
     * Goes on to the next row.
     *
     * @param cost its costs from {@code c}, pixel by pixel
     * @param light brightness 0..255, with one more pixel on either side of each row; its row begins at {@code y}
     * @param yBefore where the row before begins
     * @param sum the costs of the other sweep's paths, from {@code s}; empty if this one is the first
     * @param to where the sum of both goes, from {@code t}; may be the same array
     */
    public void row(short[] cost, int c, short[] light, int y, int yBefore, short[] sum, int s, short[] to, int t) {
        row(cost, c, light, y, yBefore, sum, s, to, t, Simd.ON);
    }

    void row(
            short[] cost,
            int c,
            short[] light,
            int y,
            int yBefore,
            short[] sum,
            int s,
            short[] to,
            int t,
            boolean lanes) {
        int x = step > 0 ? 0 : n - 1;
        // the pixel before the first has no costs; it lies in the second half
        Arrays.fill(along, pitch + 1, pitch + 1 + range, (short) 0);
        short leastAlong = 0;
        for (int i = 0; i < n; i++, x += step) {
            short l = light[y + x];
            limits[0] = price(l, light[y + x - step], leastAlong);
            limits[1] = price(l, light[yBefore + x - 1], leastBefore[0][x]);
            limits[2] = price(l, light[yBefore + x], leastBefore[1][x + 1]);
            limits[3] = price(l, light[yBefore + x + 1], leastBefore[2][x + 2]);
            least[0] = leastAlong;
            least[1] = leastBefore[0][x];
            least[2] = leastBefore[1][x + 1];
            least[3] = leastBefore[2][x + 2];
            if (lanes) {
                Lanes.pixel(this, x, (i & 1) * pitch + 1, cost, c + x * range, sum, s + x * range, to, t + x * range);
            } else {
                pixel(x, (i & 1) * pitch + 1, cost, c + x * range, sum, s + x * range, to, t + x * range);
            }
            leastAlong = least[0];
            leastHere[0][x + 1] = least[1];
            leastHere[1][x + 1] = least[2];
            leastHere[2][x + 1] = least[3];
        }
        swap();
    }

    private static short price(short a, short b, short least) {
        return (short) (PRICE[Math.abs(a - b)] + least);
    }

    private void swap() {
        short[][] t = before;
        before = here;
        here = t;
        short[][] m = leastBefore;
        leastBefore = leastHere;
        leastHere = m;
    }

    /** All disparities of a pixel; {@code least} goes in as the least costs of the pixels before, and comes out as this pixel's. */
    void pixel(int x, int now, short[] cost, int c, short[] sum, int s, short[] to, int t) {
        int from = pitch + 2 - now, o = (x + 1) * pitch + 1;
        short a = NEVER, b = NEVER, e = NEVER, f = NEVER;
        for (int d = 0; d < range; d++) {
            int own = cost[c + d];
            short k = path(along, from + d, limits[0], own - least[0]);
            short l = path(before[0], o - pitch + d, limits[1], own - least[1]);
            short m = path(before[1], o + d, limits[2], own - least[2]);
            short r = path(before[2], o + pitch + d, limits[3], own - least[3]);
            along[now + d] = k;
            here[0][o + d] = l;
            here[1][o + d] = m;
            here[2][o + d] = r;
            a = k < a ? k : a;
            b = l < b ? l : b;
            e = m < e ? m : e;
            f = r < f ? r : f;
            to[t + d] = (short) ((sum.length == 0 ? 0 : sum[s + d]) + k + l + m + r);
        }
        keep(a, b, e, f);
    }

    private static short path(short[] costs, int at, short limit, int own) {
        int near = Math.min(costs[at - 1], costs[at + 1]) + STEP;
        return (short) (Math.min(Math.min(costs[at], near), limit) + own);
    }

    private void keep(short a, short b, short e, short f) {
        least[0] = a;
        least[1] = b;
        least[2] = e;
        least[3] = f;
    }

    /** The same with the disparities in lanes. */
    static final class Lanes {
        private static final VectorSpecies<Short> S = ShortVector.SPECIES_PREFERRED;

        static void pixel(Paths p, int x, int now, short[] cost, int c, short[] sum, int s, short[] to, int t) {
            int range = p.range, from = p.pitch + 2 - now, o = (x + 1) * p.pitch + 1;
            short[] limits = p.limits, least = p.least, along = p.along;
            short[] b0 = p.before[0], b1 = p.before[1], b2 = p.before[2];
            short[] h0 = p.here[0], h1 = p.here[1], h2 = p.here[2];
            var a = ShortVector.broadcast(S, NEVER);
            var b = a;
            var e = a;
            var f = a;
            for (int d = 0; d < range; d += S.length()) {
                var own = ShortVector.fromArray(S, cost, c + d);
                var k = path(along, from + d, limits[0]).add(own).sub(least[0]);
                k.intoArray(along, now + d);
                a = a.min(k);
                var l = path(b0, o - p.pitch + d, limits[1]).add(own).sub(least[1]);
                l.intoArray(h0, o + d);
                b = b.min(l);
                var m = path(b1, o + d, limits[2]).add(own).sub(least[2]);
                m.intoArray(h1, o + d);
                e = e.min(m);
                var r = path(b2, o + p.pitch + d, limits[3]).add(own).sub(least[3]);
                r.intoArray(h2, o + d);
                f = f.min(r);
                var all = k.add(l).add(m.add(r));
                (sum.length == 0 ? all : all.add(ShortVector.fromArray(S, sum, s + d))).intoArray(to, t + d);
            }
            p.keep(least(a), least(b), least(e), least(f));
        }

        private static ShortVector path(short[] costs, int at, short limit) {
            var near = ShortVector.fromArray(S, costs, at - 1)
                    .min(ShortVector.fromArray(S, costs, at + 1))
                    .add(STEP);
            return ShortVector.fromArray(S, costs, at).min(near).min(limit);
        }

        private static short least(ShortVector v) {
            return v.reduceLanes(VectorOperators.MIN);
        }
    }
}
