package dev.fovea.model;

import dev.fovea.BadInput;
import dev.fovea.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One network being tuned: its versions are made, compared with floating point, raced and chosen from. */
final class Tuning implements AutoCloseable {
    /** What is less than this part faster is not worth a change. */
    static final double MARGIN = 0.05;
    /** The second race must find at least this part of the time saved. */
    private static final double CONFIRMED = 0.02;

    private static final int MOST_THREADS = 2;

    private final NetRuntime runtime;
    private final Chip chip;
    private final Tuner.Gauge gauge;
    private final Model model;
    private final byte[] weights;
    private final List<List<Tensor>> calibrating;
    private final List<List<Tensor>> held;
    private final List<String> outputs;
    private final Map<Precision, byte[]> versions = new EnumMap<>(Precision.class);
    private final Map<Variant, NetRuntime.Session> sessions = new LinkedHashMap<>();
    private final Map<Variant, List<Loss>> losses = new LinkedHashMap<>();
    private final Map<Variant, Sample> samples = new HashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    Tuning(NetRuntime runtime, Chip chip, Tuner.Gauge gauge, Model model, List<List<Tensor>> inputs) {
        this.runtime = runtime;
        this.chip = chip;
        this.gauge = gauge;
        this.model = model;
        this.weights = model.weights();
        this.calibrating = everySecond(inputs, 0);
        this.held = everySecond(inputs, 1);
        NetRuntime.Session plain = runtime.open(model.source(), weights, 1);
        sessions.put(Variant.plain(1), plain);
        this.outputs = Tuner.names(plain);
    }

    List<String> outputs() {
        return outputs;
    }

    /** The weights that the choices need, by the names of their files. */
    Map<String, byte[]> files() {
        return files;
    }

    /**
     * All of it.
     *
     * @param first in which every version takes part
     * @param second of each number of threads' fastest against floating point
     */
    Tuner.Report report(Race first, Race second) {
        makeVersions();
        compare();
        List<Variant> runners = List.copyOf(losses.keySet());
        List<Sample> times = first.run(
                "timing " + model.name(), runners.stream().map(this::runner).toList());
        for (int i = 0; i < runners.size(); i++) {
            samples.put(runners.get(i), times.get(i));
        }
        List<Plan.Entry> chosen = chosen(second);
        List<Tuner.Measured> measured =
                runners.stream().map(v -> measured(v, first.inputs())).toList();
        String shapes = first.inputs().stream().map(t -> Shapes.text(t.shape())).collect(Collectors.joining(" "));
        return new Tuner.Report(model, shapes, measured, chosen, List.copyOf(notes));
    }

    private void makeVersions() {
        versions.put(Precision.FLOAT, weights);
        try {
            versions.putAll(runtime.quantised(model.source(), weights, calibrating));
        } catch (BadInput e) {
            notes.add("stays in floating point: " + e.getMessage());
        }
    }

    /** Opens what can be opened with one thread, and of what is near enough a twin with two. */
    private void compare() {
        List<List<Tensor>> right = answers(Variant.plain(1));
        for (String provider : runtime.providers()) {
            for (var version : versions.entrySet()) {
                Work.step("comparing " + model.name(), (double) losses.size() / (2 * versions.size()));
                var one = new Variant(version.getKey(), 1, provider);
                try {
                    open(one, version.getValue());
                    losses.put(one, losses(right, one.equals(Variant.plain(1)) ? right : answers(one)));
                    for (int threads = 2; threads <= Math.min(Work.threads(), MOST_THREADS); threads++) {
                        var more = new Variant(version.getKey(), threads, provider);
                        if (acceptable(one)) {
                            open(more, version.getValue());
                            losses.put(more, losses.get(one));
                        }
                    }
                } catch (BadInput e) {
                    notes.add(one + ": " + e.getMessage());
                }
            }
        }
    }

    private void open(Variant v, byte[] version) {
        if (!sessions.containsKey(v)) {
            sessions.put(v, runtime.open(model.source(), version, v.threads(), v.provider()));
        }
    }

