package dev.fovea.onnx;

import dev.fovea.BadInput;
import dev.fovea.onnx.Graph.Node;
import dev.fovea.onnx.Histogram.Range;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a network compute with 8-bit integers. Its heavy operations (convolutions and products with constants) get weights of 8 bits with
 * a scale for each output, and values of 8 bits with a scale and a zero for each tensor; what only carries values from one of them to the
 * next does so with 8 bits, too. It is written as pairs of QuantizeLinear and DequantizeLinear, of which the runtime makes operations on
 * integers (onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
 */
final class Quantiser {
    private static final Set<String> SAME_RANGE = Set.of(
            "MaxPool",
            "Transpose",
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "Flatten",
            "DepthToSpace",
            "SpaceToDepth",
            "Identity");
    private static final Set<String> CARRIERS = Set.of(
            "Add", "Mul", "Concat", "Resize", "GlobalAveragePool", "AveragePool", "LeakyRelu", "Sigmoid", "Relu");
    private static final Set<String> BOUNDS = Set.of("Relu", "Clip");

    private final Graph graph;
    private final int bits;
    private final Map<String, Node> makers = new HashMap<>();
    private final Map<String, List<Node>> takers = new HashMap<>();
    private final Map<Node, Node> bounds = new HashMap<>();
    private final List<Node> heavy;

    /**
     * @param graph a network whose constants are worked out and whose normalisations are part of its convolutions
     * @param bits of a weight: 8, or 7 for processors whose products of 8 bits would overflow
     * @throws BadInput if there is nothing that could be made of integers
     */
    Quantiser(String source, Graph graph, int bits) {
        this.graph = graph;
        this.bits = bits;
        if (graph.version() < 10) {
            throw refusal(source, "is written in operations of version " + graph.version() + ", which know no 8 bits");
        }
        for (Node node : graph.nodes()) {
            if (node.attributes().stream()
                    .anyMatch(a -> !a.parts(6).isEmpty() || !a.parts(11).isEmpty())) {
                throw refusal(source, "has networks within its operations");
            }
            node.out().forEach(name -> makers.put(name, node));
            node.in()
                    .forEach(name ->
                            takers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
        }
        this.heavy = graph.nodes().stream().filter(this::heavy).toList();
        if (heavy.isEmpty()) {
            throw refusal(source, "has no convolution or product with constant weights of 32 bits");
        }
        heavy.forEach(this::findBound);
        graph.nodes().stream().filter(n -> n.operation().equals("Add")).forEach(this::findBound);
    }

    private static BadInput refusal(String source, String problem) {
        return new BadInput(source, problem, "it stays as it is");
    }

    /** The operations with most of the work, in order. */
    List<Node> heavy() {
        return heavy;
    }

    /** Those of the heavy operations that another one both precedes and follows. */
    List<Node> inner() {
        return heavy.stream()
                .filter(n -> reaches(n, this::before) && reaches(n, this::after))
                .toList();
    }

    /** What makes the values that an operation takes. */
    private List<Node> before(Node node) {
        return node.in().stream()
                .flatMap(name -> Optional.ofNullable(makers.get(name)).stream())
                .toList();
    }

    /** What takes the values that an operation makes. */
    private List<Node> after(Node node) {
        return node.out().stream().flatMap(name -> takers(name).stream()).toList();
    }

    private List<Node> takers(String name) {
        return takers.getOrDefault(name, List.of());
    }

    /** Whether a heavy operation is found on the way from one of them. */
    private boolean reaches(Node start, Function<Node, List<Node>> beyond) {
        var seen = new HashSet<Node>();
        var todo = new ArrayList<>(beyond.apply(start));
        while (!todo.isEmpty()) {
            Node node = todo.removeLast();
            if (heavy.contains(node)) {
                return true;
            }
            if (seen.add(node)) {
                todo.addAll(beyond.apply(node));
            }
        }
        return false;
    }

    /** How many weights an operation multiplies for one of its results. */
    long products(Node node) {
        int[] shape = graph.shape(node.in().get(1));
        long size = 1;
        for (int n : shape) {
            size *= n;
        }
        return size / shape[axis(node)];
    }

    /** The tensors whose ranges must be known. */
    Set<String> tensors() {
        var names = new LinkedHashSet<String>();
        for (Node node : chosen(heavy)) {
            names.addAll(activations(node));
            names.add(result(node));
        }
        return names;
    }

    /**
     * The network with some of its heavy operations, and what lies between them, in integers.
     *
     * @param ranges of all {@link #tensors}
     */
    byte[] quantised(List<Node> which, Map<String, Range> ranges) {
        return new Rewriting(which, ranges).content();
    }

    private boolean heavy(Node node) {
        return switch (node.operation()) {
            case "Conv", "MatMul" -> constant(node, 1) && (node.in().size() < 3 || constant(node, 2));
            case "Gemm" ->
                constant(node, 1)
                        && (node.in().size() < 3 || constant(node, 2))
                        && node.whole("transA", 0) == 0
                        && one(node, "alpha")
                        && one(node, "beta");
            default -> false;
        };
    }

    private static boolean one(Node node, String name) {
        return node.attribute(name).map(a -> a.floats(2)[0] == 1).orElse(true);
    }

    private boolean constant(Node node, int input) {
        return graph.floats(node.in().get(input)).isPresent();
    }

    /** What follows and only bounds the values needs no operation of its own: the range of 8 bits does the same. */
    private void findBound(Node node) {
        String out = node.out().getFirst();
        List<Node> next = takers(out);
        if (next.size() == 1
                && BOUNDS.contains(next.getFirst().operation())
                && !graph.outputs().contains(out)) {
            bounds.put(node, next.getFirst());
        }
    }

    /** The tensor with an operation's final values. */
    String result(Node node) {
        return bounds.getOrDefault(node, node).out().getFirst();
    }

    /** Those inputs that are no constants. */
    private List<String> activations(Node node) {
        List<String> in = node.operation().equals("Add")
                        || node.operation().equals("Mul")
                        || node.operation().equals("Concat")
                ? node.in()
                : node.in().subList(0, 1);
        return in.stream()
                .filter(n -> graph.shape(n).length == 0 && graph.floats(n).isEmpty())
                .toList();
    }

    /** Which operations compute in integers: the given ones, and those that carry values from one of them to another. */
    private Set<Node> chosen(List<Node> which) {
        var whole = new LinkedHashSet<Node>();
        var known = new HashSet<String>();
        var bounding = new HashSet<>(bounds.values());
        for (Node node : graph.nodes()) {
            boolean carries = (CARRIERS.contains(node.operation()) || SAME_RANGE.contains(node.operation()))
                    && !bounding.contains(node)
                    && node.domain().isEmpty()
                    && known.containsAll(carried(node));
            if (which.contains(node) || carries) {
                whole.add(node);
                known.add(result(node));
            }
        }
        for (Node node : graph.nodes().reversed()) {
            boolean useful = takers(result(node)).stream().anyMatch(whole::contains);
            if (!which.contains(node) && !useful) {
                whole.remove(node);
            }
        }
        return whole;
    }

    /** What an operation carries on: all of it must be in integers. Constants do not count, but spoil sums and products. */
    private List<String> carried(Node node) {
        return switch (node.operation()) {
            case "Add", "Mul", "Concat" -> node.in();
            default -> node.in().subList(0, 1);
        };
    }

    /** Along which dimension of the weights the outputs lie. */
    private int axis(Node node) {
        return switch (node.operation()) {
            case "Gemm" -> node.whole("transB", 0) == 1 ? 0 : 1;
            case "MatMul" -> graph.shape(node.in().get(1)).length - 1;
            default -> 0;
        };
    }

    /** One network being written. */
    private final class Rewriting {
        private final Map<String, Range> ranges;
        private final List<Node> which;
        private final Set<Node> whole;
        private final Set<String> whole8 = new HashSet<>();
        private final Map<String, String> names = new HashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Proto> constants = new ArrayList<>();
        private final String domain = graph.version() < 13 ? "com.microsoft" : "";

        Rewriting(List<Node> which, Map<String, Range> ranges) {
            this.which = which;
            this.whole = chosen(which);
            this.ranges = new HashMap<>(ranges);
        }

        byte[] content() {
            var dropped = new HashSet<Node>();
            whole.forEach(n -> dropped.add(bounds.getOrDefault(n, n)));
            for (Node node : graph.nodes()) {
                if (whole.contains(node)) {
                    integers(node);
                } else if (!dropped.contains(node)) {
                    nodes.add(node);
                }
            }
            return graph.with(nodes, constants);
        }

        private void integers(Node node) {
            var in = new ArrayList<>(node.in());
            for (String name : activations(node)) {
                in.replaceAll(n -> n.equals(name) ? whole8(name) : n);
            }
            if (which.contains(node)) {
                double[] scales = weights(node, in);
                bias(node, in, scales);
            }
            String result = result(node);
            String raw = result + "/raw";
            nodes.add(node.with(in, List.of(raw)));
            if (SAME_RANGE.contains(node.operation())) {
                ranges.put(result, range(node.in().getFirst()));
            }
            pair(raw, result, range(result));
            whole8.add(result);
        }

        /** The name of a tensor's values after they were 8 bits. */
        private String whole8(String name) {
            if (whole8.contains(name)) {
                return name;
            }
            return names.computeIfAbsent(name, n -> {
                pair(n, n + "/8", range(n));
                return n + "/8";
            });
        }

        private Range range(String name) {
            Node maker = makers.get(name);
            Range range = ranges.getOrDefault(name, new Range(0, 1));
            return maker != null && maker.operation().equals("Relu") ? range.within(0, Double.MAX_VALUE) : range;
        }

        private void pair(String from, String to, Range range) {
            constants.add(Graph.constant(to + "/scale", Graph.FLOAT, raw((float) range.step())));
            constants.add(Graph.constant(to + "/zero", Graph.UINT8, new byte[] {(byte) range.zero()}));
            nodes.add(Node.of("QuantizeLinear", domain, List.of(from, to + "/scale", to + "/zero"), to + "/q"));
            nodes.add(Node.of("DequantizeLinear", domain, List.of(to + "/q", to + "/scale", to + "/zero"), to));
        }

        private double[] weights(Node node, List<String> in) {
            String name = node.in().get(1);
            float[] values = graph.floats(name).orElseThrow();
            int[] shape = graph.shape(name);
            int axis = axis(node);
            int inner = 1;
            for (int i = axis + 1; i < shape.length; i++) {
                inner *= shape[i];
            }
            var scales = new double[shape[axis]];
            for (int i = 0; i < values.length; i++) {
                int c = i / inner % scales.length;
                scales[c] = Math.max(scales[c], Math.abs(values[i]));
            }
            int most = (1 << (bits - 1)) - 1;
            for (int c = 0; c < scales.length; c++) {
                scales[c] = scales[c] > 1e-20 ? scales[c] / most : 1;
            }
            var bytes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                bytes[i] = (byte) Math.clamp(Math.round(values[i] / scales[i / inner % scales.length]), -most, most);
            }
            String to = result(node) + "/weights";
            constants.add(Graph.constant(to + "/q", Graph.INT8, bytes, shape));
            whole(to, scales, Graph.INT8, new byte[scales.length], axis);
            in.set(1, to);
            return scales;
        }

        private void bias(Node node, List<String> in, double[] scales) {
            if (node.in().size() < 3 || node.in().get(2).isEmpty()) {
                return;
            }
            float[] values = graph.floats(node.in().get(2)).orElseThrow();
            if (values.length != scales.length) {
                return;
            }
            double step = range(node.in().getFirst()).step();
            var raw = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
            var steps = new double[values.length];
            for (int c = 0; c < values.length; c++) {
                steps[c] = step * scales[c];
                raw.putInt((int) Math.clamp(Math.rint(values[c] / steps[c]), -1e9, 1e9));
            }
            String to = result(node) + "/bias";
            constants.add(Graph.constant(to + "/q", Graph.INT32, raw.array(), values.length));
            whole(to, steps, Graph.INT32, new byte[Integer.BYTES * values.length], 0);
            in.set(2, to);
        }

        private void whole(String to, double[] scales, int type, byte[] zeros, int axis) {
            var single = new float[scales.length];
            for (int c = 0; c < single.length; c++) {
                single[c] = (float) scales[c];
            }
            constants.add(Graph.constant(to + "/scale", Graph.FLOAT, raw(single), single.length));
            constants.add(Graph.constant(to + "/zero", type, zeros, single.length));
            nodes.add(Node.of("DequantizeLinear", domain, List.of(to + "/q", to + "/scale", to + "/zero"), to)
                    .with(Graph.attribute("axis", axis)));
        }
    }

    private static byte[] raw(float... values) {
        var bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
