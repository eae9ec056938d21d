package dev.fovea.image;

import java.io.ByteArrayOutputStream;
import java.util.TreeMap;

/**
 * A JPEG file taken apart (ISO 10918-1, annex B): its size, its EXIF and colour profile, and the file without them, which is what a
 * decoder is given.
 *
 * @param components 1 grey, 3 colour, 4 for printing
 * @param exif where the EXIF block lies, and its exclusive end; both 0 if there is none
 * @param icc the colour profile, or empty
 * @param pixels the file without comments and application segments that a decoder need not see
 */
record JpegSegments(int width, int height, int components, int exifFrom, int exifTo, byte[] icc, byte[] pixels) {
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int COM = 0xFE;
    private static final String EXIF = "Exif\0\0";
    private static final String ICC = "ICC_PROFILE\0";
    private static final int ICC_PART = 65519;

    /** Takes a file apart; refuses one that ends before its end mark. */
    static JpegSegments of(Source file) {
        return new Parser(file).parse();
    }

    /** Walks from segment to segment up to the end mark. */
    private static final class Parser {
        private final Source file;
        private final ByteArrayOutputStream kept;
        private final TreeMap<Integer, byte[]> iccParts = new TreeMap<>();
        private int width;
        private int height;
        private int components;
        private int exifFrom;
        private int exifTo;

        Parser(Source file) {
            this.file = file;
            kept = new ByteArrayOutputStream(file.length());
        }

        JpegSegments parse() {
            kept.write(file.bytes(), 0, 2);
            var scanned = new boolean[1];
            JpegWalk.through(file, (marker, from, to) -> {
                segment(marker, from, to);
                if (marker == JpegWalk.SOS) {
                    kept.write(file.bytes(), to, JpegWalk.scanEnd(file, to) - to);
                    scanned[0] = true;
                }
            });
            if (!scanned[0] || width == 0) {
                throw file.damaged("there is no picture in it");
            }
            kept.write(0xFF);
            kept.write(JpegWalk.EOI);
            var icc = new ByteArrayOutputStream();
            iccParts.values().forEach(icc::writeBytes);
            return new JpegSegments(width, height, components, exifFrom, exifTo, icc.toByteArray(), kept.toByteArray());
        }

        private void segment(int marker, int at, int end) {
            boolean keep = (marker < APP0 || marker > APP0 + 15) && marker != COM && marker != JpegWalk.SOI;
            if (frame(marker)) {
                height = file.u16(at + 3);
                width = file.u16(at + 5);
                components = file.u8(at + 7);
                file.checkSize(width, height);
            } else if (marker == APP1 && file.says(at + 2, EXIF) && exifTo == 0) {
                exifFrom = at + 2 + EXIF.length();
                exifTo = Math.max(end, exifFrom);
            } else if (marker == APP2 && file.says(at + 2, ICC) && end - at > 16) {
                iccParts.put(file.u8(at + 14), java.util.Arrays.copyOfRange(file.bytes(), at + 16, end));
            } else if (marker == APP14 || marker == APP0 && file.says(at + 2, "JFIF\0")) {
                keep = true;
            }
            if (keep) {
                kept.write(file.bytes(), at - 2, end - at + 2);
            }
        }

        /** SOF0..15, without the tables that lie between them. */
        private static boolean frame(int marker) {
            return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        }
    }

    /**
     * A file as cameras write it: EXIF first (which then takes the place of the JFIF segment, EXIF 2.32, 4.5.4), then the colour profile.
     *
     * @param jpeg a file with nothing but a JFIF segment
     */
    static byte[] with(byte[] jpeg, byte[] exif, byte[] icc) {
        var out = new ByteArrayOutputStream(jpeg.length + exif.length + icc.length + 64);
        int rest = 2;
        boolean jfif = (jpeg[3] & 0xFF) == APP0;
        if (exif.length > 0 && jfif) {
            rest = 4 + ((jpeg[4] & 0xFF) << 8 | jpeg[5] & 0xFF);
        }
        out.write(jpeg, 0, 2);
        if (exif.length > 0) {
            begin(out, APP1, EXIF, exif.length);
            out.writeBytes(exif);
        } else if (jfif) {
            rest = 4 + ((jpeg[4] & 0xFF) << 8 | jpeg[5] & 0xFF);
            out.write(jpeg, 2, rest - 2);
        }
        int parts = (icc.length + ICC_PART - 1) / ICC_PART;
        for (int i = 0; i < parts; i++) {
            int length = Math.min(ICC_PART, icc.length - i * ICC_PART);
            begin(out, APP2, ICC, length + 2);
            out.write(i + 1);
            out.write(parts);
            out.write(icc, i * ICC_PART, length);
        }
        out.write(jpeg, rest, jpeg.length - rest);
        return out.toByteArray();
    }

    /** The most bytes of EXIF that a segment can hold. */
    static final int EXIF_ROOM = 65533 - EXIF.length();

    private static void begin(ByteArrayOutputStream out, int marker, String name, int length) {
        int size = 2 + name.length() + length;
        out.write(0xFF);
        out.write(marker);
        out.write(size >> 8);
        out.write(size);
        out.writeBytes(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
