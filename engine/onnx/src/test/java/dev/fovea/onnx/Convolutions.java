package dev.fovea.onnx;

import dev.fovea.model.Tensor;
import dev.fovea.onnx.Onnx.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small networks of convolutions with random weights, for tests. */
final class Convolutions {
    private Convolutions() {}

    /**
     * Planes x to planes y: a convolution, a normalisation, a bound, a convolution that is added to what went into it, a bound, a depthwise
     * convolution with a smaller picture as its result, and one that makes y.
     *
     * @param version of the operations: 11 or 13
     */
    static byte[] network(int version) {
        var random = new Random(8);
        Message graph = new Message()
                .part(1, node("Conv", "a", "x", "w1", "b1").part(5, pads(1)))
                .part(1, node("BatchNormalization", "n", "a", "scale", "shift", "mean", "variance"))
                .part(1, node("Relu", "r", "n"))
                .part(1, node("Conv", "c", "r", "w2", "b2").part(5, pads(1)))
                .part(1, node("Add", "s", "c", "r"))
                .part(1, node("Relu", "t", "s"))
                .part(1, node("Conv", "d", "t", "w3").part(5, pads(1), ints("strides", 2, 2), whole("group", 8)))
                .part(1, node("Conv", "y", "d", "w4", "b4"))
                .text(2, "g");
        tensor(graph, "w1", random, 0.4, 0, 8, 3, 3, 3);
        tensor(graph, "b1", random, 0.3, 0, 8);
        tensor(graph, "scale", random, 0.2, 1, 8);
        tensor(graph, "shift", random, 0.2, 0.2, 8);
        tensor(graph, "mean", random, 0.2, 0, 8);
        tensor(graph, "variance", random, 0, 0.7, 8);
        tensor(graph, "w2", random, 0.2, 0, 8, 8, 3, 3);
        tensor(graph, "b2", random, 0.3, 0, 8);
        tensor(graph, "w3", random, 0.3, 0, 8, 1, 3, 3);
        tensor(graph, "w4", random, 0.5, 0, 2, 8, 1, 1);
        tensor(graph, "b4", random, 0.3, 0, 2);
        graph.part(11, Onnx.value("x", Onnx.FLOAT, 1, 3, -1, -2)).part(12, Onnx.value("y", Onnx.FLOAT, 1, 2, -3, -4));
        return model(graph, version);
    }

    /** Eight numbers to four: two products with constants, the second of which is given transposed. */
    static byte[] products() {
        var random = new Random(9);
        Message graph = new Message()
                .part(1, node("MatMul", "m", "x", "w1"))
                .part(1, node("Relu", "r", "m"))
                .part(1, node("Gemm", "y", "r", "w2", "b2").part(5, whole("transB", 1)))
                .text(2, "g");
        tensor(graph, "w1", random, 0.5, 0, 8, 16);
        tensor(graph, "w2", random, 0.5, 0, 4, 16);
        tensor(graph, "b2", random, 0.5, 0, 4);
        graph.part(11, Onnx.value("x", Onnx.FLOAT, -1, 8)).part(12, Onnx.value("y", Onnx.FLOAT, -1, 4));
        return model(graph, 13);
    }

    /** Random inputs between 0 and 1. */
    static List<List<Tensor>> inputs(int n, int... shape) {
        var random = new Random(n);
        return IntStream.range(0, n)
                .mapToObj(i -> {
                    var values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
                    for (int k = 0; k < values.length; k++) {
                        values[k] = random.nextFloat();
                    }
                    return List.<Tensor>of(new Tensor.Floats(values, shape));
                })
                .toList();
    }

    private static byte[] model(Message graph, int version) {
        return new Message()
                .number(1, 8)
                .part(7, graph)
                .part(8, new Message().text(1, "").number(2, version))
                .content();
    }

    private static Message node(String operation, String out, String... in) {
        var node = new Message();
        Arrays.stream(in).forEach(name -> node.text(1, name));
        return node.text(2, out).text(4, operation);
    }

    private static Message pads(int n) {
        return ints("pads", n, n, n, n);
    }

    private static Message ints(String name, int... values) {
        Message attribute = new Message().text(1, name);
        Arrays.stream(values).forEach(v -> attribute.number(8, v));
        return attribute.number(20, 7);
    }

    private static Message whole(String name, int value) {
        return new Message().text(1, name).number(3, value).number(20, 2);
    }

    private static void tensor(Message graph, String name, Random random, double spread, double mean, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        var raw = ByteBuffer.allocate(Float.BYTES * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            raw.putFloat((float) (mean + spread * random.nextGaussian()));
        }
        Message tensor = new Message();
        Arrays.stream(shape).forEach(n -> tensor.number(1, n));
        graph.part(5, tensor.number(2, Onnx.FLOAT).text(8, name).bytes(9, raw.array()));
    }
}
