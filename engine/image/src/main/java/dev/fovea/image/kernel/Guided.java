package dev.fovea.image.kernel;

import dev.fovea.Work;

/**
 * The guided filter (He, Sun and Tang, "Guided Image Filtering", 2013): in every window the result is a line of the guide, q = a I + b with
 * a = cov(I, p) / (var(I) + ε) and b = mean(p) - a mean(I); a pixel takes the mean of a and b over the windows it lies in.
 */
public final class Guided {
    private Guided() {}

    /** The filtered plane; the guide itself as input is smoothed and keeps its edges. */
    public static void filter(
            float[] guide, float[] input, int width, int height, int radius, float epsilon, float[] to) {
        Work.rows(
                height,
                BoxSum.band(radius),
                (top, bottom) -> new Band(guide, input, width, height, radius, epsilon)
                        .run(top, bottom, (y, a, b) -> apply(a, b, guide, to, y * width, width)));
    }

    /** The mean lines of every pixel. */
    static void lines(
            float[] guide,
            float[] input,
            int width,
            int height,
            int radius,
            float epsilon,
            float[] meanA,
            float[] meanB) {
        Work.rows(
                height,
                BoxSum.band(radius),
                (top, bottom) -> new Band(guide, input, width, height, radius, epsilon).run(top, bottom, (y, a, b) -> {
                    System.arraycopy(a, 0, meanA, y * width, width);
                    System.arraycopy(b, 0, meanB, y * width, width);
                }));
    }

    private static void apply(float[] a, float[] b, float[] guide, float[] to, int at, int n) {
        for (int i = 0; i < n; i++) {
            to[at + i] = Math.fma(a[i], guide[at + i], b[i]);
        }
    }

    /** What becomes of the mean lines of a row. */
    @FunctionalInterface
    private interface Sink {
        void row(int y, float[] meanA, float[] meanB);
    }

    /** Some rows in one go: sums over columns run down twice, a radius apart, and only the result leaves the cache. */
    private static final class Band {
        private final float[] guide;
        private final float[] input;
        private final int width;
        private final int height;
        private final int radius;
        private final float epsilon;
        private final float scale;
        private final BoxSum.Scratch window;
        private final float[] sumI;
        private final float[] sumP;
        private final float[] sumII;
        private final float[] sumIP;
        private final float[] meanI;
        private final float[] meanP;
        private final float[] meanII;
        private final float[] meanIP;
        private final float[][] ringA;
        private final float[][] ringB;
        private final float[] sumA;
        private final float[] sumB;

        Band(float[] guide, float[] input, int width, int height, int radius, float epsilon) {
            this.guide = guide;
            this.input = input;
            this.width = width;
            this.height = height;
            this.radius = radius;
            this.epsilon = epsilon;
            int side = 2 * radius + 1;
            scale = 1f / ((float) side * side);
            window = new BoxSum.Scratch(width, radius);
            boolean self = input == guide;
            sumI = new float[width];
            sumII = new float[width];
            meanI = new float[width];
            meanII = new float[width];
            sumP = self ? sumI : new float[width];
            sumIP = self ? sumII : new float[width];
            meanP = self ? meanI : new float[width];
            meanIP = self ? meanII : new float[width];
            ringA = new float[side + 1][width];
            ringB = new float[side + 1][width];
            sumA = new float[width];
            sumB = new float[width];
        }

        void run(int top, int bottom, Sink sink) {
            int centre = Convolve.clamp(top - radius, height);
            start(centre);
            int side = 2 * radius + 1;
            for (int y = top - radius; y < bottom + radius; y++) {
                int wanted = Convolve.clamp(y, height);
                if (wanted != centre) {
                    centre = wanted;
                    slide(centre);
                }
                int slot = Math.floorMod(y, side + 1);
                line(ringA[slot], ringB[slot]);
                int leaving = Math.floorMod(y + 1, side + 1);
                change(sumA, ringA[slot], ringA[leaving], width);
                change(sumB, ringB[slot], ringB[leaving], width);
                if (y >= top + radius) {
                    window.windows(sumA, width, scale, meanI, 0);
                    window.windows(sumB, width, scale, meanII, 0);
                    sink.row(y - radius, meanI, meanII);
                }
            }
        }

        private void start(int y) {
            for (int r = y - radius; r <= y + radius; r++) {
                int at = Convolve.clamp(r, height) * width;
                add(sumI, sumII, guide, guide, at, width);
                if (input != guide) {
                    add(sumP, sumIP, input, guide, at, width);
                }
            }
        }

        private static void add(float[] sum, float[] square, float[] p, float[] i, int at, int n) {
            for (int x = 0; x < n; x++) {
                sum[x] += p[at + x];
                square[x] = Math.fma(p[at + x], i[at + x], square[x]);
            }
        }

        private void slide(int y) {
            int enters = Convolve.clamp(y + radius, height) * width;
            int leaves = Convolve.clamp(y - radius - 1, height) * width;
            BoxSum.slide(sumI, guide, enters, leaves, width);
            BoxSum.slideProduct(sumII, guide, guide, enters, leaves, width);
            if (input != guide) {
                BoxSum.slide(sumP, input, enters, leaves, width);
                BoxSum.slideProduct(sumIP, guide, input, enters, leaves, width);
            }
        }

        /** The lines of the windows about one row. */
        private void line(float[] a, float[] b) {
            window.windows(sumI, width, scale, meanI, 0);
            window.windows(sumII, width, scale, meanII, 0);
            if (input != guide) {
                window.windows(sumP, width, scale, meanP, 0);
                window.windows(sumIP, width, scale, meanIP, 0);
            }
            fit(meanI, meanP, meanII, meanIP, epsilon, a, b, width);
        }

        private static void fit(
                float[] i, float[] p, float[] ii, float[] ip, float epsilon, float[] a, float[] b, int n) {
            for (int x = 0; x < n; x++) {
                float variance = Math.max(0f, Math.fma(-i[x], i[x], ii[x]));
                a[x] = Math.fma(-i[x], p[x], ip[x]) / (variance + epsilon);
                b[x] = Math.fma(-a[x], i[x], p[x]);
            }
        }

        private static void change(float[] sum, float[] enters, float[] leaves, int n) {
            for (int x = 0; x < n; x++) {
                sum[x] += enters[x] - leaves[x];
            }
        }
    }

    /** The same with lines found on planes that are s times smaller, and enlarged linearly. */
    public static void fast(
            float[] guide, float[] input, int width, int height, int radius, float epsilon, int s, float[] to) {
        int w = Math.max(1, (width + s - 1) / s);
        int h = Math.max(1, (height + s - 1) / s);
        Resample across = Resample.area(width, w);
        Resample down = Resample.area(height, h);
        var smallGuide = new float[w * h];
        Resample.plane(guide, width, height, across, down, smallGuide);
        float[] smallInput = smallGuide;
        if (input != guide) {
            smallInput = new float[w * h];
            Resample.plane(input, width, height, across, down, smallInput);
        }
        var a = new float[w * h];
        var b = new float[w * h];
        lines(smallGuide, smallInput, w, h, Math.max(1, radius / s), epsilon, a, b);
        Resample wide = Resample.of(w, width, x -> 1 - x, 1, false);
        Resample tall = Resample.of(h, height, x -> 1 - x, 1, false);
        Resample.plane(b, w, h, wide, tall, to);
        var slope = new float[to.length];
        Resample.plane(a, w, h, wide, tall, slope);
        Work.rows(to.length, 1 << 16, (from, end) -> {
            for (int i = from; i < end; i++) {
                to[i] = Math.fma(slope[i], guide[i], to[i]);
            }
        });
    }
}
