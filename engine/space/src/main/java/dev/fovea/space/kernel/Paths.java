package dev.fovea.space.kernel;

import dev.fovea.image.kernel.Simd;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Semi-global matching (Hirschmüller 2008): along eight straight paths to each pixel the cost of a disparity is its own, and the least of
 * the pixel's before it, where a step of one disparity costs a little (P1) and a jump more (P2, less where the picture has an edge):
 *
 * <pre>L(p, d) = C(p, d) + min(L(q, d), L(q, d ± 1) + P1, min L(q, ·) + P2) − min L(q, ·)</pre>
 *
 * One sweep goes four of the paths at once, row by row: along the row, and from the three neighbours in the row before. A second sweep goes
 * back for the other four.
 *
 * <p>No path's cost exceeds that of a pixel and a jump, 168. So they fit into bytes, less {@value #BIAS}; their sums are shorts, less that for
 * each of their paths.
 */
public final class Paths {
    /** Paths of one sweep. */
    public static final int COUNT = 4;

    /** For a step of one disparity. */
    static final byte STEP = 6;

    /** For a jump between pixels of one brightness. */
    private static final int JUMP = 96;

    /** For a jump at an edge. */
    private static final int LEAST_JUMP = 16;

    /** The difference of brightness that halves the price of a jump. */
    private static final int EDGE = 12;

    private static final byte[] PRICE = prices();

    /** What is taken off every path's cost. */
    private static final int BIAS = 128;

    private static final byte NOTHING = -BIAS;

    /** Stands where there is no disparity; a step more is still a byte. */
    private static final byte NEVER = Byte.MAX_VALUE - STEP;

    /** Between two pixels' costs there is one value that is never chosen, on either side. */
    private static final int GAP = 2;

