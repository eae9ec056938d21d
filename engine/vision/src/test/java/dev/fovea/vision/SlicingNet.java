package dev.fovea.vision;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** An ONNX file with the tensors of SFace (data 1 × 3 × 112 × 112, fc1 1 × 128) that answers its first 128 inputs: a row of red. */
final class SlicingNet {
    private static final int FLOAT = 1;
    private static final int INTS = 7;

    private SlicingNet() {}

    static byte[] onnx() {
        byte[] flatten = message(text(1, "data"), text(2, "flat"), text(4, "Flatten"));
        byte[] slice = message(
                text(1, "flat"),
                text(2, "fc1"),
                text(4, "Slice"),
                part(5, ints("starts", 0)),
                part(5, ints("ends", 128)),
                part(5, ints("axes", 1)));
        byte[] graph = message(
                part(1, flatten),
                part(1, slice),
                text(2, "g"),
                part(11, value("data", 1, 3, 112, 112)),
                part(12, value("fc1", 1, 128)));
        return message(number(1, 4), part(7, graph), part(8, message(text(1, ""), number(2, 9))));
    }

    /** An attribute with one whole number in a list. */
    private static byte[] ints(String name, int value) {
        return message(text(1, name), number(8, value), number(20, INTS));
    }

    private static byte[] value(String name, int... shape) {
        var dimensions = new ByteArrayOutputStream();
        for (int n : shape) {
            dimensions.writeBytes(part(1, number(1, n)));
        }
        byte[] tensor = message(number(1, FLOAT), part(2, dimensions.toByteArray()));
        return message(text(1, name), part(2, part(1, tensor)));
    }

    private static byte[] message(byte[]... fields) {
        var all = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            all.writeBytes(field);
        }
        return all.toByteArray();
    }

    private static byte[] text(int field, String value) {
        return part(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] part(int field, byte[] content) {
        return message(varint(field << 3 | 2), varint(content.length), content);
    }

    private static byte[] number(int field, int value) {
        return message(varint(field << 3), varint(value));
    }

    private static byte[] varint(int value) {
        var bytes = new ByteArrayOutputStream();
        int left = value;
        while ((left & ~127) != 0) {
            bytes.write(left & 127 | 128);
            left >>>= 7;
        }
        bytes.write(left);
        return bytes.toByteArray();
    }
}
