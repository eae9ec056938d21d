package dev.fovea.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A protocol buffer's message: its fields in order, each with its number and wire type (protobuf.dev/programming-guides/encoding). What
 * it does not understand it keeps. It reads what {@link OnnxFile} has found whole.
 */
final class Proto {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    /** One field: a varint has a value, everything else its bytes, in the order of the file. */
    private record Field(int number, int wire, long value, byte[] bytes) {}

    private final List<Field> fields = new ArrayList<>();

    /** The message that some bytes hold. */
    static Proto of(byte[] content) {
        var message = new Proto();
        var in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long key = varint(in);
            int wire = (int) (key & 7);
            long value = wire == VARINT ? varint(in) : 0;
            var bytes = new byte
                    [switch (wire) {
                        case FIXED64 -> Long.BYTES;
                        case FIXED32 -> Integer.BYTES;
                        case BYTES -> Math.toIntExact(varint(in));
                        default -> 0;
                    }];
            in.get(bytes);
            message.fields.add(new Field((int) (key >>> 3), wire, value, bytes));
        }
        return message;
    }

    /** The whole as bytes. */
    byte[] content() {
        var out = new ByteArrayOutputStream();
        for (Field f : fields) {
            varint(out, (long) f.number << 3 | f.wire);
            if (f.wire == VARINT) {
                varint(out, f.value);
            } else {
                if (f.wire == BYTES) {
                    varint(out, f.bytes.length);
                }
                out.writeBytes(f.bytes);
            }
        }
        return out.toByteArray();
    }

    Proto put(int field, long value) {
        fields.add(new Field(field, VARINT, value, new byte[0]));
        return this;
    }

    Proto put(int field, String value) {
        return put(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Proto put(int field, Proto part) {
        return put(field, part.content());
    }

    Proto put(int field, byte[] content) {
        fields.add(new Field(field, BYTES, 0, content));
        return this;
    }

    /** This message without the fields of some numbers. */
    Proto without(int... numbers) {
        return kept(f -> Arrays.stream(numbers).noneMatch(n -> n == f.number));
    }

    /** The last number of a field, or another if there is none. */
    long number(int field, long otherwise) {
        return fields.stream()
                .filter(f -> f.number == field && f.wire == VARINT)
                .mapToLong(Field::value)
                .reduce(otherwise, (first, last) -> last);
    }

    /** All numbers of a field, one by one or packed. */
    long[] numbers(int field) {
        return of(field).stream()
                .flatMapToLong(f -> f.wire == VARINT
                        ? java.util.stream.LongStream.of(f.value)
                        : packed(f.bytes).stream().mapToLong(Long::longValue))
                .toArray();
    }

    /** The 32-bit floating point numbers of a field, one by one or packed. */
    float[] floats(int field) {
        var out = new ByteArrayOutputStream();
        of(field).forEach(f -> out.writeBytes(f.bytes));
        return floats(out.toByteArray());
    }

    /** Bytes as 32-bit floating point numbers, the least byte first. */
    static float[] floats(byte[] bytes) {
        var values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** The last text of a field, empty if there is none. */
    String text(int field) {
        List<String> all = texts(field);
        return all.isEmpty() ? "" : all.getLast();
    }

    List<String> texts(int field) {
        return of(field).stream()
                .map(f -> new String(f.bytes, StandardCharsets.UTF_8))
                .toList();
    }

    List<Proto> parts(int field) {
        return of(field).stream().map(f -> of(f.bytes)).toList();
    }

    /** The bytes of a field, empty if there is none. */
    byte[] bytes(int field) {
        return of(field).stream().map(Field::bytes).reduce(new byte[0], (first, last) -> last);
    }

    private List<Field> of(int number) {
        return fields.stream().filter(f -> f.number == number).toList();
    }

    private Proto kept(Predicate<Field> which) {
        var message = new Proto();
        fields.stream().filter(which).forEach(message.fields::add);
        return message;
    }

    private static List<Long> packed(byte[] bytes) {
        var values = new ArrayList<Long>();
        for (var in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
            values.add(varint(in));
        }
        return values;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 127L) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        for (; (left & ~127L) != 0; left >>>= 7) {
            out.write((int) (left & 127 | 128));
        }
        out.write((int) left);
    }
}
