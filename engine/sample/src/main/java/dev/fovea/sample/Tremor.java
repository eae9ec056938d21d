package dev.fovea.sample;

import java.util.ArrayList;
import java.util.List;

/** The hand's tremor: a random walk whose speed changes slowly. */
final class Tremor {
    /** How much of its speed the hand keeps from one frame to the next. */
    private static final double INERTIA = 0.75;

    private Tremor() {}

    /** Motions that start at {@link Motion#NONE} and reach 70 to 100 per cent of what is allowed. */
    static List<Motion> walk(int frames, double maxShift, double maxDegrees, long seed) {
        double[] x = path(frames, Randomness.of(seed, 1));
        double[] y = path(frames, Randomness.of(seed, 2));
        double[] turn = path(frames, Randomness.of(seed, 3));
        var random = Randomness.of(seed, 4);
        double far = 0;
        double most = 0;
        for (int i = 0; i < frames; i++) {
            far = Math.max(far, Math.hypot(x[i], y[i]));
            most = Math.max(most, Math.abs(turn[i]));
        }
        double shift = far == 0 ? 0 : maxShift * random.between(0.7, 1) / far;
        double angle = most == 0 ? 0 : maxDegrees * random.between(0.7, 1) / most;
        var motions = new ArrayList<Motion>();
        for (int i = 0; i < frames; i++) {
            motions.add(new Motion(x[i] * shift, y[i] * shift, turn[i] * angle));
        }
        return motions;
    }

    private static double[] path(int frames, Randomness random) {
        double[] at = new double[frames];
        double speed = random.gaussian();
        for (int i = 1; i < frames; i++) {
            speed = INERTIA * speed + random.gaussian();
            at[i] = at[i - 1] + speed;
        }
        return at;
    }
}
