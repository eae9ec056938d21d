package dev.fovea.image.kernel;

import dev.fovea.Work;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Means over square windows; beyond the picture its edge continues. Down the columns sums run: one row enters, one leaves, restarted at
 * every band so that rounding does not pile up. Along the row the window is put together from sums over 1, 2, 4, 8 … values, which costs
 * the logarithm of the radius, runs in lanes and does not drift either.
 */
public final class BoxSum {
    private BoxSum() {}

    /** The mean over (2 radius + 1)² pixels. */
    public static void mean(float[] from, int width, int height, int radius, float[] to) {
        int side = 2 * radius + 1;
        float scale = 1f / ((float) side * side);
        Work.rows(height, band(radius), (top, bottom) -> {
            var columns = new float[width];
            var scratch = new Scratch(width, radius);
            start(from, width, height, top, radius, columns);
            for (int y = top; y < bottom; y++) {
                if (y > top) {
                    slide(
                            columns,
                            from,
                            Convolve.clamp(y + radius, height) * width,
                            Convolve.clamp(y - radius - 1, height) * width,
                            width);
                }
                scratch.windows(columns, width, scale, to, y * width);
            }
        });
    }

    /** Rows per band: enough that starting the sums anew costs little. */
    static int band(int radius) {
        return Math.max(64, 8 * radius);
    }

    /** Column sums of the window about row y. */
    static void start(float[] from, int width, int height, int y, int radius, float[] columns) {
        java.util.Arrays.fill(columns, 0);
        for (int r = y - radius; r <= y + radius; r++) {
            int at = Convolve.clamp(r, height) * width;
            for (int x = 0; x < width; x++) {
                columns[x] += from[at + x];
            }
        }
    }

    /** One row enters the column sums, another leaves. */
    static void slide(float[] columns, float[] from, int enters, int leaves, int n) {
        int done = Simd.ON ? Lanes.slide(columns, from, enters, leaves, n) : 0;
        for (int x = done; x < n; x++) {
            columns[x] += from[enters + x] - from[leaves + x];
        }
    }

    /** One row of products enters the column sums, another leaves. */
    static void slideProduct(float[] columns, float[] a, float[] b, int enters, int leaves, int n) {
        int done = Simd.ON ? Lanes.slideProduct(columns, a, b, enters, leaves, n) : 0;
        for (int x = done; x < n; x++) {
            columns[x] += Math.fma(a[enters + x], b[enters + x], -(a[leaves + x] * b[leaves + x]));
        }
    }

    /** Sums over windows of a row. */
    static final class Scratch {
        private final int radius;
        private final float[] sums;
        private final float[] total;

        Scratch(int width, int radius) {
            this.radius = radius;
            this.sums = new float[width + 2 * radius + 1];
            this.total = new float[width + 2 * radius + 1];
        }

        /** to[at + x] = scale · Σ row[x - radius .. x + radius]. */
        void windows(float[] row, int n, float scale, float[] to, int at) {
            System.arraycopy(row, 0, sums, radius, n);
            Convolve.extend(sums, radius, radius + n, n + 2 * radius);
            int side = 2 * radius + 1;
            int done = 0;
            for (int size = 1; size <= side; size *= 2) {
                // sums[i] now holds size values from i on
                if ((side & size) != 0) {
                    take(total, sums, done, n);
                    done += size;
                }
                if (2 * size <= side) {
                    twice(sums, size, n + 2 * radius + 1 - 2 * size);
                }
            }
            for (int x = 0; x < n; x++) {
                to[at + x] = total[x] * scale;
            }
        }
    }

    /** total[i] += sums[i + shift], or = for shift 0. */
    static void take(float[] total, float[] sums, int shift, int n) {
        if (shift == 0) {
            System.arraycopy(sums, 0, total, 0, n);
            return;
        }
        int done = Simd.ON ? Lanes.take(total, sums, shift, n) : 0;
        for (int i = done; i < n; i++) {
            total[i] += sums[i + shift];
        }
    }

    /** sums[i] += sums[i + size]. */
    static void twice(float[] sums, int size, int n) {
        int done = Simd.ON ? Lanes.twice(sums, size, n) : 0;
        for (int i = done; i < n; i++) {
            sums[i] += sums[i + size];
        }
    }

    private static final class Lanes {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
        private static final int V = S.length();

        static int slide(float[] columns, float[] from, int enters, int leaves, int n) {
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector change =
                        FloatVector.fromArray(S, from, enters + i).sub(FloatVector.fromArray(S, from, leaves + i));
                FloatVector.fromArray(S, columns, i).add(change).intoArray(columns, i);
            }
            return i;
        }

        static int slideProduct(float[] columns, float[] a, float[] b, int enters, int leaves, int n) {
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector old = FloatVector.fromArray(S, a, leaves + i).mul(FloatVector.fromArray(S, b, leaves + i));
                FloatVector change =
                        FloatVector.fromArray(S, a, enters + i).fma(FloatVector.fromArray(S, b, enters + i), old.neg());
                FloatVector.fromArray(S, columns, i).add(change).intoArray(columns, i);
            }
            return i;
        }

        static int take(float[] total, float[] sums, int shift, int n) {
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector more = FloatVector.fromArray(S, sums, i + shift);
                FloatVector.fromArray(S, total, i).add(more).intoArray(total, i);
            }
            return i;
        }

        /** Reads ahead of what it writes, or the same vector: the order of the scalar loop is kept. */
        static int twice(float[] sums, int size, int n) {
            int i = 0;
            for (; i <= n - V; i += V) {
                FloatVector ahead = FloatVector.fromArray(S, sums, i + size);
                FloatVector.fromArray(S, sums, i).add(ahead).intoArray(sums, i);
            }
            return i;
        }
    }
}
