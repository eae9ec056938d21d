package dev.fovea.image;

import org.jspecify.annotations.Nullable;

/** A Huffman code for the sizes 0..16 of differences (T.81, annex C and H), laid out for decoding. */
final class HuffmanTable {
    /** Codes of at most so many bits are found by one look-up; differences are rarely coded with more. */
    static final int QUICK = 11;

    /** For the next {@link #QUICK} bits: size &lt;&lt; 8 | length of the code; 0 where the code is longer or does not exist. */
    final int[] quick = new int[1 << QUICK];

    private final int[] counts;
    private final int[] symbols;

    private HuffmanTable(int[] counts, int[] symbols) {
        this.counts = counts;
        this.symbols = symbols;
    }

    /**
     * The code with so many symbols of each length, or null if no such code exists.
     *
     * @param counts how many codes have a length of 1..16 (index 0 is not used)
     * @param symbols the sizes in the order of their codes
     */
    static @Nullable HuffmanTable of(int[] counts, int[] symbols) {
        var table = new HuffmanTable(counts, symbols);
        int code = 0;
        int k = 0;
        for (int length = 1; length <= 16; length++, code <<= 1) {
            for (int i = 0; i < counts[length]; i++, k++, code++) {
                if (code >> length != 0 || symbols[k] > 16) {
                    return null;
                }
                if (length <= QUICK) {
                    int from = code << QUICK - length;
                    java.util.Arrays.fill(table.quick, from, from + (1 << QUICK - length), symbols[k] << 8 | length);
                }
            }
        }
        return table;
    }

    /** As {@link #quick} for any length, from bits that are aligned to the left; 0 if there is no such code. */
    int slow(long bits) {
        int code = 0;
        int first = 0;
        int k = 0;
        for (int length = 1; length <= 16; length++) {
            code = code << 1 | (int) (bits >>> 64 - length) & 1;
            int offset = code - first;
            if (offset < counts[length]) {
                return symbols[k + offset] << 8 | length;
            }
            k += counts[length];
            first = first + counts[length] << 1;
        }
        return 0;
    }
}
