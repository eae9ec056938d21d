package dev.fovea.image;

import dev.fovea.BadInput;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads one PNG (third edition, W3C 2025): every colour type and depth, interlaced or not. Of further chunks only those that say what the
 * colours mean and the EXIF are looked at.
 */
final class PngReader {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;
    private static final int MOST_ICC = 1 << 22;

    /** A byte of deflate (RFC 1951) never stands for more. */
    private static final int DEFLATE = 1032;

    /** The first column and row of each interlaced pass, and the distance to the next ones. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private record Part(int from, int length) {}

    private final Source source;
    private final List<Part> parts = new ArrayList<>();
    private int width;
    private int height;
    private int depth;
    private int type;
    private boolean interlaced;
    private byte[] palette = {};
    private byte @Nullable [] transparency;
    private byte[] icc = {};
    private boolean p3;
    private Exif exif = Exif.NONE;

    // What is made: samples of one or two bytes, little-endian.
    private int size;
    private int colours;
    private byte[] samples = {};
    private byte @Nullable [] alpha;

    PngReader(Source source) {
        this.source = source;
    }

    Decoded decode() {
        chunks();
        size = depth == 16 ? 2 : 1;
        colours = type == GREY || type == GREY_ALPHA ? 1 : 3;
        long packed = parts.stream().mapToLong(Part::length).sum();
        source.checkRatio(packed, (long) height * ((long) width * channels() * depth / 8 + 1), DEFLATE);
        Frame.Format format = Rasters.format(colours, size == 2);
        samples = new byte[(int) format.bytes(width, height)];
        if (transparency != null || type == GREY_ALPHA || type == RGB_ALPHA) {
            alpha = new byte[width * height * size];
        }
        try (var pixels = new Pixels()) {
            for (int[] pass : interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
                pass(pixels, pass[0], pass[1], pass[2], pass[3]);
            }
        }
        Colour colour = p3 ? Colour.DISPLAY_P3 : Colour.SRGB;
        Frame frame = Decoded.frame(source, width, height, format, samples, colour, exif);
        return new Decoded(IccProfile.applied(frame, icc), alpha);
    }

    private void chunks() {
        for (int at = 8; ; ) {
            long length = source.u32(at);
            int body = at + 8;
            if (length > source.length() - body - 4L) {
                throw source.cutOff();
            }
            int end = body + (int) length;
            check(at + 4, end);
            if (at == 8 && !source.says(at + 4, "IHDR")) {
                throw source.damaged("it does not begin with a header");
            }
            if (source.says(at + 4, "IEND")) {
                break;
            }
            chunk(at + 4, body, end);
            at = end + 4;
        }
        if (parts.isEmpty() || type == PALETTE && palette.length == 0) {
            throw source.damaged("pixels or palette are missing");
        }
    }

    private void check(int from, int end) {
        var crc = new CRC32();
        crc.update(source.bytes(), from, end - from);
        if (crc.getValue() != source.u32(end)) {
            throw source.damaged("a checksum is wrong");
        }
    }

    private void chunk(int name, int from, int end) {
        switch (new String(source.bytes(), name, 4, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            case "IHDR" -> header(from, end);
            case "PLTE" -> palette = Arrays.copyOfRange(source.bytes(), from, end);
            case "tRNS" -> transparency = Arrays.copyOfRange(source.bytes(), from, end);
            case "IDAT" -> parts.add(new Part(from, end - from));
            case "eXIf" -> exif = ExifBlock.parse(source.bytes(), from, end);
            case "iCCP" -> icc = profile(from, end);
            // Primaries 12 and transfer 13 of ITU-T H.273 are Display P3.
            case "cICP" -> p3 = source.u8(from) == 12 && source.u8(from + 1) == 13;
            default -> {
                if ((source.u8(name) & 0x20) == 0) {
                    throw source.unusual("is a PNG with a chunk of its own kind");
                }
            }
        }
    }

    private void header(int from, int end) {
        if (end - from != 13) {
            throw source.damaged("its header has a wrong length");
        }
        source.checkSize(source.u32(from), source.u32(from + 4));
        width = (int) source.u32(from);
        height = (int) source.u32(from + 4);
        depth = source.u8(from + 8);
        type = source.u8(from + 9);
        interlaced = source.u8(from + 12) == 1;
        boolean known = switch (type) {
            case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known || source.u8(from + 10) != 0 || source.u8(from + 11) != 0 || source.u8(from + 12) > 1) {
            throw source.damaged("its header is not one of a PNG");
        }
    }

    /** The profile unpacked; empty if it is broken or larger than any real one. */
    private byte[] profile(int from, int end) {
        int at = from;
        while (at < end && source.u8(at) != 0) {
            at++;
        }
        var out = new ByteArrayOutputStream();
        try (var inflater = new Inflater()) {
            inflater.setInput(source.bytes(), Math.min(at + 2, end), Math.max(0, end - at - 2));
            var buffer = new byte[1 << 13];
            for (int n; (n = inflater.inflate(buffer)) > 0 && out.size() <= MOST_ICC; ) {
                out.write(buffer, 0, n);
            }
        } catch (DataFormatException e) {
            return new byte[0];
        }
        return out.size() > MOST_ICC ? new byte[0] : out.toByteArray();
    }

