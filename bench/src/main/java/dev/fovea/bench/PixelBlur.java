package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.space.Disparity;

/**
 * The plain peer of bokeh: every pixel is the mean, in linear light, of what lies within the blur of its own depth, whatever that is.
 *
 * @param focus the disparity in focus
 * @param blur diameter in pixels for each pixel of disparity
 * @param square whether the mean is over a square instead of a disc
 */
record PixelBlur(double focus, double blur, boolean square) {
    private static final int FINE = 4;
    private static final int BAND = 16;

    Image apply(Image image, Disparity disparity) {
        Image light = image.to(Colour.LINEAR);
        int w = image.width();
        int h = image.height();
        var out = new float[3][w * h];
        for (int c = 0; c < 3; c++) {
            double[] sums = sums(light.plane(c), w, h);
            float[] to = out[c];
            Work.rows(h, BAND, (from, end) -> {
                for (int y = from; y < end; y++) {
                    for (int x = 0; x < w; x++) {
                        double radius = Math.abs(disparity.at(x, y) - focus) * blur / 2;
                        to[y * w + x] = (float) mean(sums, w, h, x, y, Math.max(0.5, radius));
                    }
                }
            });
        }
        return Image.of(w, h, Colour.LINEAR, out).to(Colour.SRGB);
    }

    /** Of each row the sums up to each pixel. */
    private static double[] sums(float[] plane, int w, int h) {
        var sums = new double[(w + 1) * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                sums[y * (w + 1) + x + 1] = sums[y * (w + 1) + x] + plane[y * w + x];
            }
        }
        return sums;
    }

    private double mean(double[] sums, int w, int h, int x, int y, double radius) {
        int reach = (int) Math.ceil(radius - 0.5);
        double sum = 0;
        double area = 0;
        for (int dy = -reach; dy <= reach; dy++) {
            int row = Math.clamp(y + dy, 0, h - 1) * (w + 1);
            for (int i = 0; i < FINE; i++) {
                double v = dy + (i + 0.5) / FINE - 0.5;
                if (Math.abs(v) < radius) {
                    double half = square ? radius : Math.sqrt(radius * radius - v * v);
                    sum += upTo(sums, row, w, x + 0.5 + half) - upTo(sums, row, w, x + 0.5 - half);
                    area += 2 * half;
                }
            }
        }
        return sum / area;
    }

    /** The integral of a row up to some place; beyond the picture its edge continues. */
    private static double upTo(double[] sums, int row, int w, double x) {
        if (x <= 0) {
            return x * (sums[row + 1] - sums[row]);
        }
        if (x >= w) {
            return sums[row + w] + (x - w) * (sums[row + w] - sums[row + w - 1]);
        }
        int i = (int) x;
        return i == w ? sums[row + w] : sums[row + i] + (x - i) * (sums[row + i + 1] - sums[row + i]);
    }
}
