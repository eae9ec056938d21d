package dev.fovea.video.kernel;

/**
 * Rows of luma and chroma between two Y'CbCr codes of 8 bits (ITU-R BT.601, BT.709, BT.2020; limited or full range). Numbers are fixed
 * point: a result is a sum in units of 2^-{@value #BITS}. Chroma is kept around 0 in units of 2^-{@value #CHROMA_BITS}.
 */
public final class YuvRows {
    /** Bits behind the point of a sum. */
    public static final int BITS = 20;

    /** Bits behind the point of a chroma sample. */
    public static final int CHROMA_BITS = 7;

    private YuvRows() {}

    /** Chroma samples where they lie: out = (in - 128) · 2^7. */
    public static void centred(byte[] in, int from, int n, int[] out) {
        for (int x = 0; x < n; x++) {
            out[x] = ((in[from + x] & 0xFF) - 128) << CHROMA_BITS;
        }
    }

    /**
     * Chroma samples a quarter of their distance further: to the right (from the left one of two luma samples to between them) or to the
     * left. Catmull and Rom's cubic at 1/4: (-9, 111, 29, -3) / 128, of which nothing smooth is blurred; the row's ends repeat.
     */
    public static void shifted(byte[] in, int from, int n, boolean right, int[] out) {
        int step = right ? 1 : -1;
        for (int x = 0; x < n; x++) {
            int before = in[from + inside(x - step, n)] & 0xFF;
            int here = in[from + x] & 0xFF;
            int next = in[from + inside(x + step, n)] & 0xFF;
            int after = in[from + inside(x + 2 * step, n)] & 0xFF;
            out[x] = 111 * here + 29 * next - 9 * before - 3 * after - (128 << CHROMA_BITS);
        }
    }

    private static int inside(int x, int n) {
        return Math.clamp(x, 0, n - 1);
    }

    /** What chroma adds to luma: terms = bias + a · u + b · v, each for the two luma samples that it lies over. */
    public static void terms(int[] u, int[] v, int n, int a, int b, int bias, int[] terms) {
        for (int x = 0; x < n; x++) {
            terms[x] = bias + a * u[x] + b * v[x];
        }
    }

    /** A chroma row: out = bias + a · u + b · v, rounded and clipped to 0..255. */
    public static void chroma(int[] u, int[] v, int n, int a, int b, int bias, byte[] out, int at) {
        for (int x = 0; x < n; x++) {
            out[at + x] = (byte) Math.clamp((bias + a * u[x] + b * v[x]) >> BITS, 0, 255);
        }
    }

    /** A luma row: out = gain · in + terms, rounded and clipped to 0..255; a term serves two neighbours. */
    public static void luma(byte[] in, int from, int n, int gain, int[] terms, byte[] out, int at) {
        int pairs = n / 2;
        for (int x = 0, i = from, o = at; x < pairs; x++, i += 2, o += 2) {
            int term = terms[x];
            out[o] = (byte) Math.clamp((gain * (in[i] & 0xFF) + term) >> BITS, 0, 255);
            out[o + 1] = (byte) Math.clamp((gain * (in[i + 1] & 0xFF) + term) >> BITS, 0, 255);
        }
        if ((n & 1) == 1) {
            out[at + n - 1] = (byte) Math.clamp((gain * (in[from + n - 1] & 0xFF) + terms[pairs]) >> BITS, 0, 255);
        }
    }

    /** A row through a table of 256. */
    public static void table(byte[] in, int from, int n, byte[] table, byte[] out, int at) {
        for (int x = 0; x < n; x++) {
            out[at + x] = table[in[from + x] & 0xFF];
        }
    }
}
