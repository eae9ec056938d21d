package dev.fovea.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small ONNX files (onnx.proto as protocol buffers), for tests. Dimensions below 0 are left open. */
final class Onnx {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT32 = 6;
    static final int INT64 = 7;

    private Onnx() {}

    /** A message being written. */
    static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message part(int field, Message... parts) {
            for (Message part : parts) {
                bytes(field, part.bytes.toByteArray());
            }
            return this;
        }

        Message bytes(int field, byte[] content) {
            varint((long) field << 3 | 2);
            varint(content.length);
            bytes.writeBytes(content);
            return this;
        }

        byte[] content() {
            return bytes.toByteArray();
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~127L) != 0) {
                bytes.write((int) (left & 127 | 128));
                left >>>= 7;
            }
            bytes.write((int) left);
        }
    }

    /** A network of one operation that needs no weights. */
    static byte[] network(String operation, Message input, Message output) {
        return model(new Message()
                .part(1, node(operation))
                .text(2, "g")
                .part(11, input)
                .part(12, output));
    }

    /** y = relu(x), in one shape. */
    static byte[] relu(int... shape) {
        return network("Relu", value("x", FLOAT, shape), value("y", FLOAT, shape));
    }

    /** An operation from x to y. */
    static Message node(String operation) {
        return new Message().text(1, "x").text(2, "y").text(4, operation);
    }

    /** y = x + w, where w is a tensor. */
    static byte[] plus(Message weights, int... shape) {
        Message add = new Message().text(1, "x").text(1, "w").text(2, "y").text(4, "Add");
        return model(new Message()
                .part(1, add)
                .text(2, "g")
                .part(5, weights)
                .part(11, value("x", FLOAT, shape))
                .part(12, value("y", FLOAT, shape)));
    }

    /** A tensor named w whose values are said to be in another file. */
    static Message elsewhere(String file, int... shape) {
        Message tensor = new Message();
        Arrays.stream(shape).forEach(n -> tensor.number(1, n));
        return tensor.number(2, FLOAT)
                .text(8, "w")
                .part(13, new Message().text(1, "location").text(2, file))
                .number(14, 1);
    }

    /** A named input or output. */
    static Message value(String name, int type, int... shape) {
        Message dimensions = new Message();
        for (int n : shape) {
            dimensions.part(1, n < 0 ? new Message().text(2, "open" + -n) : new Message().number(1, n));
        }
        Message tensor = new Message().number(1, type).part(2, dimensions);
        return new Message().text(1, name).part(2, new Message().part(1, tensor));
    }

    /** A model with a graph. */
    static byte[] model(Message graph) {
        return new Message()
                .number(1, 8)
                .part(7, graph)
                .part(8, new Message().text(1, "").number(2, 13))
                .content();
    }
}
