package dev.fovea.video;

import dev.fovea.BadInput;

/**
 * What the frame header of a JPEG (ITU-T T.81, B.2.2) promises, read before anything is decoded.
 *
 * @param width pixels per row
 * @param height rows
 * @param components 1 grey, 3 colours, 4 CMYK
 */
record JpegSize(int width, int height, int components) {
    static JpegSize of(byte[] jpeg, String source) {
        if (jpeg.length < 4 || u8(jpeg, 0) != 0xFF || u8(jpeg, 1) != 0xD8) {
            throw new BadInput(source, "is no JPEG", "send JPEG pictures");
        }
        for (int at = 2; at + 9 < jpeg.length; ) {
            int marker = u8(jpeg, at + 1);
            if (u8(jpeg, at) != 0xFF) {
                throw new BadInput(source, "is a damaged JPEG", "send it again");
            }
            if (marker == 0xFF) {
                at++; // a fill byte
            } else if (frame(marker)) {
                return new JpegSize(u16(jpeg, at + 7), u16(jpeg, at + 5), u8(jpeg, at + 9));
            } else {
                at += 2 + (marker == 1 || marker >= 0xD0 && marker <= 0xD8 ? 0 : u16(jpeg, at + 2));
            }
        }
        throw cutOff(source);
    }

    /** SOF0 to SOF15, of which three markers mean something else. */
    private static boolean frame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    void check(int bytes, int flattest, long most, String source) {
        if (width < 1 || height < 1 || components != 1 && components != 3) {
            throw new BadInput(
                    source,
                    components == 4 ? "is a CMYK JPEG, which is not read live" : "is a JPEG without a size",
                    "send ordinary JPEG pictures");
        }
        if ((long) width * height > most) {
            throw new BadInput(
                    source,
                    "has " + width + " x " + height + " pixels, more than the " + most + " that are read",
                    "scale it down");
        }
        if ((long) width * height > (long) bytes * flattest) {
            throw cutOff(source);
        }
    }

    private static BadInput cutOff(String source) {
        return new BadInput(source, "is a JPEG that is cut off", "send it again");
    }

    private static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    private static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }
}
