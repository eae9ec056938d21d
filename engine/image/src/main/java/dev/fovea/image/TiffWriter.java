package dev.fovea.image;

import dev.fovea.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Writes one TIFF (6.0), big-endian, in strips: whole numbers as differences to the left neighbour (predictor 2), packed with deflate side
 * by side; floating point as it is.
 */
final class TiffWriter {
    private static final int STRIP_BYTES = 1 << 20;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    /** The level that was found best for PNG. */
    private static final int LEVEL = 3;

    private final Image image;
    private final int bits;
    private final int bands;
    private final int length;
    private final int rows;
    private final int strips;
    private final OutputStream out;

    TiffWriter(Image image, int bits, OutputStream out) {
        this.image = image;
        this.bits = bits;
        this.out = out;
        bands = image.colour().planes();
        length = Math.multiplyExact(image.width(), bands * bits / 8);
        rows = Math.clamp(STRIP_BYTES / length, 1, image.height());
        strips = (image.height() + rows - 1) / rows;
        if ((long) length * image.height() > 0xFFFF0000L) {
            throw new IllegalArgumentException(
                    "a TIFF holds at most 4 GiB, less than " + image + " of " + bits + " bits");
        }
    }

    void write(Exif exif) throws IOException {
        if (bits == 32) {
            var lengths = new long[strips];
            Arrays.setAll(lengths, i -> (long) length * rowsOf(i));
            out.write(head(exif, lengths));
            for (int i = 0; i < strips; i++) {
                out.write(strip(i));
            }
            return;
        }
        var packed = new byte[strips][];
        Work.rows(strips, 1, (from, to) -> packed[from] = deflated(strip(from)));
        out.write(head(exif, Arrays.stream(packed).mapToLong(p -> p.length).toArray()));
        for (byte[] p : packed) {
            out.write(p);
        }
    }

    private int rowsOf(int strip) {
        return Math.min(rows, image.height() - strip * rows);
    }

    /** The header and directories; the strips follow at once. */
    private byte[] head(Exif exif, long[] lengths) {
        var at = new long[strips];
        int size = ExifBlock.bytes(exif, tags(at, lengths)).length;
        long next = size;
        for (int i = 0; i < strips; i++) {
            at[i] = next;
            next += lengths[i];
        }
        return ExifBlock.bytes(exif, tags(at, lengths));
    }

    private List<Exif.Tag> tags(long[] offsets, long[] lengths) {
        var each = new long[bands];
        var tags = new ArrayList<Exif.Tag>();
        tags.add(tag(256, LONG, image.width()));
        tags.add(tag(257, LONG, image.height()));
        Arrays.fill(each, bits);
        tags.add(tag(258, SHORT, each));
        tags.add(tag(259, SHORT, bits == 32 ? 1 : 8));
        tags.add(tag(262, SHORT, bands == 1 ? 1 : 2));
        tags.add(tag(273, LONG, offsets));
        tags.add(tag(277, SHORT, bands));
        tags.add(tag(278, LONG, rows));
        tags.add(tag(279, LONG, lengths));
        if (bits < 32) {
            tags.add(tag(317, SHORT, 2));
        }
        if (image.colour() == Colour.SRGBA) {
            tags.add(tag(338, SHORT, 2));
        }
        Arrays.fill(each, bits == 32 ? 3 : 1);
        tags.add(tag(339, SHORT, each));
        if (image.colour() == Colour.DISPLAY_P3) {
            byte[] icc = IccProfile.displayP3();
            tags.add(new Exif.Tag(Exif.Directory.MAIN, 34675, 7, icc.length, icc));
        }
        return tags;
    }

    private static Exif.Tag tag(int id, int type, long... values) {
        var bytes = ByteBuffer.allocate(values.length * (type == SHORT ? 2 : 4));
        for (long v : values) {
            if (type == SHORT) {
                bytes.putShort((short) v);
            } else {
                bytes.putInt((int) v);
            }
        }
        return new Exif.Tag(Exif.Directory.MAIN, id, type, values.length, bytes.array());
    }

    private byte[] strip(int strip) {
        int count = rowsOf(strip), top = strip * rows;
        var bytes = new byte[length * count];
        for (int r = 0; r < count; r++) {
            if (bits == 32) {
                floats(top + r, bytes, r * length);
            } else {
                Quantise.row(image, top + r, bits, bytes, r * length);
                difference(bytes, r * length);
            }
        }
        return bytes;
    }

    private void floats(int y, byte[] to, int at) {
        var out = ByteBuffer.wrap(to, at, length);
        for (int x = 0, i = y * image.width(); x < image.width(); x++, i++) {
            for (int c = 0; c < bands; c++) {
                out.putFloat(image.plane(c)[i]);
            }
        }
    }

    /** From the right, so that each neighbour is still whole when it is needed. */
    private void difference(byte[] row, int at) {
        int step = bands * bits / 8;
        for (int i = at + length - bits / 8; i >= at + step; i -= bits / 8) {
            if (bits == 8) {
                row[i] -= row[i - step];
            } else {
                int d = (row[i] << 8 | row[i + 1] & 0xFF) - (row[i - step] << 8 | row[i - step + 1] & 0xFF);
                row[i] = (byte) (d >> 8);
                row[i + 1] = (byte) d;
            }
        }
    }

    private static byte[] deflated(byte[] bytes) {
        var packed = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (var deflater = new Deflater(LEVEL)) {
            deflater.setInput(bytes);
            deflater.finish();
            var buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return packed.toByteArray();
    }
}
