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
        /** 0, 1, 2 …: more than are ever tried. */
        private static final short[] NUMBERS = numbers();

        private static short[] numbers() {
            var numbers = new short[1 << 12];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (short) i;
            }
            return numbers;
        }

        static int pixel(short[] sum, int at, int range, short[] least, short[] right, int q) {
            ShortVector lowest = offered(sum, at, 0, least, right, q);
            for (int d = S.length(); d < range; d += S.length()) {
                lowest = lowest.min(offered(sum, at, d, least, right, q));
            }
            return first(sum, at, lowest.reduceLanes(VectorOperators.MIN));
        }

        private static ShortVector offered(short[] sum, int at, int d, short[] least, short[] right, int q) {
            var cost = ShortVector.fromArray(S, sum, at + d);
            var known = ShortVector.fromArray(S, least, q + d);
            var numbers = ShortVector.fromArray(S, NUMBERS, d);
            ShortVector.fromArray(S, right, q + d)
                    .blend(numbers, cost.lt(known))
                    .intoArray(right, q + d);
            known.min(cost).intoArray(least, q + d);
            return cost;
        }

        /** Where a value that is there comes first. */
        private static int first(short[] sum, int at, short value) {
            int d = 0;
            while (true) {
                var same = ShortVector.fromArray(S, sum, at + d).eq(value);
                if (same.anyTrue()) {
                    return d + same.firstTrue();
                }
                d += S.length();
            }
        }
    }
}
