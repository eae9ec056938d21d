package dev.fovea.onnx;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.Precision;
import dev.fovea.model.Tensor;
import dev.fovea.onnx.Graph.Node;
import dev.fovea.onnx.Histogram.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks in integers, made of one in 32-bit floating point and examples of what it is given. */
final class Calibration {
    /** Tensors that one call answers at most: all at once could fill the heap. */
    private static final int AT_ONCE = 6;
    /** Values of a tensor that are counted for one example. */
    private static final int COUNTED = 1 << 15;
    /** The share of all products that an operation must have to count as one of the heaviest. */
    private static final double HEAVIEST = 0.04;

    private final OnnxRuntime runtime;
    private final String source;
    private final List<List<Tensor>> examples;
    private final Graph graph;
    private final Quantiser quantiser;
    private final Map<String, Histogram> histograms = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    private Calibration(OnnxRuntime runtime, String source, byte[] weights, List<List<Tensor>> examples) {
        this.runtime = runtime;
        this.source = source;
        this.examples = examples;
        this.graph = Graph.of(simplified(weights));
        this.quantiser = new Quantiser(source, graph, Processor.bits());
    }

    /**
     * The network with all, with the inner and with the heaviest of its heavy operations in integers; those that would be the same only
     * once.
     *
     * @throws BadInput if it cannot be made of integers
     */
    static Map<Precision, byte[]> of(OnnxRuntime runtime, String source, byte[] weights, List<List<Tensor>> examples) {
        return new Calibration(runtime, source, weights, examples).made();
    }

    private Map<Precision, byte[]> made() {
        measure();
        var ranges = new HashMap<String, Range>();
        histograms.forEach((name, histogram) -> ranges.put(name, histogram.range()));
        var sets = new EnumMap<Precision, List<Node>>(Precision.class);
        sets.put(Precision.INT8, quantiser.heavy());
        sets.put(Precision.INT8_INNER, quantiser.inner());
        sets.put(Precision.INT8_HEAVY, heaviest(quantiser.inner()));
        var made = new EnumMap<Precision, byte[]>(Precision.class);
        var seen = new ArrayList<List<Node>>();
        sets.forEach((precision, nodes) -> {
            if (!nodes.isEmpty() && !seen.contains(nodes)) {
                seen.add(nodes);
                made.put(precision, quantiser.quantised(nodes, ranges));
            }
        });
        return made;
    }

    private void measure() {
        List<String> inputs = graph.inputs();
        List<String> wanted =
                quantiser.tensors().stream().filter(n -> !inputs.contains(n)).toList();
        List<String> added =
                wanted.stream().filter(n -> !graph.outputs().contains(n)).toList();
        try (NetRuntime.Session session = runtime.open(source, graph.with(added), 1)) {
            for (int i = 0; i < examples.size(); i++) {
                Work.step("calibrating", (double) i / examples.size());
                for (int k = 0; k < inputs.size(); k++) {
                    count(inputs.get(k), examples.get(i).get(k));
                }
                for (int from = 0; from < wanted.size(); from += AT_ONCE) {
                    List<String> some = List.copyOf(wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE)));
                    List<Tensor> values = session.run(examples.get(i), some);
                    for (int k = 0; k < some.size(); k++) {
                        count(some.get(k), values.get(k));
                    }
                }
            }
        }
    }

    private void count(String name, Tensor tensor) {
        if (tensor instanceof Tensor.Floats t) {
            // An odd distance, so that not every counted value is of one column or channel.
            int every = t.size() / COUNTED | 1;
            histograms.computeIfAbsent(name, n -> new Histogram()).add(t.values(), every);
            sizes.merge(name, (long) t.size(), Math::max);
        }
    }

    private List<Node> heaviest(List<Node> nodes) {
        double all = quantiser.heavy().stream().mapToDouble(this::products).sum();
        return nodes.stream().filter(n -> products(n) >= HEAVIEST * all).toList();
    }

    private double products(Node node) {
        return (double) quantiser.products(node) * sizes.getOrDefault(quantiser.result(node), 1L);
    }

    /** The network as the runtime itself simplifies it: constants worked out, normalisations taken into convolutions. */
    private byte[] simplified(byte[] weights) {
        try {
            Path file = Files.createTempFile("fovea-", ".onnx");
            try {
                runtime.simplify(source, weights, file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new BadInput(
                    System.getProperty("java.io.tmpdir"), "has no room for a simplified network", "make room there", e);
        }
    }
}
