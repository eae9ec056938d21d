package dev.fovea.image;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file in memory, and the sentences for what may be wrong with it. Numbers are big-endian; reading past the end is {@link #cutOff}.
 *
 * @param name for messages
 * @param bytes the whole file
 */
record Source(String name, byte[] bytes) {
    private static final long MOST = Integer.MAX_VALUE - 64L;

    static Source of(Path file) throws IOException {
        if (Files.size(file) > MOST) {
            throw new BadInput(file.toString(), "is larger than 2 GiB", "give a smaller or compressed picture");
        }
        return new Source(file.toString(), Files.readAllBytes(file));
    }

    int length() {
        return bytes.length;
    }

    int u8(int at) {
        if (at < 0 || at >= bytes.length) {
            throw cutOff();
        }
        return bytes[at] & 0xFF;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /** Whether the text (as ISO 8859-1) stands at an offset. */
    boolean says(int at, String text) {
        return starts(bytes, at, text);
    }

    /** Whether the text (as ISO 8859-1) stands at an offset. */
    static boolean starts(byte[] bytes, int at, String text) {
        if (at < 0 || at + text.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes[at + i] & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    BadInput cutOff() {
        return cutOff(name);
    }

    static BadInput cutOff(String name) {
        return new BadInput(name, "is cut off before its end", "copy it from the camera again");
    }

    BadInput damaged(String how) {
        return new BadInput(name, "is damaged: " + how, "copy it from the camera again");
    }

    BadInput unusual(String what) {
        return new BadInput(name, what + ", which is not read", "save it again as PNG or JPEG");
    }

    /** Refuses a size before anything is allocated for it. */
    void checkSize(long width, long height) {
        if (width < 1 || height < 1) {
            throw damaged("it says that it is " + width + " x " + height + " pixels large");
        }
        if (width > Image.MAX_PIXELS || height > Image.MAX_PIXELS || width * height > Image.MAX_PIXELS) {
            throw new BadInput(
                    name,
                    "has " + width + " x " + height + " pixels, more than the 2^28 that are read",
                    "scale it down or cut it into parts");
        }
    }

    /**
     * Refuses a picture that cannot be whole: so few bytes do not unpack to so many.
     *
     * @param packed compressed bytes that are there
     * @param unpacked bytes that the header promises
     * @param ratio the most that the method can reach
     */
    void checkRatio(long packed, long unpacked, long ratio) {
        if (unpacked > (packed + 64) * ratio) {
            throw cutOff();
        }
    }
}
