package dev.fovea.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What networks were given while something ran: the most truthful examples to calibrate and to measure with. Of each network a few
 * inputs are kept, every one with the same probability.
 */
public final class Tape {
    private static final ScopedValue<Tape> RUNNING = ScopedValue.newInstance();
    private static final int MOST = 48;
    private static final int FEWEST = 6;
    /** Values that are kept of one network. */
    private static final int MOST_VALUES = 1 << 22;

    private final Map<String, Reservoir> networks = new LinkedHashMap<>();

    private Tape() {}

    /** What the networks are given that a task calls in its own thread. */
    public static Tape of(Runnable task) {
        var tape = new Tape();
        ScopedValue.where(RUNNING, tape).run(task);
        return tape;
    }

    /** Inputs of a network, each in the network's order; none if it was not called. */
    public List<List<Tensor>> inputs(Model model) {
        Reservoir reservoir = networks.get(model.toString());
        return reservoir == null ? List.of() : List.copyOf(reservoir.kept);
    }

    static void hear(Model model, List<Tensor> inputs) {
        if (RUNNING.isBound()) {
            Tape tape = RUNNING.get();
            synchronized (tape) {
                tape.networks
                        .computeIfAbsent(model.toString(), m -> new Reservoir())
                        .offer(inputs);
            }
        }
    }

    /** Sampling without knowing how many will come (Vitter, Random Sampling with a Reservoir, 1985, algorithm R). */
    private static final class Reservoir {
        private final List<List<Tensor>> kept = new ArrayList<>();
        private final Random random = new Random(1985);
        private int seen;

        void offer(List<Tensor> inputs) {
            long size = inputs.stream().mapToLong(Tensor::size).sum();
            int room = Math.clamp(MOST_VALUES / Math.max(1, size), FEWEST, MOST);
            seen++;
            if (kept.size() < room) {
                kept.add(copies(inputs));
            } else {
                int place = random.nextInt(seen);
                if (place < kept.size()) {
                    kept.set(place, copies(inputs));
                }
            }
        }

        private static List<Tensor> copies(List<Tensor> inputs) {
            return inputs.stream()
                    .<Tensor>map(tensor -> switch (tensor) {
                        case Tensor.Floats t -> new Tensor.Floats(t.values().clone(), t.shape());
                        case Tensor.Bytes t -> new Tensor.Bytes(t.values().clone(), t.shape());
                        case Tensor.Longs t -> new Tensor.Longs(t.values().clone(), t.shape());
                    })
                    .toList();
        }
    }
}
