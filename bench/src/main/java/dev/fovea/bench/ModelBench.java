package dev.fovea.bench;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.model.Element;
import dev.fovea.model.Model;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.Tensor;
import dev.fovea.model.TensorSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evidence for networks: how long one call takes on one core, for every model that is here and every ONNX file of {@code
 * ../shared/models}, and what a call itself costs: time and, over many calls, memory.
 */
final class ModelBench {
    private static final int WARM = 10;
    private static final int ROUNDS = 51;

    private ModelBench() {}

    /**
     * One network.
     *
     * @param model its name
     * @param inputs its inputs in the shapes that were measured
     * @param milliseconds of processor time of one call, the median; NaN if the sizes of its inputs depend on one another, so that only
     *     its product can measure it
     */
    record Line(String model, String inputs, double milliseconds) {}

    private record Report(List<Line> models, CallCost smallest) {}

    /** Measures and prints. What each call leaves open is a batch of one, or the size of a picture. */
    static List<Line> run(Path folder, int width, int height, int calls, boolean json, PrintStream out)
            throws IOException, InterruptedException {
        NetRuntime runtime = NetRuntime.found().orElseThrow();
        var lines = new ArrayList<Line>();
        for (Model model : models(folder)) {
            try (var session = runtime.open(model.source(), model.weights(), 1)) {
                lines.add(line(model, session, width, height));
            }
        }
        var report = new Report(lines, CallCost.measure(calls));
        out.println(json ? Json.of(report) : table(report, runtime.name()));
        return lines;
    }

    /** Writes the times into the cards of the sources. */
    static void write(List<Line> lines, Path sources) throws IOException {
        for (Path file : cards(sources)) {
            ModelCard card = ModelCard.read(file);
            for (Line line : lines) {
                if (line.model.equals(card.name()) && Double.isFinite(line.milliseconds)) {
                    var speed = new ModelCard.Speed(
                            line.inputs,
                            Math.round(line.milliseconds * 100) / 100.0,
                            processor(),
                            "./fovea bench models");
                    card.withSpeed(List.of(speed)).write(file);
                }
            }
        }
    }

    private static List<Path> cards(Path sources) throws IOException {
        var cards = new ArrayList<Path>();
        for (String part : List.of("engine", "products")) {
            try (Stream<Path> files = Files.walk(sources.resolve(part))) {
                files.filter(f -> f.endsWith("card.json") && f.toString().contains("src/main/resources/models"))
                        .forEach(cards::add);
            }
        }
        return cards;
    }

    static String processor() throws IOException {
        Path known = Path.of("/proc/cpuinfo");
        Stream<String> lines = Files.exists(known) ? Files.readAllLines(known).stream() : Stream.empty();
        return lines.filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static List<Model> models(Path folder) throws IOException {
        var models = new ArrayList<>(ModelStore.standard().models());
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(f -> f.toString().endsWith(".onnx"))
                        .sorted()
                        .map(Model::of)
                        .forEach(models::add);
            }
        }
        return models;
    }

    private static Line line(Model model, NetRuntime.Session session, int width, int height) {
        List<Tensor> inputs =
                session.inputs().stream().map(s -> zeros(s, width, height)).toList();
        List<String> outputs = session.outputs().stream()
                .filter(s -> s.element() != Element.OTHER)
                .map(TensorSpec::name)
                .toList();
        String shapes = inputs.stream().map(t -> Arrays.toString(t.shape())).collect(Collectors.joining(" "));
        try {
            return new Line(model.name(), shapes, milliseconds(() -> session.run(inputs, outputs)));
        } catch (BadInput dependent) {
            return new Line(model.name(), shapes, Double.NaN);
        }
    }

    /** The median of the processor time of a call. */
    static double milliseconds(Runnable call) {
        var milliseconds = new double[ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            long start = Race.clock(1);
            call.run();
            milliseconds[Math.max(i, 0)] = (Race.clock(1) - start) * 1e-6;
        }
        Arrays.sort(milliseconds);
        return milliseconds[ROUNDS / 2];
    }

    /** A tensor of zeros, its open dimensions filled: the last two with a picture's size, others with 1. */
    private static Tensor zeros(TensorSpec spec, int width, int height) {
        int[] shape = spec.shape().clone();
        boolean channelsFirst = shape.length == 4 && shape[1] >= 1 && shape[1] <= 4;
        for (int i = 0; i < shape.length; i++) {
            boolean row = i == (channelsFirst ? 2 : 1);
            boolean column = i == (channelsFirst ? 3 : 2);
            int open = shape.length < 4 || i == 0 || !(row || column) ? 1 : row ? height : width;
            shape[i] = shape[i] == TensorSpec.ANY ? open : shape[i];
        }
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return switch (spec.element()) {
            case FLOAT -> new Tensor.Floats(new float[size], shape);
            case BYTE -> new Tensor.Bytes(new byte[size], shape);
            case LONG -> new Tensor.Longs(new long[size], shape);
            case OTHER -> throw new IllegalArgumentException(spec + " cannot be filled");
        };
    }

    private static String table(Report report, String runtime) {
        var s = new StringBuilder(
                String.format(Locale.ROOT, "%-36s %-24s %9s%n", runtime + ", one core", "input", "ms"));
        for (Line l : report.models) {
            s.append(String.format(Locale.ROOT, "%-36s %-24s %9.2f%n", l.model, l.inputs, l.milliseconds));
        }
        CallCost c = report.smallest;
        return s.append(String.format(
                        Locale.ROOT,
                        "%n%d calls of a network of four values: %.1f us each; resident memory %d to %d KiB, %+.2f %%",
                        c.calls(),
                        c.microseconds(),
                        c.kibBefore(),
                        c.kibAfter(),
                        c.growthPercent()))
                .toString();
    }
}
