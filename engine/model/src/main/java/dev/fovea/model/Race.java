package dev.fovea.model;

import dev.fovea.Work;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Variants of one network run in turn, again and again, on the same inputs. */
final class Race {
    private static final int WARM = 2;
    private static final int FEWEST_ROUNDS = 15;
    private static final int MOST_ROUNDS = 201;
    /** A sample takes at least so long: short calls are repeated. */
    private static final double SAMPLE_NANOS = 1e6;

    private static final int MOST_REPEATS = 100;

    /** Reads the time, in nanoseconds. */
    interface Clock {
        /** What has passed. */
        long wall();

        /** What this thread has used of a processor. */
        long own();

        /** This machine's. */
        static Clock real() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            boolean known = threads.isCurrentThreadCpuTimeSupported();
            return new Clock() {
                @Override
                public long wall() {
                    return System.nanoTime();
                }

                @Override
                public long own() {
                    return known ? threads.getCurrentThreadCpuTime() : System.nanoTime();
                }
            };
        }
    }

    /**
     * One of the variants.
     *
     * @param alone whether a call runs in its caller's thread alone
     */
    record Runner(NetRuntime.Session session, boolean alone) {}

    private final Clock clock;
    private final double seconds;
    private final List<List<Tensor>> inputs;
    private final List<String> outputs;

    /**
     * @param seconds after which no further round begins, once there are enough of them
     * @param inputs all of the same shapes
     */
    Race(Clock clock, double seconds, List<List<Tensor>> inputs, List<String> outputs) {
        this.clock = clock;
        this.seconds = seconds;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** One of the inputs. */
    List<Tensor> inputs() {
        return inputs.getFirst();
    }

    /** Runs all of them; each round begins with another one. */
    List<Sample> run(String step, List<Runner> runners) {
        int n = runners.size();
        var repeats = new int[n];
        for (int i = 0; i < n; i++) {
            repeats[i] = repeats(runners.get(i));
        }
        var own = new double[n][MOST_ROUNDS];
        var wall = new double[n][MOST_ROUNDS];
        long begun = clock.wall();
        int round = 0;
        while (round < FEWEST_ROUNDS || round < MOST_ROUNDS && clock.wall() - begun < seconds * 1e9) {
            Work.step(step, Math.max((double) round / MOST_ROUNDS, (clock.wall() - begun) / (seconds * 1e9)));
            for (int k = 0; k < n; k++) {
                int i = (k + round) % n;
                time(runners.get(i), repeats[i], round, own[i], wall[i]);
            }
            round++;
        }
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < n; i++) {
            samples.add(new Sample(java.util.Arrays.copyOf(own[i], round), java.util.Arrays.copyOf(wall[i], round)));
        }
        return samples;
    }

    /** How many calls make a sample, after some that find everything in place. */
    private int repeats(Runner runner) {
        long least = Long.MAX_VALUE;
        for (int i = -WARM; i < WARM; i++) {
            long begun = clock.wall();
            call(runner, Math.floorMod(i, inputs.size()));
            least = i < 0 ? least : Math.min(least, clock.wall() - begun);
        }
        return Math.clamp((long) Math.ceil(SAMPLE_NANOS / Math.max(1, least)), 1, MOST_REPEATS);
    }

    private void time(Runner runner, int repeats, int round, double[] own, double[] wall) {
        long ownBegun = clock.own();
        long wallBegun = clock.wall();
        for (int i = 0; i < repeats; i++) {
            call(runner, (round + i) % inputs.size());
        }
        wall[round] = (clock.wall() - wallBegun) * 1e-6 / repeats;
        own[round] = runner.alone ? (clock.own() - ownBegun) * 1e-6 / repeats : wall[round];
    }

    private void call(Runner runner, int input) {
        runner.session.run(inputs.get(input), outputs);
    }
}
