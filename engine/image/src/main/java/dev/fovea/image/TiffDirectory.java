package dev.fovea.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One directory of a TIFF structure (TIFF 6.0, section 2; EXIF uses the same): reading takes what is sound and passes over what is not,
 * writing is big-endian.
 */
final class TiffDirectory {
    /** Bytes of one value, by type 1..12. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    /** The parts that are swapped as one, by type: a rational is two longs. */
    private static final int[] UNITS = {0, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8};

    /** One field; its value lies at {@code at} in the file. */
    record Field(int id, int type, int count, int at) {}

    private final byte[] bytes;
    private final int base;
    private final ByteBuffer buffer;
    private final Map<Integer, Field> fields = new LinkedHashMap<>();

    private TiffDirectory(byte[] bytes, int base, int end, ByteOrder order, long at) {
        this.bytes = bytes;
        this.base = base;
        buffer = ByteBuffer.wrap(bytes, base, end - base).slice().order(order);
        if (at < 8 || at + 2 > buffer.limit()) {
            return;
        }
        int count = buffer.getShort((int) at) & 0xFFFF;
        for (int i = 0, p = (int) at + 2; i < count && p + 12 <= buffer.limit(); i++, p += 12) {
            add(p);
        }
    }

    /** The first directory of the structure at {@code from} (exclusive end {@code to}); empty if it does not begin as TIFF does. */
    static Optional<TiffDirectory> first(byte[] bytes, int from, int to) {
        if (from < 0 || to > bytes.length || to - from < 8) {
            return Optional.empty();
        }
        boolean big = Source.starts(bytes, from, "MM\0*");
        if (!big && !Source.starts(bytes, from, "II*\0")) {
            return Optional.empty();
        }
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long at = ByteBuffer.wrap(bytes).order(order).getInt(from + 4) & 0xFFFFFFFFL;
        return Optional.of(new TiffDirectory(bytes, from, to, order, at));
    }

    /** The directory that a field points at; empty if there is none. */
    TiffDirectory under(int id) {
        return new TiffDirectory(bytes, base, base + buffer.limit(), buffer.order(), number(id, 0));
    }

    private void add(int p) {
        int type = buffer.getShort(p + 2) & 0xFFFF;
        long count = buffer.getInt(p + 4) & 0xFFFFFFFFL;
        if (type < 1 || type >= SIZES.length || count < 1 || count > buffer.limit()) {
            return;
        }
        long size = count * SIZES[type];
        long at = size <= 4 ? p + 8 : buffer.getInt(p + 8) & 0xFFFFFFFFL;
        if (at + size <= buffer.limit()) {
            int id = buffer.getShort(p) & 0xFFFF;
            fields.putIfAbsent(id, new Field(id, type, (int) count, (int) at));
        }
    }

    /** Whether numbers of the file are big-endian. */
    boolean big() {
        return buffer.order() == ByteOrder.BIG_ENDIAN;
    }

    /** The fields in the order they lie. */
    Iterable<Field> fields() {
        return fields.values();
    }

    /** How many values a field has; 0 if it is not there. */
    int count(int id) {
        Field f = fields.get(id);
        return f == null ? 0 : f.count;
    }

    /** The first value of a field of whole numbers, or the other. */
    long number(int id, long other) {
        return count(id) == 0 ? other : number(id, 0, other);
    }

    /** One value of a field of whole numbers, or the other. */
    long number(int id, int index, long other) {
        @Nullable Field f = fields.get(id);
        if (f == null || index >= f.count) {
            return other;
        }
        int at = f.at + index * SIZES[f.type];
        return switch (f.type) {
            case 1, 7 -> buffer.get(at) & 0xFF;
            case 3 -> buffer.getShort(at) & 0xFFFF;
            case 4 -> buffer.getInt(at) & 0xFFFFFFFFL;
            default -> other;
        };
    }

    /** The bytes of a field as they lie; empty if it is not there. */
    byte[] raw(int id) {
        Field f = fields.get(id);
        var value = new byte[f == null ? 0 : f.count * SIZES[f.type]];
        if (f != null) {
            buffer.get(f.at, value);
        }
        return value;
    }

    /** How many bytes a field's values take. */
    static int size(Field f) {
        return f.count * SIZES[f.type];
    }

    /** A field with its values big-endian. */
    Exif.Tag tag(Exif.Directory directory, Field f) {
        byte[] value = raw(f.id);
        int unit = UNITS[f.type];
        if (buffer.order() == ByteOrder.LITTLE_ENDIAN && unit > 1) {
            for (int i = 0; i < value.length; i += unit) {
                for (int a = i, b = i + unit - 1; a < b; a++, b--) {
                    byte t = value[a];
                    value[a] = value[b];
                    value[b] = t;
                }
            }
        }
        return new Exif.Tag(directory, f.id, f.type, f.count, value);
    }

    /** Bytes that {@link #block} will take. */
    static int size(List<Exif.Tag> tags) {
        int values = tags.stream()
                .mapToInt(t -> t.bytes().length <= 4 ? 0 : even(t.bytes().length))
                .sum();
        return 2 + 12 * tags.size() + 4 + values;
    }

    /** A directory and its values, big-endian, to lie at offset {@code at} of its structure. */
    static byte[] block(List<Exif.Tag> tags, int at) {
        var out = ByteBuffer.allocate(size(tags));
        out.putShort((short) tags.size());
        int value = 2 + 12 * tags.size() + 4;
        var ordered = tags.stream()
                .sorted(java.util.Comparator.comparingInt(Exif.Tag::id))
                .toList();
        for (Exif.Tag t : ordered) {
            out.putShort((short) t.id()).putShort((short) t.type()).putInt(t.count());
            if (t.bytes().length <= 4) {
                out.put(t.bytes()).position(out.position() + 4 - t.bytes().length);
            } else {
                out.putInt(at + value).put(value, t.bytes());
                value += even(t.bytes().length);
            }
        }
        return out.array();
    }

    private static int even(int n) {
        return n + (n & 1);
    }
}
