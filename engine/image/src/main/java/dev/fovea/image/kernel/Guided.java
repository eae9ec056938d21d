package dev.fovea.image.kernel;

import dev.fovea.Work;

/**
 * The guided filter (He, Sun and Tang, "Guided Image Filtering", 2013): in every window the result is a line of the guide, q = a I + b with
 * a = cov(I, p) / (var(I) + ε) and b = mean(p) - a mean(I); a pixel takes the mean of a and b over the windows it lies in.
 */
public final class Guided {
    private Guided() {}

    /**
     * The mean lines of every pixel.
     *
     * @param guide I
     * @param input p; the guide itself smooths it and keeps its edges
     * @param meanA the mean slope, out
     * @param meanB the mean offset, out
     */
    public static void lines(
            float[] guide,
            float[] input,
            int width,
            int height,
            int radius,
            float epsilon,
            float[] meanA,
            float[] meanB) {
        int n = width * height;
        var product = new float[n];
        var square = new float[n];
        var meanI = new float[n];
        var meanP = new float[n];
        for (int i = 0; i < n; i++) {
            product[i] = guide[i] * input[i];
            square[i] = guide[i] * guide[i];
        }
        BoxSum.mean(guide, width, height, radius, meanI);
        BoxSum.mean(input, width, height, radius, meanP);
        var ip = new float[n];
        var ii = new float[n];
        BoxSum.mean(product, width, height, radius, ip);
        BoxSum.mean(square, width, height, radius, ii);
        for (int i = 0; i < n; i++) {
            float variance = Math.max(0, ii[i] - meanI[i] * meanI[i]);
            ip[i] = (ip[i] - meanI[i] * meanP[i]) / (variance + epsilon);
            ii[i] = meanP[i] - ip[i] * meanI[i];
        }
        BoxSum.mean(ip, width, height, radius, meanA);
        BoxSum.mean(ii, width, height, radius, meanB);
    }

    /** The filtered plane. */
    public static void filter(
            float[] guide, float[] input, int width, int height, int radius, float epsilon, float[] to) {
        var a = new float[to.length];
        var b = new float[to.length];
        lines(guide, input, width, height, radius, epsilon, a, b);
        Work.rows(to.length, 1 << 16, (from, end) -> {
            for (int i = from; i < end; i++) {
                to[i] = Math.fma(a[i], guide[i], b[i]);
            }
        });
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
