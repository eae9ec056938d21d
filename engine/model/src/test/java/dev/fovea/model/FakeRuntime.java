package dev.fovea.model;

import dev.fovea.BadInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A runtime whose networks answer twice what they are given, with an error and after a time that a test decides for each way to run. Its
 * clock only passes while a network runs.
 */
final class FakeRuntime implements NetRuntime, Race.Clock {
    static final byte[] FLOATS = Cards.bytes("floats");

    final Map<Precision, byte[]> versions = new LinkedHashMap<>();
    final Map<Variant, Double> milliseconds = new HashMap<>();
    final Map<Precision, Float> errors = new HashMap<>();
    final List<String> providers = new ArrayList<>(List.of(PROCESSOR));
    final List<Variant> opened = new ArrayList<>();
    String version = "1";
    String unquantisable = "";
    double noise;
    int open;
    private final java.util.Random random = new java.util.Random(5);
    private long now;

    /** Offers integers that take so long with one thread and with two, and err so much. */
    FakeRuntime offer(Precision precision, double one, double two, double error) {
        versions.put(precision, Cards.bytes(precision.toString()));
        milliseconds.put(new Variant(precision, 1, PROCESSOR), one);
        milliseconds.put(new Variant(precision, 2, PROCESSOR), two);
        errors.put(precision, (float) error);
        return this;
    }

    @Override
    public String name() {
        return "fake " + version;
    }

    @Override
    public Session open(String source, byte[] weights, int threads) {
        return open(source, weights, threads, PROCESSOR);
    }

    @Override
    public Session open(String source, byte[] weights, int threads, String provider) {
        if (!providers.contains(provider)) {
            throw new BadInput(source, "cannot run on " + provider, "run it elsewhere");
        }
        String content = new String(weights, java.nio.charset.StandardCharsets.UTF_8);
        Precision precision = versions.keySet().stream()
                .filter(p -> content.equals(p.toString()))
                .findFirst()
                .orElse(Precision.FLOAT);
        var variant = new Variant(precision, threads, provider);
        opened.add(variant);
        open++;
        return new FakeSession(variant);
    }

    @Override
    public List<String> providers() {
        return providers;
    }

    @Override
    public Map<Precision, byte[]> quantised(String source, byte[] weights, List<List<Tensor>> examples) {
        if (!unquantisable.isEmpty()) {
            throw new BadInput(source, unquantisable, "it stays as it is");
        }
        return versions;
    }

    @Override
    public long wall() {
        return now;
    }

    @Override
    public long own() {
        return now;
    }

    private final class FakeSession implements Session {
        private final Variant variant;

        FakeSession(Variant variant) {
            this.variant = variant;
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of(new TensorSpec("x", Element.FLOAT, 1, -1));
        }

        @Override
        public List<TensorSpec> outputs() {
            return List.of(new TensorSpec("y", Element.FLOAT, 1, -1));
        }

        @Override
        public List<Tensor> run(List<Tensor> inputs, List<String> outputs) {
            double took = milliseconds.getOrDefault(variant, 10.0);
            now += (long) (took * 1e6 * (1 + noise * random.nextDouble()));
            float[] x = ((Tensor.Floats) inputs.getFirst()).values();
            var y = new float[x.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = 2 * x[i] + errors.getOrDefault(variant.precision(), 0f);
            }
            return List.of(new Tensor.Floats(y, 1, y.length));
        }

        @Override
        public void close() {
            open--;
        }
    }
}
