package dev.fovea.video;

import dev.fovea.image.Frame;

/** How much fine detail a frame has, read from its compact samples. */
final class Sharpness {
    private static final int WIDE = 32;
    private static final int HIGH = 18;

    private final byte[] bytes;
    private final int first;
    private final int step;
    private final int width;
    private final int height;

    private Sharpness(Frame f) {
        bytes = f.bytes();
        width = f.width();
        height = f.height();
        // luma, or the (higher byte of) green
        switch (f.format()) {
            case I420, GREY8 -> {
                first = 0;
                step = 1;
            }
            case RGB8 -> {
                first = 1;
                step = 3;
            }
            case RGB16 -> {
                first = 3;
                step = 6;
            }
            case GREY16 -> {
                first = 1;
                step = 2;
            }
            default -> throw new IllegalArgumentException("" + f.format());
        }
    }

    private int at(int x, int y) {
        return bytes[first + (y * width + x) * step] & 0xFF;
    }

    /**
     * The mean square of second differences between pixels two apart, of every other row: motion blur and defocus quench these, single
     * pixels of noise hardly count more than in any other frame of the video.
     */
    static double of(Frame frame) {
        var s = new Sharpness(frame);
        long sum = 0, count = 0;
        for (int y = 2; y < s.height - 2; y += 2) {
            for (int x = 2; x < s.width - 2; x++) {
                int here = 2 * s.at(x, y);
                int across = here - s.at(x - 2, y) - s.at(x + 2, y);
                int down = here - s.at(x, y - 2) - s.at(x, y + 2);
                sum += (long) across * across + (long) down * down;
            }
            count += s.width - 4;
        }
        return count == 0 ? 0 : (double) sum / count;
    }

    /** Means of a coarse raster, 0..1. */
    static double[] small(Frame frame) {
        var s = new Sharpness(frame);
        var means = new double[WIDE * HIGH];
        for (int row = 0; row < HIGH; row++) {
            for (int column = 0; column < WIDE; column++) {
                means[row * WIDE + column] = s.mean(
                        column * s.width / WIDE,
                        row * s.height / HIGH,
                        (column + 1) * s.width / WIDE,
                        (row + 1) * s.height / HIGH);
            }
        }
        return means;
    }

    private double mean(int left, int top, int right, int bottom) {
        long sum = 0, count = 0;
        for (int y = top; y < Math.max(bottom, top + 1); y += 2) {
            for (int x = left; x < Math.max(right, left + 1); x += 2) {
                sum += at(x, y);
                count++;
            }
        }
        return sum / (255.0 * count);
    }

    /** The mean difference of two coarse rasters. */
    static double difference(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum / a.length;
    }
}
