package dev.fovea.onnx;

import dev.fovea.BadInput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks through an ONNX file before the runtime does. A network may keep its weights in other files, whose names it chooses: it could have
 * any file of this machine read. Such networks are refused; so is what is no ONNX or is cut off, in words that a person understands.
 *
 * <p>ONNX is a protocol buffer: fields of a number and a wire type, nested by length (protobuf.dev/programming-guides/encoding; the
 * numbers are those of onnx.proto).
 */
final class OnnxFile {
    private static final String NOT_WHOLE = "is no ONNX file, or it is cut off or damaged";
    private static final int MOST_NESTED = 100;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_DATA_LOCATION = 14;

    /** The messages on the way to a tensor. */
    private enum Message {
        MODEL,
        TRAINING,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE,
        TENSOR;

        /** What the field of a number holds, if there is a tensor in it somewhere. */
        @Nullable
        Message part(int field) {
            return switch (this) {
                case MODEL -> field == 7 ? GRAPH : field == 20 ? TRAINING : field == 25 ? FUNCTION : null;
                case TRAINING -> field == 1 || field == 2 ? GRAPH : null;
                case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : field == 15 ? SPARSE : null;
                case FUNCTION -> field == 7 ? NODE : field == 11 ? ATTRIBUTE : null;
                case NODE -> field == 5 ? ATTRIBUTE : null;
                case ATTRIBUTE ->
                    switch (field) {
                        case 5, 10 -> TENSOR;
                        case 6, 11 -> GRAPH;
                        case 22, 23 -> SPARSE;
                        default -> null;
                    };
                case SPARSE -> field == 1 || field == 2 ? TENSOR : null;
                case TENSOR -> null;
            };
        }
    }

    private final String source;
    private final byte[] content;
    private boolean graph;

    private OnnxFile(String source, byte[] content) {
        this.source = source;
        this.content = content;
    }

    /** @throws BadInput if the content is no whole ONNX file, or one that refers to other files */
    static void check(String source, byte[] content) {
        var file = new OnnxFile(source, content);
        // The runtime has a second format, in which nothing here would be seen.
        if (content.length >= 8 && new String(content, 4, 4, StandardCharsets.ISO_8859_1).equals("ORTM")) {
            throw file.refusal("is a file for ONNX Runtime alone");
        }
        file.walk(Message.MODEL, 0, content.length, 0);
        if (!file.graph) {
            throw file.refusal(NOT_WHOLE);
        }
    }

    private void walk(Message message, int from, int to, int depth) {
        if (depth > MOST_NESTED) {
            throw refusal("is nested more than " + MOST_NESTED + " deep");
        }
        for (int at = from; at < to; ) {
            long key = varint(at, to);
            at = after(at, to);
            int field = (int) (key >>> 3);
            inspect(message, field, key, at, to);
            int start = (key & 7) == 2 ? after(at, to) : at;
            int end = end(at, start, to, (int) (key & 7));
            @Nullable Message part = message.part(field);
            if (part != null && (key & 7) == 2) {
                graph |= message == Message.MODEL && part == Message.GRAPH;
                walk(part, start, end, depth + 1);
            }
            at = end;
        }
    }

    private void inspect(Message message, int field, long key, int at, int to) {
        boolean elsewhere = field == TENSOR_EXTERNAL_DATA
                || (field == TENSOR_DATA_LOCATION && (key & 7) == 0 && varint(at, to) != 0);
        if (message == Message.TENSOR && elsewhere) {
            throw refusal("keeps weights in another file, which Fovea does not follow");
        }
    }

    /** Where a field ends. */
    private int end(int at, int start, int to, int wireType) {
        long length = switch (wireType) {
            case 0 -> after(at, to) - (long) at;
            case 1 -> 8;
            case 2 -> varint(at, to);
            case 5 -> 4;
            default -> throw refusal(NOT_WHOLE);
        };
        if (length < 0 || length > to - (long) start) {
            throw refusal(NOT_WHOLE);
        }
        return start + (int) length;
    }

    /** Seven bits a byte, the least first; the last byte is below 128. */
    private long varint(int at, int to) {
        long value = 0;
        for (int i = at; i < after(at, to); i++) {
            value |= (content[i] & 127L) << (7 * (i - at));
        }
        return value;
    }

    private int after(int at, int to) {
        for (int i = at; i < Math.min(to, at + 10); i++) {
            if (content[i] >= 0) {
                return i + 1;
            }
        }
        throw refusal(NOT_WHOLE);
    }

    private BadInput refusal(String problem) {
        return new BadInput(source, problem, "restore the file or use another model");
    }
}
