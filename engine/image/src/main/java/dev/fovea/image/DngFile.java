package dev.fovea.image;

import dev.fovea.BadInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The bytes of a TIFF file in its byte order. Every access is checked: what lies beyond the end is a file that was cut off. */
final class DngFile {
    /** A camera file has a handful of directories; a file that has more was made to tire us. */
    private static final int MOST_DIRECTORIES = 64;


    private final byte[] bytes;
    private final boolean big;
    private final String source;

    /**
     * @param bytes the whole file
     * @throws BadInput if this is no TIFF, or a BigTIFF
     */
    DngFile(byte[] bytes, String source) {
        this.bytes = bytes;
        this.source = source;
        if (bytes.length < 8) {
            throw cutOff();
        }
        this.big = bytes[0] == 'M';
        boolean tiff = bytes[0] == bytes[1] && (bytes[0] == 'M' || bytes[0] == 'I');
        int version = tiff ? u16(2) : 0;
        if (version == 43) {
            throw bad("is a BigTIFF", "write it as an ordinary DNG, below 4 GiB");
        }
        if (version != 42) {
            throw bad("is no DNG", "give a .dng file as a camera or a DNG converter wrote it");
        }
    }

    /** Whether the file begins like a TIFF. */
    static boolean begins(byte[] head) {
        return head.length >= 4
                && (head[0] == 'I' && head[1] == 'I' && head[2] == 42 && head[3] == 0
                        || head[0] == 'M' && head[1] == 'M' && head[2] == 0 && head[3] == 42);
    }

    /** The main directories and all their SubIFDs (tag 330), in the order in which they are met; the first is the main one. */
    List<DngDirectory> directories() {
        var all = new ArrayList<DngDirectory>();
        var seen = new HashSet<Long>();
        var queue = new ArrayDeque<Long>();
        queue.add(u32(4));
        while (!queue.isEmpty()) {
            long at = queue.remove();
            if (at == 0) {
                continue;
            }
            DngDirectory d = directory(at, seen);
            all.add(d);
            if (all.size() > MOST_DIRECTORIES) {
                throw bad("has more than " + MOST_DIRECTORIES + " directories", "copy it from the camera again");
            }
            for (long child : d.has(DngDirectory.SUB_IFDS) ? d.integers(DngDirectory.SUB_IFDS) : new long[0]) {
                queue.add(child);
            }
            queue.add(d.next());
        }
        if (all.isEmpty()) {
            throw bad("has no directory", "copy it from the camera again");
        }
        return all;
    }

    /** The directory at an offset, which must not have been met before. */
    DngDirectory directory(long at, Set<Long> seen) {
        if (!seen.add(at)) {
            throw bad("has directories that point at each other", "copy it from the camera again");
        }
        int count = u16(at);
        need(at, 2 + 12L * count);
        return new DngDirectory(this, at, count);
    }

    int length() {
        return bytes.length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether numbers lie with the most significant byte first. */
    boolean big() {
        return big;
    }

    String source() {
        return source;
    }

    int u8(long at) {
        need(at, 1);
        return bytes[(int) at] & 0xFF;
    }

    int u16(long at) {
        need(at, 2);
        int a = bytes[(int) at] & 0xFF;
        int b = bytes[(int) at + 1] & 0xFF;
        return big ? a << 8 | b : b << 8 | a;
    }

    long u32(long at) {
        need(at, 4);
        return big ? (long) u16(at) << 16 | u16(at + 2) : (long) u16(at + 2) << 16 | u16(at);
    }

    long u64(long at) {
        need(at, 8);
        return big ? u32(at) << 32 | u32(at + 4) : u32(at + 4) << 32 | u32(at);
    }

    /** Refuses unless so many bytes lie at an offset. */
    void need(long at, long count) {
        if (at < 0 || count < 0 || at > bytes.length || count > bytes.length - at) {
            throw cutOff();
        }
    }

    BadInput cutOff() {
        return bad("is cut off after " + bytes.length + " bytes", "copy it from the camera again");
    }

    BadInput bad(String problem, String cure) {
        return new BadInput(source, problem, cure);
    }
}
