package dev.fovea.photo.kernel;

import dev.fovea.image.kernel.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over a convex shape that slides along a row. Each row of the shape is a span; the sum over a span is the difference of two running
 * sums of the row (a summed-area table of one dimension; Crow 1984), so that the cost goes with the shape's height, not its area.
 *
 * <p>With S(i) the sum of the first i values of a row, linear in between: to[x] = Σ weight · (S(right + x) − S(left + x)).
 */
public final class SpanSum {
    private SpanSum() {}

    /** Running sums of n values: sums[at] = 0, sums[at + n] is the sum of all. */
    public static void run(float[] values, int n, float scale, float[] sums, int at) {
        float sum = 0;
        sums[at] = 0;
        for (int i = 0; i < n; i++) {
            sum = Math.fma(values[i], scale, sum);
            sums[at + i + 1] = sum;
        }
    }

    /**
     * The sums of n neighbouring places of the shape.
     *
     * @param sums running sums of all rows
     * @param places of each of the shape's rows two indices into the sums: its left and right end at the first place, rounded down
     * @param weights of each row four factors: of the sums at the right end, after it, at the left end, and after it
     */
    public static void gather(float[] sums, int[] places, float[] weights, int rows, float[] to, int at, int n) {
        int done = Simd.ON ? Lanes.gather(sums, places, weights, rows, to, at, n) : 0;
        for (int x = done; x < n; x++) {
            float sum = 0;
            for (int k = 0; k < rows; k++) {
                int l = places[2 * k] + x;
                int r = places[2 * k + 1] + x;
                sum = Math.fma(weights[4 * k], sums[r], sum);
                sum = Math.fma(weights[4 * k + 2], sums[l], sum);
                sum = Math.fma(weights[4 * k + 1], sums[r + 1], sum);
                sum = Math.fma(weights[4 * k + 3], sums[l + 1], sum);
            }
            to[at + x] = sum;
        }
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

        static int gather(float[] sums, int[] places, float[] weights, int rows, float[] to, int at, int n) {
            int x = 0;
            for (; x <= n - S.length(); x += S.length()) {
                one(sums, places, weights, rows, x).intoArray(to, at + x);
            }
            return x;
        }

        private static FloatVector one(float[] sums, int[] places, float[] weights, int rows, int x) {
            FloatVector sum = FloatVector.zero(S);
            for (int k = 0; k < rows; k++) {
                int l = places[2 * k] + x;
                int r = places[2 * k + 1] + x;
                sum = FloatVector.fromArray(S, sums, r).fma(FloatVector.broadcast(S, weights[4 * k]), sum);
                sum = FloatVector.fromArray(S, sums, l).fma(FloatVector.broadcast(S, weights[4 * k + 2]), sum);
                sum = FloatVector.fromArray(S, sums, r + 1).fma(FloatVector.broadcast(S, weights[4 * k + 1]), sum);
                sum = FloatVector.fromArray(S, sums, l + 1).fma(FloatVector.broadcast(S, weights[4 * k + 3]), sum);
            }
            return sum;
        }
    }
}
