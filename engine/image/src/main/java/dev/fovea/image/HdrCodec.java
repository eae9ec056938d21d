package dev.fovea.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Radiance HDR: three mantissas of 8 bits that share an exponent (Ward, Real Pixels, Graphics Gems II, 1991), proportional to light. Read
 * flat, with the old and with the new run lengths; written with the new. EXIF is not kept, the format has no place for it.
 */
public final class HdrCodec implements Codec {
    private static final Pattern SIZE = Pattern.compile("([-+])([XY]) +(\\d{1,9}) +([-+])([XY]) +(\\d{1,9})");
    private static final int LEAST_RUN_WIDTH = 8;
    private static final int MOST_RUN_WIDTH = 0x7FFF;

    @Override
    public String name() {
        return "Radiance HDR";
    }

    @Override
    public List<String> extensions() {
        return List.of("hdr", "pic", "rgbe");
    }

    @Override
    public boolean recognises(byte[] head, Path file) {
        return Source.starts(head, 0, "#?RADIANCE") || Source.starts(head, 0, "#?RGBE");
    }

    @Override
    public boolean exposures() {
        return false;
    }

    @Override
    public Shot read(Path file) {
        throw new dev.fovea.BadInput(
                file.toString(), "is a radiance map, not an exposure", "give the pictures as the camera took them");
    }

    @Override
    public Image image(Path file) throws IOException {
        return new Decoder(Source.of(file)).image();
    }

    /** Reads one file. */
    private static final class Decoder {
        private final Source source;
        private int at;
        private double scale = 1;
        private boolean xyz;

        Decoder(Source source) {
            this.source = source;
        }

        Image image() {
            header();
            Matcher size = SIZE.matcher(line());
            if (!size.matches() || size.group(2).equals(size.group(5))) {
                throw source.damaged("its size is not told");
            }
            int lines = Integer.parseInt(size.group(3)), length = Integer.parseInt(size.group(6));
            source.checkSize(length, lines);
            // 8 bytes make a run of 127 pixels with the new run lengths; the old ones reach further, but not in real
            // pictures.
            source.checkRatio(source.length() - at, (long) lines * length, 64);
            var planes = new float[3][lines * length];
            var row = new byte[4 * length];
            for (int y = 0; y < lines; y++) {
                row(row, length);
                unpack(row, planes, y * length);
            }
            boolean firstIsY = size.group(2).equals("Y");
            boolean down = size.group(1).equals("-") == firstIsY,
                    right = size.group(4).equals("+") == firstIsY;
            Image stored = Image.of(length, lines, xyz ? Colour.XYZ : Colour.LINEAR, planes);
            Image upright = Upright.turned(stored, orientation(firstIsY, down, right));
            return xyz ? upright.to(Colour.LINEAR) : upright;
        }

        /** The order of scan lines as an EXIF orientation; "+" means up for Y. */
        private static int orientation(boolean firstIsY, boolean down, boolean right) {
            if (firstIsY) {
                return down ? (right ? 1 : 2) : (right ? 4 : 3);
            }
            return down ? (right ? 5 : 8) : (right ? 6 : 7);
        }

