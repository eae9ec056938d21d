package dev.fovea.image;

import java.util.Arrays;

/**
 * Encodes lossless JPEG (ITU-T T.81, process 14) with predictor 1 and the best Huffman code for the very samples: 16 bits, one to four
 * interleaved components. A mosaic is written as two components of half the width, so that each sample is predicted from one of its own
 * colour.
 */
final class LosslessJpegWriter {
    private static final int START = 1 << 15;

    private byte[] out;
    private int at;
    private long bits;
    private int have;

    private LosslessJpegWriter(int room) {
        out = new byte[room];
    }

    /**
     * A complete stream, SOI to EOI.
     *
     * @param samples row after row, components interleaved
     * @param width pixels per row, 1..65535
     * @param height rows, 1..65535
     * @param components per pixel, 1..4
     */
    static byte[] encode(short[] samples, int width, int height, int components) {
        short[] differences = differences(samples, width * components, components);
        long[] histogram = new long[HuffmanCode.SIZES];
        for (short d : differences) {
            histogram[size(d)]++;
        }
        var code = new HuffmanCode(histogram);
        var writer = new LosslessJpegWriter((int) (code.cost(histogram) / 8 * 17 / 16) + 1024);
        writer.headers(width, height, components, code);
        writer.scan(differences, code);
        writer.u16(0xFFD9);
        return Arrays.copyOf(writer.out, writer.at);
    }

    /** Sample minus its left neighbour; at the left edge minus the one above, in the first row minus the middle of the range. */
    private static short[] differences(short[] s, int row, int n) {
        short[] d = new short[s.length];
        for (int i = 0; i < s.length; i++) {
            int x = i % row;
            int prediction = x >= n ? s[i - n] : i >= row ? s[i - row] : START;
            d[i] = (short) (s[i] - prediction);
        }
        return d;
    }

    /** How many bits the magnitude of a difference has; −32768 stands for 32768, which is the same modulo 2^16. */
    private static int size(short d) {
        return 32 - Integer.numberOfLeadingZeros(Math.abs((int) d));
    }

    private void headers(int width, int height, int components, HuffmanCode code) {
        u16(0xFFD8);
        u16(0xFFC3);
        u16(8 + 3 * components);
        u8(16);
        u16(height);
        u16(width);
        u8(components);
        for (int c = 0; c < components; c++) {
            u8(c);
            u8(0x11);
            u8(0);
        }
        u16(0xFFC4);
        u16(19 + code.symbols.length);
        u8(0);
        for (int length = 1; length <= 16; length++) {
            u8(code.counts[length]);
        }
        for (int symbol : code.symbols) {
            u8(symbol);
        }
        u16(0xFFDA);
        u16(6 + 2 * components);
        u8(components);
        for (int c = 0; c < components; c++) {
            u8(c);
            u8(0);
        }
        u8(1);
        u16(0);
    }

    private void scan(short[] differences, HuffmanCode code) {
        for (short d : differences) {
            int size = size(d);
            int extra = size == 16 ? 0 : size;
            // Negative values are written as value - 1, in so many bits.
            int low = d + (d >> 31) & (1 << extra) - 1;
            put((long) code.code[size] << extra | low, code.length[size] + extra);
        }
        // The last byte is filled with ones (T.81, F.1.2.3).
        put(0x7F, 7);
        drain(have / 8);
    }

    /** Appends up to 31 bits. */
    private void put(long value, int n) {
        bits = bits << n | value;
        have += n;
        if (have >= 32) {
            drain(4);
        }
    }

    private void drain(int bytes) {
        if (at + 8 > out.length) {
            out = Arrays.copyOf(out, out.length * 2);
        }
        for (int i = 0; i < bytes; i++) {
            have -= 8;
            byte b = (byte) (bits >>> have);
            out[at++] = b;
            if (b == (byte) 0xFF) {
                out[at++] = 0;
            }
        }
    }

    private void u8(int v) {
        out[at++] = (byte) v;
    }

    private void u16(int v) {
        u8(v >>> 8);
        u8(v);
    }
}
