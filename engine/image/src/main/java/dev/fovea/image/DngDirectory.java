package dev.fovea.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * One directory of a TIFF file (TIFF 6.0, section 2): numbered tags with typed values. Values are looked at when asked for; one that
 * lies beyond the end of the file is refused then. Of a tag that comes twice the first counts.
 */
final class DngDirectory {
    static final int SUB_IFDS = 330;

    /** Bytes of one value by type; 0 for types that do not exist. Type 13 is a directory's offset. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    /** No list of numbers that we look at is longer: a linearization table, or the tiles of a large picture. */
    private static final long MOST_VALUES = 1 << 22;

    /** Where a tag's values lie. */
    private record Entry(int type, long count, long at) {
        long size() {
            return count * SIZES[type];
        }
    }

    private final DngFile file;
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();
    private final long next;

    DngDirectory(DngFile file, long at, int count) {
        this.file = file;
        for (int i = 0; i < count; i++) {
            long e = at + 2 + 12L * i;
            int type = file.u16(e + 2);
            if (type > 0 && type < SIZES.length) {
                long values = file.u32(e + 4);
                boolean inside = values * SIZES[type] <= 4;
                entries.putIfAbsent(file.u16(e), new Entry(type, values, inside ? e + 8 : file.u32(e + 8)));
            }
        }
        long end = at + 2 + 12L * count;
        // Some writers forget the offset of the next directory at the very end of a file.
        next = end + 4 <= file.length() ? file.u32(end) : 0;
    }

    /** The file it lies in. */
    DngFile file() {
        return file;
    }

    /** The offset of the next directory, or 0. */
    long next() {
        return next;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    Iterable<Integer> tags() {
        return entries.keySet();
    }

    int type(int tag) {
        return entry(tag).type;
    }

    /** How many values a tag has; 0 if it is absent. */
    long count(int tag) {
        return has(tag) ? entry(tag).count : 0;
    }

    /** How many bytes the values of a tag take. */
    long size(int tag) {
        return entry(tag).size();
    }

    /** Whether all values of a tag lie within the file. */
    boolean whole(int tag) {
        Entry e = entry(tag);
        return e.at >= 0 && e.at + e.size() <= file.length();
    }

    /** The first value of a tag as a whole number, or another if the tag is absent. */
    long integer(int tag, long otherwise) {
        return count(tag) == 0 ? otherwise : (long) value(entry(tag), 0);
    }

    /** The first value of a tag as a number, or another if the tag is absent. */
    double number(int tag, double otherwise) {
        return count(tag) == 0 ? otherwise : value(entry(tag), 0);
    }

    /** All values as whole numbers. */
    long[] integers(int tag) {
        double[] d = numbers(tag);
        long[] n = new long[d.length];
        for (int i = 0; i < n.length; i++) {
            n[i] = (long) d[i];
        }
        return n;
    }

    /** All values; a ratio over zero is NaN. */
    double[] numbers(int tag) {
        Entry e = entry(tag);
        if (e.count > MOST_VALUES) {
            throw file.bad("has " + e.count + " values in tag " + tag, "copy it from the camera again");
        }
        file.need(e.at, e.size());
        double[] d = new double[(int) e.count];
        for (int i = 0; i < d.length; i++) {
            d[i] = value(e, i);
        }
        return d;
    }

    /** All values, or others if the tag is absent or has another count. */
    double[] numbers(int tag, double... otherwise) {
        return count(tag) == otherwise.length ? numbers(tag) : otherwise;
    }

    /** The bytes of a tag as they lie in the file. */
    byte[] bytes(int tag) {
        Entry e = entry(tag);
        file.need(e.at, e.size());
        return Arrays.copyOfRange(file.bytes(), (int) e.at, (int) (e.at + e.size()));
    }

    /** The bytes of a tag, each value with its most significant byte first. */
    byte[] bigEndian(int tag) {
        byte[] b = bytes(tag);
        int type = type(tag);
        int unit = type == 5 || type == 10 ? 4 : SIZES[type];
        if (!file.big() && unit > 1) {
            for (int i = 0; i + unit <= b.length; i += unit) {
                for (int l = i, r = i + unit - 1; l < r; l++, r--) {
                    byte t = b[l];
                    b[l] = b[r];
                    b[r] = t;
                }
            }
        }
        return b;
    }

    /** A text, or nothing. */
    String text(int tag) {
        return has(tag)
                ? new String(bytes(tag), StandardCharsets.UTF_8).replace("\0", "").strip()
                : "";
    }

    private Entry entry(int tag) {
        Entry e = entries.get(tag);
        if (e == null) {
            throw file.bad("lacks the tag " + tag, "write it again with a DNG converter");
        }
        return e;
    }

    private double value(Entry e, int i) {
        long at = e.at + (long) i * SIZES[e.type];
        return switch (e.type) {
            case 3 -> file.u16(at);
            case 4, 13 -> file.u32(at);
            case 5 -> ratio(file.u32(at), file.u32(at + 4));
            case 6 -> (byte) file.u8(at);
            case 8 -> (short) file.u16(at);
            case 9 -> (int) file.u32(at);
            case 10 -> ratio((int) file.u32(at), (int) file.u32(at + 4));
            case 11 -> Float.intBitsToFloat((int) file.u32(at));
            case 12 -> Double.longBitsToDouble(file.u64(at));
            default -> file.u8(at);
        };
    }

    private static double ratio(double above, double below) {
        return below == 0 ? Double.NaN : above / below;
    }
}
