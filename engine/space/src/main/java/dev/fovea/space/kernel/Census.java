package dev.fovea.space.kernel;

import dev.fovea.image.kernel.Simd;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The census transform (Zabih and Woodfill 1994): which of a pixel's 62 neighbours in 9 × 7 are darker than it. It does not change with
 * exposure. The bits of a pixel lie in four shorts.
 */
public final class Census {
    /** How far the window reaches to either side. */
    public static final int ACROSS = 4;

    /** How far the window reaches up and down. */
    public static final int DOWN = 3;

    /** Shorts of a pixel. */
    public static final int WORDS = 4;

    private static final int BITS = 16;

    private Census() {}

    /** Where the neighbours lie, seen from the pixel, in a plane of this pitch. */
    public static int[] neighbours(int pitch) {
        var offsets = new int[(2 * ACROSS + 1) * (2 * DOWN + 1) - 1];
        int k = 0;
        for (int y = -DOWN; y <= DOWN; y++) {
            for (int x = -ACROSS; x <= ACROSS; x++) {
                if (x != 0 || y != 0) {
                    offsets[k++] = y * pitch + x;
                }
            }
        }
        return offsets;
    }

    /**
     * The bits of n pixels of a row: word k holds those of the neighbours 16 k to 16 k + 15.
     *
     * @param plane values 0..255 with all neighbours around the row
     * @param neighbours see {@link #neighbours}
     * @param words four planes
     */
    public static void row(short[] plane, int at, int[] neighbours, short[][] words, int to, int n) {
        for (int k = 0; k < WORDS; k++) {
            int first = k * BITS, last = Math.min(first + BITS, neighbours.length);
            int done = Simd.ON ? Lanes.word(plane, at, neighbours, first, last, words[k], to, n) : 0;
            word(plane, at, neighbours, first, last, words[k], to, done, n);
        }
    }

    static void word(short[] plane, int at, int[] neighbours, int first, int last, short[] word, int to, int i, int n) {
        for (int x = i; x < n; x++) {
            int bits = 0;
            for (int k = first; k < last; k++) {
                bits = bits << 1 | (plane[at + x + neighbours[k]] < plane[at + x] ? 1 : 0);
            }
            word[to + x] = (short) bits;
        }
    }

    /** The same with as many pixels as there are lanes: the sign of a difference is the bit. */
    static final class Lanes {
        private static final VectorSpecies<Short> S = ShortVector.SPECIES_PREFERRED;

        static int word(short[] plane, int at, int[] neighbours, int first, int last, short[] word, int to, int n) {
            int x = 0;
            for (; x + S.length() <= n; x += S.length()) {
                var centre = ShortVector.fromArray(S, plane, at + x);
                var bits = ShortVector.zero(S);
                for (int k = first; k < last; k++) {
                    var less = ShortVector.fromArray(S, plane, at + x + neighbours[k])
                            .sub(centre);
                    bits = bits.add(bits).add(less.lanewise(VectorOperators.LSHR, 15));
                }
                bits.intoArray(word, to + x);
            }
            return x;
        }
    }
}
