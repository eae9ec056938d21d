package dev.fovea.space.kernel;

import dev.fovea.image.kernel.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sigma filter (Lee 1983): the mean of those of 5 × 5 values that differ from the middle one by less than a bound, so that noise is
 * averaged and edges stay.
 */
public final class SigmaFilter {
    private static final int RADIUS = 2;

    private SigmaFilter() {}

    /** One row; what is not a number stays so, and counts for nothing. */
    public static void row(float[] from, int width, int height, int y, float bound, float[] to) {
        int first = Math.max(0, y - RADIUS), last = Math.min(height - 1, y + RADIUS);
        int edge = Math.min(RADIUS, width);
        mean(from, width, y, first, last, bound, to, 0, edge);
        int done = Simd.ON && width > 2 * RADIUS ? Lanes.row(from, width, y, first, last, bound, to) : edge;
        mean(from, width, y, first, last, bound, to, done, width);
    }

    static void mean(
            float[] from, int width, int y, int first, int last, float bound, float[] to, int left, int right) {
        for (int x = left; x < right; x++) {
            float middle = from[y * width + x], sum = 0, count = 0;
            for (int v = first; v <= last; v++) {
                for (int u = Math.max(0, x - RADIUS); u <= Math.min(width - 1, x + RADIUS); u++) {
                    float value = from[v * width + u];
                    if (Math.abs(value - middle) < bound) {
                        sum += value;
                        count += 1;
                    }
                }
            }
            to[y * width + x] = sum / count;
        }
    }

    /** The same with as many pixels as there are lanes. */
    static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

        static int row(float[] from, int width, int y, int first, int last, float bound, float[] to) {
            int x = RADIUS;
            for (; x + S.length() <= width - RADIUS; x += S.length()) {
                var middle = FloatVector.fromArray(S, from, y * width + x);
                var sum = FloatVector.zero(S);
                var count = sum;
                for (int v = first; v <= last; v++) {
                    for (int u = -RADIUS; u <= RADIUS; u++) {
                        var value = FloatVector.fromArray(S, from, v * width + x + u);
                        var near = value.sub(middle).abs().compare(VectorOperators.LT, bound);
                        sum = sum.add(value, near);
                        count = count.add(1, near);
                    }
                }
                sum.div(count).intoArray(to, y * width + x);
            }
            return x;
        }
    }
}
