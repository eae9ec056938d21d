package dev.fovea.space.kernel;

import dev.fovea.image.kernel.Simd;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * How ill a pixel of the left view matches those of the right one that lie 0, 1, 2 … pixels further left: the bits that differ of their
 * census, and the difference of their colours, bounded so that reflections do not count for more (Mei et al. 2011).
 */
public final class MatchCost {
    /** Planes of a view: the words of its census, then red, green and blue, 0..255. */
    public static final int PLANES = Census.WORDS + 3;

    /** A disparity is a lane: ranges are multiples of this, as many bytes as the widest vectors hold. */
    public static final int LANES = 64;

    /** No cost is higher: 62 bits and a sixth of the bounded difference of colours. */
    static final int MOST = 72;

    /** The cost of what lies beyond the right view: less than of a wrong match, more than of a right one. */
    static final byte BEYOND = 24;

    /** The sum of three channels' differences beyond which colours are simply different. */
    private static final short DIFFERENT = 60;

    /** Makes a sum of differences count for a sixth: (s · 43) / 256. */
    private static final int SIXTH = 43;

    private MatchCost() {}

    /**
     * The costs of a row: pixel by pixel, the disparities 0 to range − 1 of each together.
     *
     * @param left its planes; the row begins at {@code at}
     * @param right the planes of the right view's row, from right to left, with range more pixels behind
     * @param n pixels of the row
     * @param range a multiple of {@link #LANES}
     * @param cost n × range values from {@code to}
     */
    public static void row(short[][] left, int at, short[][] right, int n, int range, byte[] cost, int to) {
        for (int x = 0; x < n; x++) {
            int o = to + x * range;
            if (Simd.ON) {
                Lanes.pixel(left, at + x, right, n - 1 - x, range, cost, o);
            } else {
                pixel(left, at + x, right, n - 1 - x, range, cost, o);
            }
            for (int d = x + 1; d < range; d++) {
                cost[o + d] = BEYOND;
            }
        }
    }

    static void pixel(short[][] left, int p, short[][] right, int q, int range, byte[] cost, int o) {
        for (int d = 0; d < range; d++) {
            int bits = 0, colour = 0;
            for (int k = 0; k < Census.WORDS; k++) {
                bits += Integer.bitCount((left[k][p] ^ right[k][q + d]) & 0xFFFF);
            }
            for (int k = Census.WORDS; k < PLANES; k++) {
                colour += Math.abs(left[k][p] - right[k][q + d]);
            }
            cost[o + d] = (byte) (bits + (Math.min(colour, DIFFERENT) * SIXTH >> 8));
        }
    }

    /** The same with the disparities in lanes. */
    static final class Lanes {
        private static final VectorSpecies<Short> S = ShortVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Byte> HALF =
                VectorSpecies.of(byte.class, VectorShape.forBitSize(S.vectorBitSize() / 2));

        static void pixel(short[][] left, int p, short[][] right, int q, int range, byte[] cost, int o) {
            for (int d = 0; d < range; d += S.length()) {
                var bits = differing(left[0][p], right[0], q + d)
                        .add(differing(left[1][p], right[1], q + d))
                        .add(differing(left[2][p], right[2], q + d))
                        .add(differing(left[3][p], right[3], q + d));
                var colour = distance(left[4][p], right[4], q + d)
                        .add(distance(left[5][p], right[5], q + d))
                        .add(distance(left[6][p], right[6], q + d));
                var sixth = colour.min(DIFFERENT).mul((short) SIXTH).lanewise(VectorOperators.LSHR, 8);
                ((ByteVector) bits.add(sixth).convertShape(VectorOperators.S2B, HALF, 0)).intoArray(cost, o + d);
            }
        }

        private static ShortVector differing(short a, short[] b, int at) {
            return ShortVector.fromArray(S, b, at)
                    .lanewise(VectorOperators.XOR, a)
                    .lanewise(VectorOperators.BIT_COUNT);
        }

        private static ShortVector distance(short a, short[] b, int at) {
            return ShortVector.fromArray(S, b, at).sub(a).abs();
        }
    }
}