    private List<Loss> losses(List<List<Tensor>> right, List<List<Tensor>> other) {
        return Loss.of(outputs, model.card().map(ModelCard::tolerance).orElse(List.of()), right, other);
    }

    private List<List<Tensor>> answers(Variant v) {
        return held.stream().map(input -> session(v).run(input, outputs)).toList();
    }

    /** Whether a way may be chosen: floating point on the processor, and what answers nearly the same. */
    private boolean acceptable(Variant v) {
        return v.equals(Variant.plain(v.threads()))
                || losses.getOrDefault(v, List.of()).stream().allMatch(Loss::tolerable);
    }

    private List<Plan.Entry> chosen(Race again) {
        var entries = new ArrayList<Plan.Entry>();
        for (int threads = 1; threads <= MOST_THREADS; threads++) {
            Variant plain = Variant.plain(threads);
            if (samples.containsKey(plain)) {
                Variant fastest = fastest(plain);
                entries.add(entry(fastest.equals(plain) || fasterAgain(fastest, plain, again) ? fastest : plain));
            }
        }
        return List.copyOf(entries);
    }

    /** The way that is surely faster than floating point by the greatest part, or that. */
    private Variant fastest(Variant plain) {
        return samples.keySet().stream()
                .filter(v -> v.threads() == plain.threads() && !v.equals(plain) && acceptable(v))
                .filter(v -> ratio(v, plain).most() <= 1 - MARGIN)
                .min(Comparator.comparingDouble(v -> ratio(v, plain).median()))
                .orElse(plain);
    }

    /** The fastest of many is partly lucky: it must win once more, against floating point alone. */
    private boolean fasterAgain(Variant v, Variant plain, Race again) {
        List<Sample> times = again.run("confirming " + model.name(), List.of(runner(plain), runner(v)));
        boolean faster =
                times.get(1).to(times.get(0), v.alone() && plain.alone()).most() <= 1 - CONFIRMED;
        if (!faster) {
            notes.add(v + ": was faster once, but not again");
        }
        return faster;
    }

    private Sample.Ratio ratio(Variant a, Variant b) {
        return sample(a).to(sample(b), a.alone() && b.alone());
    }

    private Race.Runner runner(Variant v) {
        return new Race.Runner(session(v), v.alone());
    }

    private Plan.Entry entry(Variant v) {
        String file = "";
        String sha256 = "";
        if (v.precision() != Precision.FLOAT) {
            byte[] version = version(v);
            sha256 = Sha256.of(version);
            String name = (model.name() + "-" + v.precision()).toLowerCase(Locale.ROOT);
            file = name.replaceAll("[^a-z0-9]+", "-") + "-" + sha256.substring(0, 12) + ".onnx";
            files.put(file, version);
        }
        return new Plan.Entry(
                model.name(),
                Sha256.of(weights),
                chip.id(),
                v.threads(),
                v.precision(),
                v.provider(),
                file,
                sha256,
                sample(v).own(0.5),
                ratio(v, Variant.plain(v.threads())).median());
    }

    private Tuner.Measured measured(Variant v, List<Tensor> input) {
        return new Tuner.Measured(
                v,
                sample(v).own(0.5),
                sample(v).own(0.9),
                gauge.peak(version(v), v, input),
                losses.getOrDefault(v, List.of()));
    }

    private NetRuntime.Session session(Variant v) {
        return java.util.Objects.requireNonNull(sessions.get(v));
    }

    private Sample sample(Variant v) {
        return java.util.Objects.requireNonNull(samples.get(v));
    }

    private byte[] version(Variant v) {
        return java.util.Objects.requireNonNull(versions.get(v.precision()));
    }

    @Override
    public void close() {
        sessions.values().forEach(NetRuntime.Session::close);
    }

    private static List<List<Tensor>> everySecond(List<List<Tensor>> inputs, int from) {
        var some = new ArrayList<List<Tensor>>();
        for (int i = from; i < inputs.size(); i += 2) {
            some.add(inputs.get(i));
        }
        return some;
    }
}
