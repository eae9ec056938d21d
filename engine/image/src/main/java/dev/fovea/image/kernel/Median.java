package dev.fovea.image.kernel;

import dev.fovea.Work;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Medians. */
public final class Median {
    private static final int BAND = 32;

    private Median() {}

    /**
     * The median of 3 × 3 pixels; beyond the plane its edge continues. Each column of three is sorted once; the median of nine is the median
     * of the largest minimum, the median of medians and the smallest maximum (Smith 1996).
     */
    public static void three(float[] from, int width, int height, float[] to) {
        Work.rows(height, BAND, (top, bottom) -> {
            var low = new float[width + 2];
            var mid = new float[width + 2];
            var high = new float[width + 2];
            for (int y = top; y < bottom; y++) {
                int above = Math.max(0, y - 1) * width;
                int below = Math.min(height - 1, y + 1) * width;
                sort(from, above, y * width, below, low, mid, high, width);
                Convolve.extend(low, 1, width + 1, width + 2);
                Convolve.extend(mid, 1, width + 1, width + 2);
                Convolve.extend(high, 1, width + 1, width + 2);
                pick(low, mid, high, to, y * width, width);
            }
        });
    }

    static void sort(float[] f, int a, int b, int c, float[] low, float[] mid, float[] high, int n) {
        int done = Simd.ON ? Lanes.sort(f, a, b, c, low, mid, high, n) : 0;
        for (int i = done; i < n; i++) {
            float x = min(f[a + i], f[b + i]);
            float y = max(f[a + i], f[b + i]);
            float z = f[c + i];
            low[i + 1] = min(x, z);
            mid[i + 1] = max(x, min(y, z));
            high[i + 1] = max(y, z);
        }
    }

    static void pick(float[] low, float[] mid, float[] high, float[] to, int at, int n) {
        int done = Simd.ON ? Lanes.pick(low, mid, high, to, at, n) : 0;
        for (int i = done; i < n; i++) {
            float lows = max(low[i], max(low[i + 1], low[i + 2]));
            float highs = min(high[i], min(high[i + 1], high[i + 2]));
            to[at + i] = median(lows, median(mid[i], mid[i + 1], mid[i + 2]), highs);
        }
    }

    private static float median(float a, float b, float c) {
        return max(min(a, b), min(max(a, b), c));
    }

    /** Unlike Math.min: one comparison, and nothing special about NaN or the sign of zero. */
    private static float min(float a, float b) {
        return a < b ? a : b;
    }

    private static float max(float a, float b) {
        return a < b ? b : a;
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
        private static final int V = S.length();

        static int sort(float[] f, int a, int b, int c, float[] low, float[] mid, float[] high, int n) {
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector p = FloatVector.fromArray(S, f, a + i);
                FloatVector q = FloatVector.fromArray(S, f, b + i);
                FloatVector z = FloatVector.fromArray(S, f, c + i);
                FloatVector x = min(p, q);
                FloatVector y = max(p, q);
                min(x, z).intoArray(low, i + 1);
                max(x, min(y, z)).intoArray(mid, i + 1);
                max(y, z).intoArray(high, i + 1);
            }
            return i;
        }

        static int pick(float[] low, float[] mid, float[] high, float[] to, int at, int n) {
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector lows = max(load(low, i), max(load(low, i + 1), load(low, i + 2)));
                FloatVector highs = min(load(high, i), min(load(high, i + 1), load(high, i + 2)));
                FloatVector mids = median(load(mid, i), load(mid, i + 1), load(mid, i + 2));
                median(lows, mids, highs).intoArray(to, at + i);
            }
            return i;
        }

        private static FloatVector load(float[] row, int i) {
            return FloatVector.fromArray(S, row, i);
        }

        private static FloatVector median(FloatVector a, FloatVector b, FloatVector c) {
            return max(min(a, b), min(max(a, b), c));
        }

        private static FloatVector min(FloatVector a, FloatVector b) {
            VectorMask<Float> less = a.compare(VectorOperators.LT, b);
            return b.blend(a, less);
        }

        private static FloatVector max(FloatVector a, FloatVector b) {
            VectorMask<Float> less = a.compare(VectorOperators.LT, b);
            return a.blend(b, less);
        }
    }
}
