package dev.fovea.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An ONNX network taken apart, to be put together differently; the field numbers are those of onnx.proto. */
final class Graph {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT8 = 3;
    static final int INT32 = 6;

    /**
     * One operation. Inputs that are left out have an empty name.
     *
     * @param attributes as the file has them
     */
    record Node(String operation, String domain, List<String> in, List<String> out, List<Proto> attributes) {
        Node {
            in = List.copyOf(in);
            out = List.copyOf(out);
            attributes = List.copyOf(attributes);
        }

        /** An operation of the standard set with one output. */
        static Node of(String operation, String domain, List<String> in, String out) {
            return new Node(operation, domain, in, List.of(out), List.of());
        }

        Node with(List<String> newIn, List<String> newOut) {
            return new Node(operation, domain, newIn, newOut, attributes);
        }

        Node with(Proto attribute) {
            var all = new ArrayList<>(attributes);
            all.add(attribute);
            return new Node(operation, domain, in, out, all);
        }

        Optional<Proto> attribute(String name) {
            return attributes.stream().filter(a -> a.text(1).equals(name)).findFirst();
        }

        /** A whole number among the attributes. */
        long whole(String name, long otherwise) {
            return attribute(name).map(a -> a.number(3, otherwise)).orElse(otherwise);
        }

        private Proto written() {
            var node = new Proto();
            in.forEach(name -> node.put(1, name));
            out.forEach(name -> node.put(2, name));
            node.put(4, operation);
            attributes.forEach(a -> node.put(5, a));
            return domain.isEmpty() ? node : node.put(7, domain);
        }
    }

    private final Proto model;
    private final Proto graph;
    private final Map<String, Proto> weights = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private Graph(Proto model) {
        this.model = model;
        this.graph = model.parts(7).getLast();
        graph.parts(5).forEach(t -> weights.put(t.text(8), t));
        for (Proto n : graph.parts(1)) {
            nodes.add(new Node(n.text(4), n.text(7), n.texts(1), n.texts(2), n.parts(5)));
        }
    }

    static Graph of(byte[] content) {
        return new Graph(Proto.of(content));
    }

    /** The operations, each after those whose results it takes. */
    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The names of what goes in, constants aside. */
    List<String> inputs() {
        return names(11).stream().filter(n -> !weights.containsKey(n)).toList();
    }

    List<String> outputs() {
        return names(12);
    }

    /** The version of the standard operations. */
    long version() {
        return model.parts(8).stream()
                .filter(o -> o.text(1).isEmpty() || o.text(1).equals("ai.onnx"))
                .mapToLong(o -> o.number(2, 1))
                .findFirst()
                .orElse(1);
    }

    /** The values of a constant of 32-bit floating point numbers, if a name is one. */
    Optional<float[]> floats(String name) {
        return Optional.ofNullable(weights.get(name))
                .filter(t -> t.number(2, 0) == FLOAT)
                .map(t -> t.bytes(9).length > 0 ? Proto.floats(t.bytes(9)) : t.floats(4));
    }

    /** The dimensions of a constant. */
    int[] shape(String name) {
        Proto tensor = weights.get(name);
        return tensor == null
                ? new int[0]
                : Arrays.stream(tensor.numbers(1)).mapToInt(Math::toIntExact).toArray();
    }

    /** A constant. */
    static Proto constant(String name, int type, byte[] raw, int... shape) {
        var tensor = new Proto();
        Arrays.stream(shape).forEach(n -> tensor.put(1, n));
        return tensor.put(2, type).put(8, name).put(9, raw);
    }

    /** An attribute that is a whole number. */
    static Proto attribute(String name, long value) {
        return new Proto().put(1, name).put(3, value).put(20, 2);
    }

    /** This network with further outputs of 32-bit floating point numbers. */
    byte[] with(List<String> newOutputs) {
        Proto more = Proto.of(graph.content());
        for (String name : newOutputs) {
            Proto type = new Proto().put(1, new Proto().put(1, FLOAT));
            more.put(12, new Proto().put(1, name).put(2, type));
        }
        return model.without(7).put(7, more).content();
    }

    /** This network with other operations and further constants; constants that nothing uses any more are left out. */
    byte[] with(List<Node> newNodes, List<Proto> constants) {
        var used = new java.util.HashSet<>(outputs());
        newNodes.forEach(n -> used.addAll(n.in()));
        Proto other = graph.without(1, 5, 11, 13);
        newNodes.forEach(n -> other.put(1, n.written()));
        weights.values().stream().filter(t -> used.contains(t.text(8))).forEach(t -> other.put(5, t));
        constants.forEach(t -> other.put(5, t));
        graph.parts(11).stream().filter(i -> !weights.containsKey(i.text(1))).forEach(i -> other.put(11, i));
        Proto whole = model.without(7).put(7, other);
        boolean contributed = model.parts(8).stream().anyMatch(o -> o.text(1).equals("com.microsoft"));
        return (contributed
                        ? whole
                        : whole.put(8, new Proto().put(1, "com.microsoft").put(2, 1)))
                .content();
    }

    private List<String> names(int field) {
        return graph.parts(field).stream().map(v -> v.text(1)).toList();
    }
}
