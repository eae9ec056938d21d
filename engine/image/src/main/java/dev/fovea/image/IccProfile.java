package dev.fovea.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Colour profiles (ICC.1:2022): tells which colours a file means, and makes the one profile that is written. */
final class IccProfile {
    /** Red, green and blue of Display P3 and of sRGB as X, Y, Z under D50: columns of the matrix, colour by colour. */
    private static final double[] P3 = {0.51512, 0.24120, -0.00105, 0.29198, 0.69225, 0.04189, 0.15710, 0.06657, 0.78407
    };

    private static final double[] SRGB = {
        0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.71410
    };

    private static final String[] PRIMARIES = {"rXYZ", "gXYZ", "bXYZ"};
    private static final int ROWS = 256;

    private IccProfile() {}

    /** {@link Colour#SRGB} or {@link Colour#DISPLAY_P3} if the profile of an RGB picture means these, within what rounding does. */
    static Optional<Colour> colour(byte[] icc) {
        if (!Source.starts(icc, 16, "RGB ") || !srgbCurve(icc)) {
            return Optional.empty();
        }
        return near(icc, SRGB)
                ? Optional.of(Colour.SRGB)
                : near(icc, P3) ? Optional.of(Colour.DISPLAY_P3) : Optional.empty();
    }

    private static boolean near(byte[] icc, double[] wanted) {
        var buffer = ByteBuffer.wrap(icc);
        for (int i = 0; i < 9; i++) {
            int at = tag(icc, PRIMARIES[i / 3], 20) + 8 + 4 * (i % 3);
            if (at < 12 || Math.abs(buffer.getInt(at) / 65536.0 - wanted[i]) > 0.004) {
                return false;
            }
        }
        return true;
    }

    /** Whether the tone curve takes a half to about 0.214, as that of sRGB does; the plain power 2.2 of simple profiles is near enough. */
    private static boolean srgbCurve(byte[] icc) {
        int at = tag(icc, "gTRC", 14);
        if (at < 0) {
            return false;
        }
        var b = ByteBuffer.wrap(icc);
        double half = Double.NaN;
        if (Source.starts(icc, at, "para") && at + 16 <= icc.length) {
            int kind = b.getShort(at + 8);
            double g = b.getInt(at + 12) / 65536.0;
            boolean offset = kind == 3 && at + 24 <= icc.length;
            half = offset
                    ? Math.pow(b.getInt(at + 16) / 65536.0 / 2 + b.getInt(at + 20) / 65536.0, g)
                    : kind == 0 ? Math.pow(0.5, g) : Double.NaN;
        } else if (Source.starts(icc, at, "curv")) {
            long n = b.getInt(at + 8) & 0xFFFFFFFFL;
            long middle = at + 12 + 2 * ((n - 1) / 2);
            if (n == 1) {
                half = Math.pow(0.5, (b.getShort(at + 12) & 0xFFFF) / 256.0);
            } else if (n > 1 && middle + 2 <= icc.length) {
                half = (b.getShort((int) middle) & 0xFFFF) / 65535.0;
            }
        }
        return Math.abs(half - 0.2140) < 0.008;
    }

    /** Where a tag's data lie, with at least so many bytes; -1 if it is not there. */
    private static int tag(byte[] icc, String name, int atLeast) {
        if (icc.length < 132) {
            return -1;
        }
        var b = ByteBuffer.wrap(icc);
        int count = Math.clamp(b.getInt(128), 0, (icc.length - 132) / 12);
        for (int i = 0, p = 132; i < count; i++, p += 12) {
            long at = b.getInt(p + 4) & 0xFFFFFFFFL;
            if (Source.starts(icc, p, name) && at + atLeast <= icc.length) {
                return (int) at;
            }
        }
        return -1;
    }

    /**
     * A frame in colours that are worked with: as it is if its profile means these, otherwise converted to sRGB. A profile that cannot be
     * used is passed over, as viewers do; so is that of a grey picture.
     *
     * @param frame its samples are changed in place if it is RGB and has to be converted
     */
    static Frame applied(Frame frame, byte[] icc) {
        if (frame.format().grey() || icc.length == 0) {
            return frame;
        }
        Optional<Colour> colour = colour(icc);
        if (colour.isPresent()) {
            return meaning(frame, frame.format(), frame.bytes(), colour.get());
        }
        try {
            ICC_Profile profile = ICC_Profile.getInstance(icc);
            Frame rgb = frame.format() == Frame.Format.I420 ? unpacked(frame) : frame;
            convert(rgb, profile);
            return meaning(rgb, rgb.format(), rgb.bytes(), Colour.SRGB);
        } catch (IllegalArgumentException | CMMException e) {
            return frame;
        }
    }

    private static Frame unpacked(Frame frame) {
        return meaning(frame, Frame.Format.RGB8, Quantise.bytes(frame.image()), frame.colour());
    }