        /** Each EXPOSURE line says by what the pixels were multiplied. */
        private void header() {
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.startsWith("EXPOSURE=")) {
                    try {
                        scale /= Double.parseDouble(line.substring(9).strip());
                    } catch (NumberFormatException e) {
                        throw source.damaged("its exposure is not a number");
                    }
                } else if (line.startsWith("FORMAT=")) {
                    xyz = line.contains("xyze");
                }
            }
            if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
                throw source.damaged("its exposure is not positive");
            }
        }

        private String line() {
            int from = at;
            while (source.u8(at) != '\n') {
                if (at++ - from > 4096) {
                    throw source.damaged("its header does not end");
                }
            }
            return new String(source.bytes(), from, at++ - from, StandardCharsets.ISO_8859_1).strip();
        }

        private void row(byte[] row, int length) {
            boolean runs = length >= LEAST_RUN_WIDTH
                    && length <= MOST_RUN_WIDTH
                    && source.u8(at) == 2
                    && source.u8(at + 1) == 2
                    && source.u8(at + 2) < 128;
            if (!runs) {
                oldRow(row, length);
                return;
            }
            if (source.u16(at + 2) != length) {
                throw source.damaged("a line has another length than the picture");
            }
            at += 4;
            for (int c = 0; c < 4; c++) {
                component(row, c, length);
            }
        }

        private void component(byte[] row, int c, int length) {
            for (int x = 0; x < length; ) {
                int count = source.u8(at++);
                boolean run = count > 128;
                count -= run ? 128 : 0;
                if (count == 0 || x + count > length) {
                    throw source.damaged("a run leaves its line");
                }
                for (int end = x + count; x < end; x++) {
                    row[4 * x + c] = (byte) source.u8(at);
                    at += run ? 0 : 1;
                }
                at += run ? 1 : 0;
            }
        }

        /** A pixel 1, 1, 1, n repeats the one before n times; directly behind another such, n counts 256 times as much. */
        private void oldRow(byte[] row, int length) {
            int shift = 0;
            for (int x = 0; x < length; ) {
                int p = at;
                at += 4;
                if (source.u8(p) == 1 && source.u8(p + 1) == 1 && source.u8(p + 2) == 1) {
                    long count = (long) source.u8(p + 3) << shift;
                    if (x == 0 || shift > 24 || x + count > length) {
                        throw source.damaged("a run leaves its line");
                    }
                    for (long end = x + count; x < end; x++) {
                        System.arraycopy(row, 4 * x - 4, row, 4 * x, 4);
                    }
                    shift += 8;
                } else {
                    source.u8(p + 3);
                    System.arraycopy(source.bytes(), p, row, 4 * x++, 4);
                    shift = 0;
                }
            }
        }

        /** A mantissa m stands for what lies between m and m + 1: the middle is taken. */
        private void unpack(byte[] row, float[][] planes, int to) {
            for (int i = 0, o = to; i < row.length; i += 4, o++) {
                int exponent = row[i + 3] & 0xFF;
                if (exponent != 0) {
                    double unit = Math.scalb(scale, exponent - 136);
                    planes[0][o] = (float) (((row[i] & 0xFF) + 0.5) * unit);
                    planes[1][o] = (float) (((row[i + 1] & 0xFF) + 0.5) * unit);
                    planes[2][o] = (float) (((row[i + 2] & 0xFF) + 0.5) * unit);
                }
            }
        }
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public void write(Image image, Exif exif, Encoding encoding, OutputStream out) throws IOException {
        Image light = Quantise.linear(image);
        int w = light.width(), h = light.height();
        out.write(("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y " + h + " +X " + w + "\n")
                .getBytes(StandardCharsets.US_ASCII));
        boolean runs = w >= LEAST_RUN_WIDTH && w <= MOST_RUN_WIDTH;
        var row = new byte[4][w];
        var packed = new ByteArrayOutputStream(4 * w + 64);
        for (int y = 0; y < h; y++) {
            pack(light, y, row);
            packed.reset();
            if (runs) {
                packed.writeBytes(new byte[] {2, 2, (byte) (w >> 8), (byte) w});
                for (byte[] component : row) {
                    compress(component, packed);
                }
            } else {
                for (int x = 0; x < w; x++) {
                    packed.writeBytes(new byte[] {row[0][x], row[1][x], row[2][x], row[3][x]});
                }
            }
            packed.writeTo(out);
        }
    }

    private static void pack(Image light, int y, byte[][] row) {
        int w = light.width();
        boolean grey = light.colour().planes() == 1;
        float[] red = light.plane(0), green = light.plane(grey ? 0 : 1), blue = light.plane(grey ? 0 : 2);
        for (int x = 0, i = y * w; x < w; x++, i++) {
            float r = held(red[i]), g = held(green[i]), b = held(blue[i]);
            float top = Math.max(r, Math.max(g, b));
            int exponent = top < 1e-32f ? 0 : Math.getExponent(top) + 1;
            float scale = top < 1e-32f ? 0 : Math.scalb(256f, -exponent);
            row[0][x] = (byte) (r * scale);
            row[1][x] = (byte) (g * scale);
            row[2][x] = (byte) (b * scale);
            row[3][x] = (byte) (top < 1e-32f ? 0 : exponent + 128);
        }
    }

    /** What the format can hold: nothing negative, nothing from 2^127 on. */
    private static float held(float v) {
        return v > 0 ? Math.min(v, 0x1.fep126f) : 0;
    }

    /** Runs of at least four equal bytes; what lies between them is copied. */
    private static void compress(byte[] row, ByteArrayOutputStream out) {
        int x = 0;
        while (x < row.length) {
            int run = runLength(row, x);
            if (run >= 4) {
                out.write(128 + run);
                out.write(row[x]);
                x += run;
            } else {
                int end = x + 1;
                while (end < row.length && end - x < 128 && runLength(row, end) < 4) {
                    end++;
                }
                out.write(end - x);
                out.write(row, x, end - x);
                x = end;
            }
        }
    }

    private static int runLength(byte[] row, int from) {
        int end = from + 1;
        while (end < row.length && end - from < 127 && row[end] == row[from]) {
            end++;
        }
        return end - from;
    }
}
