package dev.fovea.video;

import dev.fovea.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of a HEIF file: boxes (ISO 14496-12, 4.2) or a box's fields, read from its front. Reading past its end is a {@link BadInput}.
 */
final class HeifBytes {
    private final String name;
    private final byte[] file;
    private final int end;
    private int at;

    /**
     * @param name for messages
     * @param from where the stretch begins
     * @param end just behind it
     */
    HeifBytes(String name, byte[] file, int from, int end) {
        this.name = name;
        this.file = file;
        this.at = from;
        this.end = end;
    }

    /**
     * A box.
     *
     * @param type its four letters
     * @param body what it holds
     */
    record Box(String type, HeifBytes body) {}

    /** The boxes from here to the end. */
    List<Box> boxes() {
        var boxes = new ArrayList<Box>();
        while (at < end) {
            int start = at;
            long size = u32();
            String type = text4();
            if (size == 1) {
                size = u64();
            } else if (size == 0) {
                size = end - start;
            }
            if (size < at - start || size > end - start) {
                throw cutOff();
            }
            boxes.add(new Box(type, new HeifBytes(name, file, at, (int) (start + size))));
            at = (int) (start + size);
        }
        return boxes;
    }

    /** The first box of a type. */
    static Optional<HeifBytes> first(List<Box> boxes, String type) {
        return boxes.stream().filter(b -> b.type.equals(type)).map(Box::body).findFirst();
    }

    int u8() {
        if (at >= end) {
            throw cutOff();
        }
        return file[at++] & 0xFF;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    long u32() {
        return (long) u16() << 16 | u16();
    }

    private long u64() {
        return u32() << 32 | u32();
    }

    /** A number of 0, 1, 2, 4 or 8 bytes. */
    long number(int bytes) {
        long v = 0;
        for (int i = 0; i < bytes; i++) {
            v = v << 8 | u8();
        }
        return v;
    }

    String text4() {
        if (end - at < 4) {
            throw cutOff();
        }
        at += 4;
        return new String(file, at - 4, 4, StandardCharsets.ISO_8859_1);
    }

    int left() {
        return end - at;
    }

    /** The same stretch from here, to be read independently. */
    HeifBytes copy() {
        return new HeifBytes(name, file, at, end);
    }

    /** Everything from here to the end. */
    byte[] rest() {
        return Arrays.copyOfRange(file, at, end);
    }

    /** Bytes of the whole stretch's file, wherever they lie. */
    byte[] slice(long from, long length) {
        if (from < 0 || length < 0 || from > file.length || length > file.length - from) {
            throw cutOff();
        }
        return Arrays.copyOfRange(file, (int) from, (int) (from + length));
    }

    /** Bytes of this stretch, counted from here. */
    byte[] within(long from, long length) {
        if (from < 0 || length < 0 || from > left() || length > left() - from) {
            throw cutOff();
        }
        return slice(at + from, length);
    }

    BadInput cutOff() {
        return new BadInput(name, "is cut off before its end", "copy it from the camera again");
    }

    BadInput damaged(String how) {
        return new BadInput(name, "is damaged: " + how, "copy it from the camera again");
    }

    BadInput unusual(String what) {
        return new BadInput(name, what + ", which is not read", "save it again as PNG or JPEG");
    }
}
