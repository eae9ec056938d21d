package dev.fovea.image;

/** Walks through a JPEG file (ISO 10918-1, annex B) from segment to segment, up to its end mark. */
final class JpegWalk {
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;

    private JpegWalk() {}

    /** Is shown every segment. */
    @FunctionalInterface
    interface Visitor {
        /**
         * A segment.
         *
         * @param marker its kind: the byte behind FF
         * @param from the offset of its length, which lies behind the marker
         * @param to its exclusive end; {@code from} if it is a marker alone
         */
        void segment(int marker, int from, int to);
    }

    /**
     * Shows a visitor all segments in order.
     *
     * @return the offset behind the end mark
     * @throws dev.fovea.BadInput if the file ends before its end mark
     */
    static int through(Source file, Visitor visitor) {
        int at = 2;
        while (true) {
            at = marker(file, at);
            int marker = file.u8(at - 1);
            if (marker == EOI) {
                return at;
            }
            int end = standsAlone(marker) ? at : at + file.u16(at);
            if (end > file.length()) {
                throw file.cutOff();
            }
            visitor.segment(marker, at, end);
            at = marker == SOS ? scanEnd(file, end) : end;
        }
    }

    /** The offset behind the next marker; markers may be preceded by any number of FF, and by rubbish. */
    private static int marker(Source file, int from) {
        int at = from;
        while (file.u8(at) != 0xFF || file.u8(at + 1) == 0xFF || file.u8(at + 1) == 0) {
            at++;
        }
        return at + 2;
    }

    /** The first marker behind compressed data, in which FF is followed by 00 and restart marks (D0..D7) are data. */
    static int scanEnd(Source file, int from) {
        byte[] b = file.bytes();
        for (int i = from; i + 1 < b.length; i++) {
            if (b[i] == (byte) 0xFF) {
                int next = b[i + 1] & 0xFF;
                if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                    return i;
                }
            }
        }
        throw file.cutOff();
    }

    private static boolean standsAlone(int marker) {
        return marker == SOI || marker == 1 || marker >= 0xD0 && marker <= 0xD7;
    }
}
