package dev.fovea.image;

/** The shortest Huffman code for the sizes 0..16 of differences, of at most 16 bits and without the code of all ones (T.81, K.2). */
final class HuffmanCode {
    static final int SIZES = 17;
    private static final int LONGEST = 16;

    /** How many codes have a length of 1..16; index 0 is not used. */
    final int[] counts = new int[LONGEST + 1];

    /** The sizes in the order of their codes. */
    final int[] symbols;

    /** The code of each size. */
    final int[] code = new int[SIZES];

    /** How many bits it has; 0 for sizes that do not occur. */
    final int[] length = new int[SIZES];

    /**
     * @param histogram how often each size occurs
     */
    HuffmanCode(long[] histogram) {
        int[] lengths = lengths(histogram);
        int k = 0;
        int next = 0;
        int[] order = new int[SIZES];
        for (int bits = 1; bits <= LONGEST; bits++, next <<= 1) {
            for (int s = 0; s < SIZES; s++) {
                if (lengths[s] == bits) {
                    counts[bits]++;
                    order[k++] = s;
                    code[s] = next++;
                    length[s] = bits;
                }
            }
        }
        symbols = java.util.Arrays.copyOf(order, k);
    }

    /** How many bits coding everything takes, without the codes' extra bits. */
    long cost(long[] histogram) {
        long bits = 0;
        for (int s = 0; s < SIZES; s++) {
            bits += histogram[s] * (length[s] + (s < 16 ? s : 0));
        }
        return bits;
    }

    /** Merges the two rarest groups until one is left; a symbol that occurs once less than all others reserves the code of all ones. */
    private static int[] lengths(long[] histogram) {
        long[] weight = java.util.Arrays.copyOf(histogram, SIZES + 1);
        while (true) {
            int[] depth = depths(weight);
            int deepest = 0;
            for (int s = 0; s < SIZES; s++) {
                deepest = Math.max(deepest, depth[s]);
            }
            if (deepest <= LONGEST) {
                return depth;
            }
            // Flatter weights give a flatter tree: with 17 sizes this is hardly ever needed.
            for (int s = 0; s < SIZES; s++) {
                weight[s] = (weight[s] + 1) / 2;
            }
        }
    }

    private static int[] depths(long[] histogram) {
        long[] weight = histogram.clone();
        for (int s = 0; s < SIZES; s++) {
            weight[s] *= 2;
        }
        weight[SIZES] = 1;
        int[] group = new int[SIZES + 1];
        int[] depth = new int[SIZES + 1];
        for (int s = 0; s <= SIZES; s++) {
            group[s] = s;
        }
        while (true) {
            int a = rarest(weight, -1);
            int b = rarest(weight, a);
            if (b < 0) {
                return depth;
            }
            weight[a] += weight[b];
            weight[b] = 0;
            for (int s = 0; s <= SIZES; s++) {
                if (group[s] == a || group[s] == b) {
                    group[s] = a;
                    depth[s]++;
                }
            }
        }
    }

    private static int rarest(long[] weight, int not) {
        int best = -1;
        for (int i = weight.length - 1; i >= 0; i--) {
            if (i != not && weight[i] > 0 && (best < 0 || weight[i] < weight[best])) {
                best = i;
            }
        }
        return best;
    }
}