    private final int n;
    private final int range;
    private final int pitch;
    private final int step;
    private final byte[] along;
    private byte[][] before;
    private byte[][] here;
    private byte[][] leastBefore;
    private byte[][] leastHere;
    private final byte[] limits = new byte[COUNT];
    private final byte[] least = new byte[COUNT];

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
        along = new byte[2 * pitch];
        before = new byte[COUNT - 1][(n + 2) * pitch];
        here = new byte[COUNT - 1][(n + 2) * pitch];
        leastBefore = new byte[COUNT - 1][n + 2];
        leastHere = new byte[COUNT - 1][n + 2];
        gaps(along);
        for (int k = 0; k < COUNT - 1; k++) {
            gaps(before[k]);
            gaps(here[k]);
            Arrays.fill(leastBefore[k], NOTHING);
            Arrays.fill(leastHere[k], NOTHING);
        }
    }

    private void gaps(byte[] costs) {
        Arrays.fill(costs, NOTHING);
        for (int i = 0; i < costs.length; i += pitch) {
            costs[i] = NEVER;
            costs[i + pitch - 1] = NEVER;
        }
    }

    private static byte[] prices() {
        var prices = new byte[256];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = (byte) Math.max(LEAST_JUMP, JUMP * EDGE / (EDGE + i));
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
    public void row(byte[] cost, int c, short[] light, int y, int yBefore, short[] sum, int s, short[] to, int t) {
        row(cost, c, light, y, yBefore, sum, s, to, t, Simd.ON);
    }

    void row(
            byte[] cost,
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
        Arrays.fill(along, pitch + 1, pitch + 1 + range, NOTHING);
        byte leastAlong = NOTHING;
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

    private static byte price(short a, short b, byte least) {
        return (byte) (PRICE[Math.abs(a - b)] + least);
    }

    private void swap() {
        byte[][] t = before;
        before = here;
        here = t;
        byte[][] m = leastBefore;
        leastBefore = leastHere;
        leastHere = m;
    }

    /** All disparities of a pixel; {@code least} goes in as the least costs of the pixels before, and comes out as this pixel's. */
    void pixel(int x, int now, byte[] cost, int c, short[] sum, int s, short[] to, int t) {
        int from = pitch + 2 - now, o = (x + 1) * pitch + 1;
        byte a = NEVER, b = NEVER, e = NEVER, f = NEVER;
        for (int d = 0; d < range; d++) {
            int own = cost[c + d];
            byte k = path(along, from + d, limits[0], own - least[0] - BIAS);
            byte l = path(before[0], o - pitch + d, limits[1], own - least[1] - BIAS);
            byte m = path(before[1], o + d, limits[2], own - least[2] - BIAS);
            byte r = path(before[2], o + pitch + d, limits[3], own - least[3] - BIAS);
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

    private static byte path(byte[] costs, int at, byte limit, int own) {
        int near = Math.min(costs[at - 1], costs[at + 1]) + STEP;
        return (byte) (Math.min(Math.min(costs[at], near), limit) + own);
    }

    private void keep(byte a, byte b, byte e, byte f) {
        least[0] = a;
        least[1] = b;
        least[2] = e;
        least[3] = f;
    }

    /** The same with the disparities in lanes. */
    static final class Lanes {
        private static final VectorSpecies<Byte> B = ByteVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Short> S = ShortVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Byte> HALF =
                VectorSpecies.of(byte.class, VectorShape.forBitSize(S.vectorBitSize() / 2));

        static void pixel(Paths p, int x, int now, byte[] cost, int c, short[] sum, int s, short[] to, int t) {
            int range = p.range, pitch = p.pitch, from = pitch + 2 - now, o = (x + 1) * pitch + 1;
            byte[] limits = p.limits, least = p.least, along = p.along;
            byte[] left = p.here[0], above = p.here[1], right = p.here[2];
            byte k = path(along, from, limits[0], least[0], cost, c, along, now, range);
            byte l = path(p.before[0], o - pitch, limits[1], least[1], cost, c, left, o, range);
            byte m = path(p.before[1], o, limits[2], least[2], cost, c, above, o, range);
            byte r = path(p.before[2], o + pitch, limits[3], least[3], cost, c, right, o, range);
            p.keep(k, l, m, r);
            if (sum.length == 0) {
                for (int d = 0; d < range; d += S.length()) {
                    all(p, now + d, o + d).intoArray(to, t + d);
                }
            } else {
                for (int d = 0; d < range; d += S.length()) {
                    all(p, now + d, o + d)
                            .add(ShortVector.fromArray(S, sum, s + d))
                            .intoArray(to, t + d);
                }
            }
        }

        private static ShortVector all(Paths p, int now, int o) {
            return wide(p.along, now)
                    .add(wide(p.here[0], o))
                    .add(wide(p.here[1], o).add(wide(p.here[2], o)));
        }

        /** One path's costs of all disparities; the least of them. */
        private static byte path(
                byte[] before, int at, byte limit, byte least, byte[] cost, int c, byte[] here, int o, int range) {
            byte down = (byte) (least + BIAS);
            ByteVector lowest = some(before, at, limit, down, cost, c, here, o);
            // the first is taken out of the loop, which C2 would otherwise begin with an object
            for (int d = B.length(); d < range; d += B.length()) {
                lowest = lowest.min(some(before, at + d, limit, down, cost, c + d, here, o + d));
            }
            return lowest.reduceLanes(VectorOperators.MIN);
        }

        private static ByteVector some(
                byte[] before, int at, byte limit, byte down, byte[] cost, int c, byte[] here, int o) {
            var near = ByteVector.fromArray(B, before, at - 1)
                    .min(ByteVector.fromArray(B, before, at + 1))
                    .add(STEP);
            var kept = ByteVector.fromArray(B, before, at).min(near).min(limit);
            var path = kept.add(ByteVector.fromArray(B, cost, c).sub(down));
            path.intoArray(here, o);
            return path;
        }

        /** Bytes as shorts: read again, for halves of a vector are dear to take. */
        private static ShortVector wide(byte[] costs, int at) {
            return (ShortVector) ByteVector.fromArray(HALF, costs, at).castShape(S, 0);
        }
    }
}
