package dev.fovea.space.kernel;

import dev.fovea.image.kernel.Simd;
import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Picks the disparity of least cost, for the pixels of the left view and, from the same costs, for those of the right one. */
public final class Winner {
    private static final short NONE = Short.MAX_VALUE;

    private Winner() {}

    /**
     * A row's disparities. Between whole ones lies the tip of the two equally steep lines through the least cost and its neighbours ("equiangular
     * fit", Shimizu and Okutomi 2001).
     *
     * @param sum n × range costs from {@code s}
     * @param left to where the disparities go, from {@code to}
     * @param least scratch of n + range values
     * @param right whole disparities of the right view's pixels, from right to left; n + range values
     */
    public static void row(short[] sum, int s, int n, int range, float[] left, int to, short[] least, short[] right) {
        Arrays.fill(least, NONE);
        for (int x = 0; x < n; x++) {
            int at = s + x * range;
            int d = Simd.ON
                    ? Lanes.pixel(sum, at, range, least, right, n - 1 - x)
                    : pixel(sum, at, range, least, right, n - 1 - x);
            left[to + x] = d + between(sum, at + d, d, range);
        }
    }

    /** The first disparity of least cost; on the way each is offered to the right view's pixel that it leads to. */
    static int pixel(short[] sum, int at, int range, short[] least, short[] right, int q) {
        int best = 0;
        for (int d = 0; d < range; d++) {
            short cost = sum[at + d];
            best = cost < sum[at + best] ? d : best;
            if (cost < least[q + d]) {
                least[q + d] = cost;
                right[q + d] = (short) d;
            }
        }
        return best;
    }

    private static float between(short[] sum, int at, int d, int range) {
        if (d == 0 || d == range - 1) {
            return 0;
        }
        float before = sum[at - 1] - sum[at], after = sum[at + 1] - sum[at];
        float steeper = Math.max(before, after);
        return steeper > 0 ? (before - after) / (2 * steeper) : 0;
    }

    /** The same with the disparities in lanes. */
    static final class Lanes {
        private static final VectorSpecies<Short> S = ShortVector.SPECIES_PREFERRED;
        private static final ShortVector FIRST = ShortVector.zero(S).addIndex(1);

        static int pixel(short[] sum, int at, int range, short[] least, short[] right, int q) {
            var lowest = ShortVector.broadcast(S, NONE);
            var where = FIRST;
            var index = FIRST;
            for (int d = 0; d < range; d += S.length()) {
                var cost = ShortVector.fromArray(S, sum, at + d);
                var lower = cost.lt(lowest);
                lowest = lowest.min(cost);
                where = where.blend(index, lower);
                var known = ShortVector.fromArray(S, least, q + d);
                var better = cost.lt(known);
                known.min(cost).intoArray(least, q + d);
                ShortVector.fromArray(S, right, q + d).blend(index, better).intoArray(right, q + d);
                index = index.add((short) S.length());
            }
            short value = lowest.reduceLanes(VectorOperators.MIN);
            return where.blend(NONE, lowest.compare(VectorOperators.NE, value)).reduceLanes(VectorOperators.MIN);
        }
    }
}