    private static Frame meaning(Frame of, Frame.Format format, byte[] bytes, Colour colour) {
        return new Frame(
                of.width(), of.height(), format, bytes, colour, of.at(), of.spectrum(), of.exif(), of.source());
    }

    private static void convert(Frame frame, ICC_Profile from) {
        if (from.getColorSpaceType() != ColorSpace.TYPE_RGB) {
            return;
        }
        var op = new ColorConvertOp(new ICC_Profile[] {from, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
        int w = frame.width();
        for (int y = 0; y < frame.height(); y += ROWS) {
            int rows = Math.min(ROWS, frame.height() - y);
            if (frame.format() == Frame.Format.RGB8) {
                convert8(op, frame.bytes(), 3 * y * w, w, rows);
            } else {
                convert16(op, frame.bytes(), 6 * y * w, w, rows);
            }
        }
    }

    private static void convert8(ColorConvertOp op, byte[] bytes, int at, int w, int rows) {
        var band = new byte[3 * w * rows];
        System.arraycopy(bytes, at, band, 0, band.length);
        var raster = Raster.createInterleavedRaster(
                new DataBufferByte(band, band.length), w, rows, 3 * w, 3, new int[] {0, 1, 2}, null);
        var made = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, w, rows, 3, null);
        op.filter(raster, made);
        System.arraycopy(((DataBufferByte) made.getDataBuffer()).getData(), 0, bytes, at, band.length);
    }

    private static void convert16(ColorConvertOp op, byte[] bytes, int at, int w, int rows) {
        var band = new short[3 * w * rows];
        var view = ByteBuffer.wrap(bytes, at, 2 * band.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        view.get(0, band);
        var raster = Raster.createInterleavedRaster(
                new DataBufferUShort(band, band.length), w, rows, 3 * w, 3, new int[] {0, 1, 2}, null);
        var made = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, w, rows, 3, null);
        op.filter(raster, made);
        view.put(0, ((DataBufferUShort) made.getDataBuffer()).getData());
    }

    /** A profile of Display P3 (version 4): three primaries, one curve, the adaptation from D65. */
    static byte[] displayP3() {
        byte[] name = text("Display P3"), rights = text("No copyright, use freely");
        byte[][] data = {
            name,
            rights,
            numbers("XYZ ", 0.96420, 1, 0.82491),
            numbers("XYZ ", P3[0], P3[1], P3[2]),
            numbers("XYZ ", P3[3], P3[4], P3[5]),
            numbers("XYZ ", P3[6], P3[7], P3[8]),
            curve(),
            numbers("sf32", 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
        };
        String[] names = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "chad", "gTRC", "bTRC"};
        int table = 132 + 12 * names.length, size = table;
        var at = new int[names.length];
        for (int i = 0; i < data.length; i++) {
            at[i] = size;
            size += data[i].length;
        }
        at[8] = at[9] = at[6];
        var out = ByteBuffer.allocate(size);
        out.putInt(0, size).putInt(8, 0x04400000).put(12, ascii("mntrRGB XYZ ")).put(36, ascii("acsp"));
        out.putShort(24, (short) 2026).putShort(26, (short) 1).putShort(28, (short) 1);
        out.putInt(68, fixed(0.96420)).putInt(72, fixed(1)).putInt(76, fixed(0.82491));
        out.position(128).putInt(names.length);
        for (int i = 0; i < names.length; i++) {
            byte[] one = data[i < data.length ? i : 6];
            out.put(ascii(names[i])).putInt(at[i]).putInt(one.length).put(at[i], one);
        }
        return out.array();
    }

    private static byte[] curve() {
        return ByteBuffer.allocate(32)
                .put(ascii("para"))
                .putInt(0)
                .putShort((short) 3)
                .putShort((short) 0)
                .putInt(fixed(2.4))
                .putInt(fixed(1 / 1.055))
                .putInt(fixed(0.055 / 1.055))
                .putInt(fixed(1 / 12.92))
                .putInt(fixed(0.04045))
                .array();
    }

    private static byte[] numbers(String type, double... values) {
        var out = ByteBuffer.allocate(8 + 4 * values.length).put(ascii(type)).putInt(0);
        for (double v : values) {
            out.putInt(fixed(v));
        }
        return out.array();
    }

    private static byte[] text(String text) {
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
        return ByteBuffer.allocate(28 + (utf16.length + 3) / 4 * 4)
                .put(ascii("mluc"))
                .putInt(0)
                .putInt(1)
                .putInt(12)
                .put(ascii("enUS"))
                .putInt(utf16.length)
                .putInt(28)
                .put(utf16)
                .array();
    }

    private static int fixed(double v) {
        return (int) Math.round(v * 65536);
    }

    private static byte[] ascii(String s) {
        return s.getBytes(StandardCharsets.US_ASCII);
    }
}
