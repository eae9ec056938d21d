package dev.fovea.model;

import dev.fovea.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Finds out how networks run best on this chip. Every way that the runtime offers is tried: floating point and 8-bit integers, one thread
 * and two, each provider. What deviates more than the card allows is out. The others take turns on the same inputs; a way is chosen only
 * if it is surely faster than floating point with as many threads, and if a second race of those two alone says so, too.
 *
 * <p>Half of the inputs calibrate the integers, the other half shows what they lose.
 */
public final class Tuner {
    private static final int FEWEST_INPUTS = 2;
    private static final int TIMED = 8;
    /** A ratio that is surely above this one is no accident of the machine's. */
    private static final double SLOWER = 1.02;

    /** Finds out how much memory a way to run a network takes. */
    @FunctionalInterface
    public interface Gauge {
        /** By how many bytes it lets a process grow at most, if that can be told. */
        OptionalLong peak(byte[] weights, Variant variant, List<Tensor> inputs);
    }

    /**
     * What was found out about one way to run a network.
     *
     * @param variant the way
     * @param p50 the median of what a call takes, in milliseconds: processor time with one thread, else what passes
     * @param p90 what nine calls of ten keep to
     * @param peak by how many bytes it lets a process grow at most, if that could be told
     * @param losses how far its answers deviate
     */
    public record Measured(Variant variant, double p50, double p90, OptionalLong peak, List<Loss> losses) {
        /** Whether its answers are near enough. */
        public boolean tolerable() {
            return losses.stream().allMatch(Loss::tolerable);
        }
    }

    /**
     * What was found out about one network.
     *
     * @param model the network
     * @param inputs the shapes that were timed, as in {@code [1, 3, 128, 128]}
     * @param measured each way to run it; floating point with one thread comes first
     * @param chosen what the plan will say, for each number of threads
     * @param notes what could not be tried, and why
     */
    public record Report(
            Model model, String inputs, List<Measured> measured, List<Plan.Entry> chosen, List<String> notes) {}

    /**
     * A network as planned beside the same as it is, in pairs on the same inputs.
     *
     * @param variant what the plan says
     * @param plain what a call takes as it is, in milliseconds, the median
     * @param planned what it takes as planned
     * @param ratio how long it takes as planned in relation to as it is: the median of the pairs
     * @param least the ratio is not below this, in 99 of 100 cases
     * @param most the ratio is not above this, in 99 of 100 cases
     */
    public record Verified(Variant variant, double plain, double planned, double ratio, double least, double most) {
        /** Whether the plan surely makes it slower. */
        public boolean slower() {
            return least > SLOWER;
        }
    }

    private final NetRuntime runtime;
    private final Gauge gauge;
    private final Race.Clock clock;
    private final double seconds;
    private final Chip chip;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /**
     * For the runtime on the class path.
     *
     * @param seconds how long each network's race lasts about; large networks take longer
     * @throws IllegalStateException if the class path has no {@link NetRuntime}
     */
    public Tuner(double seconds, Gauge gauge) {
        this(Net.runtime(), seconds, gauge, Race.Clock.real());
    }

    Tuner(NetRuntime runtime, double seconds, Gauge gauge, Race.Clock clock) {
        this.runtime = runtime;
        this.gauge = gauge;
        this.clock = clock;
        this.seconds = seconds;
        this.chip = Chip.here(runtime);
    }

    /** The chip that is measured. */
    public Chip chip() {
        return chip;
    }

    /** What goes into a model, in the order that {@link #tune} wants it. */
    public List<TensorSpec> inputs(Model model) {
        try (var session = runtime.open(model.source(), model.weights(), 1)) {
            return session.inputs();
        }
    }

    /** The weights that the choices so far need, by the names of their files. */
    public Map<String, byte[]> files() {
        return Map.copyOf(files);
    }

    /**
     * Tunes one network.
     *
     * @param inputs what it is given, in the order of its inputs; at least two, the more like its daily work the better
     * @throws BadInput if its weights are damaged or it fails on the inputs
     */
    public Report tune(Model model, List<List<Tensor>> inputs) {
        if (inputs.size() < FEWEST_INPUTS) {
            throw new IllegalArgumentException(inputs.size() + " inputs are too few to tune " + model.name());
        }
        try (var tuning = new Tuning(runtime, chip, gauge, model, inputs)) {
            Report report =
                    tuning.report(race(inputs, tuning.outputs(), seconds), race(inputs, tuning.outputs(), seconds / 2));
            files.putAll(tuning.files());
            return report;
        }
    }

    /**
     * Compares what a plan says of a network with running it as it is.
     *
     * @return one result for each number of threads that the plan speaks of; none if it says nothing for this chip and these weights
     * @throws BadInput if the plan is damaged or what it says cannot be done
     */
    public List<Verified> verify(Plan plan, Model model, List<List<Tensor>> inputs) {
        byte[] weights = model.weights();
        var all = new ArrayList<Verified>();
        for (Plan.Entry entry : plan.entries(Sha256.of(weights), chip)) {
            Variant variant = entry.variant();
            try (var plain = runtime.open(model.source(), weights, variant.threads());
                    var planned =
                            plan.open(runtime, model.source(), weights, entry).session()) {
                List<Sample> samples = race(inputs, names(plain), seconds)
                        .run(
                                "verifying " + model.name(),
                                List.of(
                                        new Race.Runner(plain, variant.alone()),
                                        new Race.Runner(planned, variant.alone())));
                Sample.Ratio ratio = samples.get(1).to(samples.get(0), variant.alone());
                all.add(new Verified(
                        variant,
                        samples.get(0).own(0.5),
                        samples.get(1).own(0.5),
                        ratio.median(),
                        ratio.least(),
                        ratio.most()));
            }
        }
        return List.copyOf(all);
    }

    /** The outputs that a record can ask for. */
    static List<String> names(NetRuntime.Session session) {
        return session.outputs().stream()
                .filter(o -> o.element() != Element.OTHER)
                .map(TensorSpec::name)
                .toList();
    }

    private Race race(List<List<Tensor>> inputs, List<String> outputs, double duration) {
        return new Race(clock, duration, usual(inputs), outputs);
    }

    /** Inputs of the shapes that come most often. */
    private static List<List<Tensor>> usual(List<List<Tensor>> inputs) {
        Map<String, List<List<Tensor>>> byShape = inputs.stream()
                .collect(Collectors.groupingBy(
                        in -> in.stream().map(t -> Arrays.toString(t.shape())).collect(Collectors.joining()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return byShape.values().stream()
                .max(Comparator.comparingInt(List::size))
                .map(same -> same.subList(0, Math.min(TIMED, same.size())))
                .orElseThrow();
    }
}
