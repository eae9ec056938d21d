package dev.fovea.photo.kernel;

import dev.fovea.image.kernel.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lays something under what is there already, as far as that leaves light to pass: parts of one surface that lie beside each other add up
 * (the disjoint "over" of Porter and Duff's successors; Salesin and Barzel 1993), where the usual "over" would let through what lies behind
 * both. Neighbouring parts blurred unequally may leave a little uncovered between them, through which nothing shall be seen: with
 * {@link #CLOSED} covered a pixel is closed.
 *
 * <p>free = max(0, min(1 − covered, 1.5 (CLOSED − covered))), part = min(1, free / alpha), covered += part · alpha.
 */
public final class Underlay {
    /** What is covered so far lets nothing pass. */
    public static final float CLOSED = 0.94f;

    private static final float CLOSING = 1.5f;
    private static final float LEAST = 1e-9f;

    private Underlay() {}

    /** How much light still passes. */
    public static float free(float covered) {
        return Math.max(0, Math.min(1 - covered, CLOSING * (CLOSED - covered)));
    }

    /**
     * Covers n pixels.
     *
     * @param alpha the coverage of what is laid under; becomes the part of it that is seen
     */
    public static void cover(float[] covered, int at, float[] alpha, int from, int n) {
        int done = Simd.ON ? Lanes.cover(covered, at, alpha, from, n) : 0;
        for (int i = done; i < n; i++) {
            float a = Math.max(0, alpha[from + i]);
            float part = Math.min(1, free(covered[at + i]) / Math.max(a, LEAST));
            covered[at + i] = Math.fma(part, a, covered[at + i]);
            alpha[from + i] = part;
        }
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

        static int cover(float[] covered, int at, float[] alpha, int from, int n) {
            int i = 0;
            for (; i <= n - S.length(); i += S.length()) {
                FloatVector now = FloatVector.fromArray(S, covered, at + i);
                FloatVector a = FloatVector.fromArray(S, alpha, from + i).max(0);
                FloatVector free =
                        now.neg().add(1).min(now.neg().add(CLOSED).mul(CLOSING)).max(0);
                FloatVector part = free.div(a.max(LEAST)).min(1);
                part.fma(a, now).intoArray(covered, at + i);
                part.intoArray(alpha, from + i);
            }
            return i;
        }
    }
}
