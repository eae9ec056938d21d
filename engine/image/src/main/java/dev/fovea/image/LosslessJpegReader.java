package dev.fovea.image;

import dev.fovea.BadInput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes lossless JPEG (ITU-T T.81, process 14: SOF3 with Huffman coding) row by row, as DNG uses it: one scan of one to four
 * interleaved components that are not subsampled, 2 to 16 bits, all seven predictors, restart intervals.
 *
 * <p>A row is decoded in two passes that stay in the first-level cache: Huffman codes to differences, then differences to samples. The
 * bits wait left-aligned in a long, which is refilled by eight bytes at once where no byte is 0xFF.
 */
final class LosslessJpegReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] data;
    private final int end;
    private final String source;
    private final boolean wide16;
    private final @Nullable HuffmanTable[] tables = new HuffmanTable[4];
    private final HuffmanTable[] scan;

    private int at;
    private int width;
    private int height;
    private int precision;
    private int[] ids = {};
    private int restart;
    private int predictor;

    private int row;
    private int restartsIn;
    private int[] line = {};
    private int[] above = {};

    private long bits;
    private int have;
    private int phantom;

    /**
     * Reads the headers up to the first row.
     *
     * @param data holds the stream from {@code from} (inclusive) to {@code to} (exclusive)
     * @param wide16 whether a difference of 16 bits is followed by 16 bits, as DNGs before version 1.1 wrote it
     * @throws BadInput if it is no lossless JPEG of this kind, or damaged
     */
    LosslessJpegReader(byte[] data, int from, int to, String source, boolean wide16) {
        this.data = data;
        this.at = from;
        this.end = to;
        this.source = source;
        this.wide16 = wide16;
        this.scan = headers();
        this.line = new int[samples()];
        this.above = new int[samples()];
        this.restartsIn = restart;
    }

    /** Components per pixel. */
    int components() {
        return ids.length;
    }

    /** Samples per row: pixels times components. */
    int samples() {
        return width * ids.length;
    }

    /** Rows. */
    int rows() {
        return height;
    }

    /**
     * The next row, components interleaved; overwritten by the next but one call.
     *
     * @throws BadInput if the stream is damaged or cut off
     */
    int[] next() {
        if (row == height) {
            throw damaged("ends before its pixels do");
        }
        int[] free = above;
        above = line;
        line = free;
        boolean first = row == 0;
        if (restart > 0 && restartsIn == 0) {
            restartMarker();
            first = true;
        }
        restartsIn -= width;
        row++;
        differences(line, line.length);
        if (phantom > have) {
            throw damaged("is cut off within its pixels");
        }
        if (first) {
            firstRow();
        } else {
            Prediction.undo(predictor, line, above, ids.length);
        }
        return line;
    }

    private void firstRow() {
        int n = ids.length;
        int start = 1 << (precision - 1);
        for (int c = 0; c < n; c++) {
            line[c] = line[c] + start & 0xFFFF;
        }
        Prediction.undoLeft(line, n);
    }

    /** Huffman codes to differences (T.81, H.2): the hot loop. The bit buffer lives in locals. */
    private void differences(int[] out, int n) {
        int[][] quick = new int[scan.length][];
        for (int c = 0; c < scan.length; c++) {
            quick[c] = scan[c].quick;
        }
        long b = bits;
        int h = have;
        int last = scan.length - 1;
        for (int i = 0, c = 0; i < n; i++, c = c == last ? 0 : c + 1) {
            if (h < 32) {
                long w;
                if (at + 8 <= end && plain(w = (long) LONGS.get(data, at))) {
                    int bytes = 63 - h >> 3;
                    b |= w >>> h;
                    at += bytes;
                    h += bytes << 3;
                } else {
                    bits = b;
                    have = h;
                    refill();
                    b = bits;
                    h = have;
                }
            }
            int entry = quick[c][(int) (b >>> 64 - HuffmanTable.QUICK)];
            if (entry == 0) {
                entry = scan[c].slow(b);
                if (entry == 0) {
                    throw damaged("has a damaged stretch of pixels");
                }
            }
            int length = entry & 0xFF;
            int size = entry >>> 8;
            b <<= length;
            if (size == 16 && !wide16) {
                out[i] = 32768;
                h -= length;
            } else {
                // A difference whose leading bit is 0 is negative: value - 2^size + 1.
                int value = (int) (b >>> 1 >>> 63 - size);
                int negative = (int) (~b >> 63);
                out[i] = value + (negative & (-1 << size) + 1);
                b <<= size;
                h -= length + size;
            }
        }
        bits = b;
        have = h;
    }

    /** Whether none of the eight bytes is 0xFF, which would begin a marker or a stuffed byte. */
    private static boolean plain(long w) {
        return (~w - 0x0101010101010101L & w & 0x8080808080808080L) == 0;
    }

    /** Byte by byte: drops stuffed zeros, and continues with zeros at a marker or the end, which {@link #next} notices. */
    private void refill() {
        // What was ored in beyond the valid bits is the same that follows now; cleared, because a marker is followed by zeros.
        bits = have == 0 ? 0 : bits & -1L << 64 - have;
        while (have <= 56) {
            int v = 0;
            if (at < end && data[at] != (byte) 0xFF) {
                v = data[at++] & 0xFF;
            } else if (at + 1 < end && data[at + 1] == 0) {
                v = 0xFF;
                at += 2;
            } else {
                phantom += 8;
            }
            bits |= (long) v << 56 - have;
            have += 8;
        }
    }

    private void restartMarker() {
        // All but the padding must have been used up, so that the marker is next.
        refill();
        if (have - phantom >= 8 || at + 1 >= end || data[at] != (byte) 0xFF || (data[at + 1] & 0xF8) != 0xD0) {
            throw damaged("has a damaged stretch of pixels");
        }
        at += 2;
        bits = 0;
        have = 0;
        phantom = 0;
        restartsIn = restart;
    }

    private HuffmanTable[] headers() {
        if (u16() != 0xFFD8) {
            throw damaged("has a damaged tile");
        }
        while (true) {
            int marker = u16();
            if (marker >>> 8 != 0xFF) {
                throw damaged("has a damaged tile");
            }
            if (marker == 0xFFFF) {
                at--;
                continue;
            }
            int length = u16() - 2;
            int stop = at + length;
            if (length < 0 || stop > end) {
                throw damaged("is cut off within its pixels");
            }
            switch (marker) {
                case 0xFFC3 -> frame();
                case 0xFFC4 -> huffman(stop);
                case 0xFFDD -> restart = u16();
                case 0xFFDA -> {
                    HuffmanTable[] used = startOfScan();
                    at = stop;
                    return used;
                }
                default -> {
                    if ((marker & 0xF0) == 0xC0 && marker != 0xFFC8 && marker != 0xFFCC) {
                        throw new BadInput(
                                source,
                                "holds pixels of a lossy JPEG kind",
                                "convert it to a losslessly compressed or uncompressed DNG");
                    }
                }
            }
            at = stop;
        }
    }

    private void frame() {
        precision = u8();
        height = u16();
        width = u16();
        ids = new int[u8()];
        if (precision < 2 || precision > 16 || height == 0 || width == 0 || ids.length < 1 || ids.length > 4) {
            throw damaged("has a damaged tile");
        }
        for (int i = 0; i < ids.length; i++) {
            ids[i] = u8();
            int sampling = u8();
            u8();
            if (sampling != 0x11) {
                throw new BadInput(
                        source, "holds subsampled colours", "convert it with a DNG converter, or give the full-size RAW");
            }
        }
    }

    private void huffman(int stop) {
        while (at < stop) {
            int which = u8();
            int[] counts = new int[17];
            int sum = 0;
            for (int i = 1; i <= 16; i++) {
                counts[i] = u8();
                sum += counts[i];
            }
            if (which > 3 || sum > 17 || at + sum > stop) {
                throw damaged("has a damaged Huffman table");
            }
            int[] symbols = new int[sum];
            for (int i = 0; i < sum; i++) {
                symbols[i] = u8();
            }
            HuffmanTable table = HuffmanTable.of(counts, symbols);
            if (table == null) {
                throw damaged("has a damaged Huffman table");
            }
            tables[which] = table;
        }
    }

    private HuffmanTable[] startOfScan() {
        int n = u8();
        if (ids.length == 0 || n != ids.length) {
            throw damaged("has a damaged tile");
        }
        var used = new HuffmanTable[n];
        for (int i = 0; i < n; i++) {
            int id = u8();
            HuffmanTable table = tables[u8() >> 4 & 3];
            if (id != ids[i] || table == null) {
                throw damaged("has a damaged tile");
            }
            used[i] = table;
        }
        predictor = u8();
        u8();
        // A point transform (low bits left out) never occurs in a DNG.
        if (predictor < 1 || predictor > 7 || (u8() & 15) != 0 || restart % width != 0) {
            throw damaged("has a damaged tile");
        }
        return used;
    }

    private int u8() {
        if (at >= end) {
            throw damaged("is cut off within its pixels");
        }
        return data[at++] & 0xFF;
    }

    private int u16() {
        return u8() << 8 | u8();
    }

    private BadInput damaged(String problem) {
        return new BadInput(source, problem, "copy it from the camera again");
    }
}
