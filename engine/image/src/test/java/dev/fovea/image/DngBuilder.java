package dev.fovea.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Lays out small DNGs of any kind, sound or not, independently of the writer: strips or tiles first, then one directory. */
final class DngBuilder {
    private record Value(int type, int count, byte[] bytes) {}

    private final ByteOrder order;
    private final TreeMap<Integer, Value> tags = new TreeMap<>();
    private final List<byte[]> chunks = new ArrayList<>();
    private boolean tiles;

    DngBuilder(ByteOrder order) {
        this.order = order;
    }

    /** A mosaic of one plane whose pixels are still to come. */
    static DngBuilder mosaic(ByteOrder order, int width, int height, int bits) {
        return new DngBuilder(order)
                .longs(254, 0)
                .longs(256, width)
                .longs(257, height)
                .shorts(258, bits)
                .shorts(259, 1)
                .shorts(262, 32803)
                .shorts(277, 1)
                .bytes(50706, 1, 4, 0, 0)
                .shorts(33421, 2, 2)
                .bytes(33422, 0, 1, 1, 2);
    }

    DngBuilder bytes(int tag, int... values) {
        byte[] b = new byte[values.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) values[i];
        }
        return put(tag, 1, b.length, b);
    }

    DngBuilder blob(int tag, byte[] values) {
        return put(tag, 7, values.length, values);
    }

    DngBuilder text(int tag, String text) {
        byte[] b = (text + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return put(tag, 2, b.length, b);
    }

    DngBuilder shorts(int tag, int... values) {
        ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(order);
        for (int v : values) {
            b.putShort((short) v);
        }
        return put(tag, 3, values.length, b.array());
    }

    DngBuilder longs(int tag, int... values) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(order);
        b.asIntBuffer().put(values);
        return put(tag, 4, values.length, b.array());
    }

    /** Ratios over 10,000. */
    DngBuilder ratios(int tag, double... values) {
        ByteBuffer b = ByteBuffer.allocate(8 * values.length).order(order);
        for (double v : values) {
            b.putInt((int) Math.round(v * 10000)).putInt(10000);
        }
        return put(tag, 10, values.length, b.array());
    }

    DngBuilder doubles(int tag, double... values) {
        ByteBuffer b = ByteBuffer.allocate(8 * values.length).order(order);
        b.asDoubleBuffer().put(values);
        return put(tag, 12, values.length, b.array());
    }

    DngBuilder without(int tag) {
        tags.remove(tag);
        return this;
    }

    /** Strips of so many rows. */
    DngBuilder strips(int rows, byte[]... strips) {
        chunks.addAll(List.of(strips));
        return longs(278, rows);
    }

    DngBuilder tiles(int width, int height, byte[]... all) {
        chunks.addAll(List.of(all));
        tiles = true;
        return longs(322, width).longs(323, height);
    }

    byte[] build() {
        int[] at = new int[chunks.size()];
        int[] counts = new int[chunks.size()];
        int next = 8;
        for (int i = 0; i < at.length; i++) {
            at[i] = next;
            counts[i] = chunks.get(i).length;
            next += counts[i] + (counts[i] & 1);
        }
        if (at.length > 0) {
            longs(tiles ? 324 : 273, at).longs(tiles ? 325 : 279, counts);
        }
        var out = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(8).order(order);
        head.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I')).put(head.get(0));
        out.writeBytes(head.putShort((short) 42).putInt(next).array());
        for (byte[] c : chunks) {
            out.writeBytes(c);
            out.writeBytes(new byte[c.length & 1]);
        }
        directory(out, next);
        return out.toByteArray();
    }

    private void directory(ByteArrayOutputStream out, int offset) {
        ByteBuffer head = ByteBuffer.allocate(6 + 12 * tags.size()).order(order);
        head.putShort((short) tags.size());
        var values = new ByteArrayOutputStream();
        tags.forEach((id, v) -> {
            head.putShort((short) (int) id).putShort((short) v.type).putInt(v.count);
            if (v.bytes.length <= 4) {
                head.put(java.util.Arrays.copyOf(v.bytes, 4));
            } else {
                head.putInt(offset + head.capacity() + values.size());
                values.writeBytes(v.bytes);
            }
        });
        out.writeBytes(head.putInt(0).array());
        out.writeBytes(values.toByteArray());
    }

    private DngBuilder put(int tag, int type, int count, byte[] bytes) {
        tags.put(tag, new Value(type, count, bytes));
        return this;
    }
}
