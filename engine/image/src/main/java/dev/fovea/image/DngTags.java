package dev.fovea.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A directory of a TIFF file under construction, big-endian like the bytes of {@link Exif}. */
final class DngTags {
    private static final int ENTRY = 12;

    private record Value(int type, int count, byte[] bytes) {}

    private final TreeMap<Integer, Value> tags = new TreeMap<>();

    DngTags tag(Exif.Tag tag) {
        return put(tag.id(), tag.type(), tag.count(), tag.bytes());
    }

    DngTags bytes(int tag, int... values) {
        byte[] b = new byte[values.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) values[i];
        }
        return put(tag, 1, b.length, b);
    }

    DngTags text(int tag, String text) {
        byte[] b = (text + "\0").getBytes(StandardCharsets.UTF_8);
        return put(tag, 2, b.length, b);
    }

    DngTags shorts(int tag, int... values) {
        var b = ByteBuffer.allocate(2 * values.length);
        for (int v : values) {
            b.putShort((short) v);
        }
        return put(tag, 3, values.length, b.array());
    }

    DngTags longs(int tag, int... values) {
        var b = ByteBuffer.allocate(4 * values.length);
        b.asIntBuffer().put(values);
        return put(tag, 4, values.length, b.array());
    }

    DngTags rationals(int tag, float... values) {
        return ratios(tag, 5, values);
    }

    DngTags signedRationals(int tag, float... values) {
        return ratios(tag, 10, values);
    }

    DngTags doubles(int tag, double... values) {
        var b = ByteBuffer.allocate(8 * values.length);
        b.asDoubleBuffer().put(values);
        return put(tag, 12, values.length, b.array());
    }

    /** How many bytes the directory and its values take. */
    int length() {
        int n = 2 + ENTRY * tags.size() + 4;
        for (Value v : tags.values()) {
            n += v.bytes.length > 4 ? even(v.bytes.length) : 0;
        }
        return n;
    }

    /** The directory as it lies at an offset of a file, its values behind it. */
    byte[] at(int offset) {
        var head = ByteBuffer.allocate(2 + ENTRY * tags.size() + 4);
        var values = new ByteArrayOutputStream();
        head.putShort((short) tags.size());
        for (Map.Entry<Integer, Value> e : tags.entrySet()) {
            Value v = e.getValue();
            head.putShort((short) (int) e.getKey())
                    .putShort((short) v.type)
                    .putInt(v.count);
            if (v.bytes.length > 4) {
                head.putInt(offset + head.capacity() + values.size());
                values.writeBytes(v.bytes);
                values.writeBytes(new byte[even(v.bytes.length) - v.bytes.length]);
            } else {
                head.put(java.util.Arrays.copyOf(v.bytes, 4));
            }
        }
        head.putInt(0);
        return ByteBuffer.allocate(head.capacity() + values.size())
                .put(head.array())
                .put(values.toByteArray())
                .array();
    }

    boolean empty() {
        return tags.isEmpty();
    }

    private DngTags ratios(int tag, int type, float[] values) {
        var b = ByteBuffer.allocate(8 * values.length);
        for (float v : values) {
            ratio(v, b);
        }
        return put(tag, type, values.length, b.array());
    }

    /** The simplest ratio that is nearest to a number: its continued fraction, until the float is met or 31 bits are full. */
    private static void ratio(float value, ByteBuffer to) {
        double rest = Math.abs((double) value);
        long n0 = 0;
        long n1 = 1;
        long d0 = 1;
        long d1 = 0;
        for (int i = 0; i < 40; i++) {
            long whole = (long) rest;
            long n = whole * n1 + n0;
            long d = whole * d1 + d0;
            if (n > Integer.MAX_VALUE || d > Integer.MAX_VALUE) {
                break;
            }
            n0 = n1;
            n1 = n;
            d0 = d1;
            d1 = d;
            double left = rest - whole;
            if ((float) ((double) n / d) == Math.abs(value) || left <= 0) {
                break;
            }
            rest = 1 / left;
        }
        to.putInt((int) (value < 0 ? -n1 : n1)).putInt((int) d1);
    }

    private DngTags put(int tag, int type, int count, byte[] bytes) {
        tags.put(tag, new Value(type, count, bytes));
        return this;
    }

    private static int even(int n) {
        return n + 1 & ~1;
    }
}
