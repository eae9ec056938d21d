package dev.fovea.image;

import dev.fovea.Work;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The pixels of the commonest TIFFs: grey or RGB of 8 or 16 bits, in strips, as they are or deflated, with or without prediction (TIFF
 * 6.0, sections 3 and 14; Technical Note 2 for deflate). Strips are unpacked side by side. Everything else is left to a library.
 */
final class TiffStrips {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS = 278;
    private static final int LENGTHS = 279;
    private static final int PLANAR = 284;
    private static final int PREDICTOR = 317;
    private static final int SAMPLE_FORMAT = 339;

    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final Source source;
    private final TiffDirectory d;
    private final int bands;
    private final boolean deep;
    private final int row;
    private final int height;
    private final int rows;

    private TiffStrips(Source source, TiffDirectory d) {
        this.source = source;
        this.d = d;
        bands = (int) d.number(SAMPLES, 1);
        deep = d.number(BITS, 1) == 16;
        row = (int) d.number(WIDTH, 0) * bands * (deep ? 2 : 1);
        height = (int) d.number(HEIGHT, 0);
        rows = (int) Math.min(d.number(ROWS, height), height);
    }

    /** Whether a directory, whose size and parts were checked, is of this kind. */
    static boolean plain(TiffDirectory d) {
        long samples = d.number(SAMPLES, 1), compression = d.number(COMPRESSION, 1);
        long rows = Math.min(d.number(ROWS, Long.MAX_VALUE), d.number(HEIGHT, 0));
        return (d.number(PHOTOMETRIC, 0) == 1 && samples == 1 || d.number(PHOTOMETRIC, 0) == 2 && samples == 3)
                && (all(d, BITS, samples, 1, 8) || all(d, BITS, samples, 1, 16))
                && all(d, SAMPLE_FORMAT, samples, 1, 1)
                && (compression == 1 || compression == 8 || compression == 32946)
                && (d.number(PREDICTOR, 1) == 1 || d.number(PREDICTOR, 1) == 2 && compression != 1)
                && d.number(PLANAR, 1) == 1
                && d.number(FILL_ORDER, 1) == 1
                && rows > 0
                && d.count(OFFSETS) == (d.number(HEIGHT, 0) + rows - 1) / rows
                && d.count(LENGTHS) == d.count(OFFSETS);
    }

    private static boolean all(TiffDirectory d, int field, long samples, int other, int value) {
        for (int i = 0; i < samples; i++) {
            if (d.number(field, i, other) != value) {
                return false;
            }
        }
        return true;
    }

    /** The samples interleaved, those of 16 bits little-endian. */
    static byte[] read(Source source, TiffDirectory d) {
        var strips = new TiffStrips(source, d);
        var samples = new byte[strips.row * strips.height];
        Work.rows(d.count(OFFSETS), 1, (from, to) -> strips.read(from, samples));
        return samples;
    }

    private void read(int strip, byte[] samples) {
        int from = strip * rows, to = Math.min(from + rows, height);
        int at = (int) d.number(OFFSETS, strip, 0), length = (int) d.number(LENGTHS, strip, 0);
        if (d.number(COMPRESSION, 1) != 1) {
            inflate(at, length, samples, from * row, (to - from) * row);
        } else if (length < (to - from) * row) {
            throw source.cutOff();
        } else {
            System.arraycopy(source.bytes(), at, samples, from * row, (to - from) * row);
        }
        boolean predicted = d.number(PREDICTOR, 1) == 2;
        for (int y = from; y < to; y++) {
            if (deep) {
                shorts(samples, y * row, predicted);
            } else if (predicted) {
                for (int i = y * row + bands; i < (y + 1) * row; i++) {
                    samples[i] += samples[i - bands];
                }
            }
        }
    }

    private void inflate(int at, int length, byte[] to, int from, int count) {
        var inflater = new Inflater();
        try {
            inflater.setInput(source.bytes(), at, length);
            for (int done = 0; done < count; ) {
                int n = inflater.inflate(to, from + done, count - done);
                if (n == 0) {
                    throw source.cutOff();
                }
                done += n;
            }
        } catch (DataFormatException e) {
            throw source.damaged("its pixels do not unpack");
        } finally {
            inflater.end();
        }
    }

    /** Brings a row of 16 bits into our order; with prediction each sample is the difference to its left neighbour. */
    private void shorts(byte[] samples, int from, boolean predicted) {
        VarHandle order = d.big() ? BIG : LITTLE;
        for (int c = 0; c < bands; c++) {
            short sum = 0;
            for (int i = from + 2 * c; i < from + row; i += 2 * bands) {
                short value = (short) order.get(samples, i);
                sum = predicted ? (short) (sum + value) : value;
                LITTLE.set(samples, i, sum);
            }
        }
    }
}