    private int channels() {
        return switch (type) {
            case RGB -> 3;
            case GREY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    private void pass(Pixels pixels, int x0, int y0, int dx, int dy) {
        int columns = (width - x0 + dx - 1) / dx, rows = (height - y0 + dy - 1) / dy;
        if (columns <= 0 || rows <= 0) {
            return;
        }
        int bits = channels() * depth, length = Math.toIntExact(((long) columns * bits + 7) / 8);
        var line = new byte[length + 1];
        var above = new byte[length + 1];
        for (int r = 0; r < rows; r++) {
            pixels.take(line);
            unfilter(line, above, Math.max(1, bits / 8));
            put(line, (y0 + r * dy) * width + x0, dx, columns);
            byte[] t = above;
            above = line;
            line = t;
        }
    }

    /** Undoes the filter named by the first byte (PNG, 9.2): each byte was written as the difference to a guess from its neighbours. */
    private void unfilter(byte[] line, byte[] above, int step) {
        switch (line[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = step + 1; i < line.length; i++) {
                    line[i] += line[i - step];
                }
            }
            case 2 -> {
                for (int i = 1; i < line.length; i++) {
                    line[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < line.length; i++) {
                    int left = i > step ? line[i - step] & 0xFF : 0;
                    line[i] += (byte) ((left + (above[i] & 0xFF)) / 2);
                }
            }
            case 4 -> unpaeth(line, above, step);
            default -> throw source.damaged("a line has an unknown filter");
        }
    }

    private static void unpaeth(byte[] line, byte[] above, int step) {
        for (int i = 1; i < Math.min(step + 1, line.length); i++) {
            line[i] += above[i];
        }
        for (int i = step + 1; i < line.length; i++) {
            line[i] += (byte) PngWriter.paeth(line[i - step] & 0xFF, above[i] & 0xFF, above[i - step] & 0xFF);
        }
    }

    /** Takes a line's pixels apart; {@code to} is the index of the first, {@code dx} the distance to the next. */
    private void put(byte[] line, int to, int dx, int columns) {
        if (type == RGB && depth == 8 && dx == 1 && transparency == null) {
            System.arraycopy(line, 1, samples, 3 * to, 3 * columns);
        } else if (type == PALETTE) {
            putPalette(line, to, dx, columns);
        } else if (depth < 8) {
            putBits(line, to, dx, columns);
        } else {
            putWhole(line, to, dx, columns);
        }
    }

    private void putWhole(byte[] line, int to, int dx, int columns) {
        byte[] coverage = alpha;
        boolean stored = type == GREY_ALPHA || type == RGB_ALPHA;
        int pixel = channels() * size;
        for (int x = 0, s = 1, p = to; x < columns; x++, s += pixel, p += dx) {
            copy(line, s, samples, p * colours * size, colours);
            if (coverage != null) {
                if (stored) {
                    copy(line, s + colours * size, coverage, p * size, 1);
                } else {
                    byte all = (byte) (isKey(line, s) ? 0 : 255);
                    Arrays.fill(coverage, p * size, (p + 1) * size, all);
                }
            }
        }
    }

    /** Big-endian samples made little-endian. */
    private void copy(byte[] from, int s, byte[] to, int t, int count) {
        if (size == 1) {
            for (int c = 0; c < count; c++) {
                to[t + c] = from[s + c];
            }
        } else {
            for (int c = 0; c < 2 * count; c += 2) {
                to[t + c] = from[s + c + 1];
                to[t + c + 1] = from[s + c];
            }
        }
    }

    /** Whether a pixel has the one colour that is meant to be transparent. */
    private boolean isKey(byte[] line, int s) {
        byte[] key = transparency;
        if (key == null || key.length < 2 * colours) {
            return false;
        }
        for (int c = 0; c < colours; c++) {
            boolean same = size == 1
                    ? line[s + c] == key[2 * c + 1]
                    : line[s + 2 * c] == key[2 * c] && line[s + 2 * c + 1] == key[2 * c + 1];
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private int bits(byte[] line, int x) {
        int first = x * depth;
        return line[1 + first / 8] >> 8 - depth - first % 8 & (1 << depth) - 1;
    }

    private void putBits(byte[] line, int to, int dx, int columns) {
        byte[] key = transparency, coverage = alpha;
        int most = (1 << depth) - 1, hidden = key == null || key.length < 2 ? -1 : key[1] & most;
        for (int x = 0, p = to; x < columns; x++, p += dx) {
            int v = bits(line, x);
            samples[p] = (byte) (v * 255 / most);
            if (coverage != null) {
                coverage[p] = (byte) (v == hidden ? 0 : 255);
            }
        }
    }

    private void putPalette(byte[] line, int to, int dx, int columns) {
        byte[] coverage = alpha, opacity = transparency;
        for (int x = 0, p = to; x < columns; x++, p += dx) {
            int v = bits(line, x);
            if (3 * v + 3 > palette.length) {
                throw source.damaged("a colour is not in its palette");
            }
            System.arraycopy(palette, 3 * v, samples, 3 * p, 3);
            if (coverage != null && opacity != null) {
                coverage[p] = v < opacity.length ? opacity[v] : (byte) 255;
            }
        }
    }

    /** The unpacked bytes of all parts, one after the other. */
    private final class Pixels implements AutoCloseable {
        private final Inflater inflater = new Inflater();
        private int next;

        void take(byte[] line) {
            try {
                for (int have = 0; have < line.length; ) {
                    int n = inflater.inflate(line, have, line.length - have);
                    have += n;
                    if (n == 0) {
                        more();
                    }
                }
            } catch (DataFormatException e) {
                throw new BadInput(source.name(), "is damaged: its pixels do not unpack", "copy it again", e);
            }
        }

        private void more() {
            if (inflater.finished() || inflater.needsDictionary() || next == parts.size()) {
                throw source.cutOff();
            }
            Part part = parts.get(next++);
            inflater.setInput(source.bytes(), part.from, part.length);
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
