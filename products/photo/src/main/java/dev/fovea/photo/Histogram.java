package dev.fovea.photo;

import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.util.List;

/**
 * How often each value occurs in one channel of a picture. Two exposures of one scene have the same pixels in the same order of
 * brightness, so equal quantiles show equal light, without any alignment (Grossberg and Nayar 2003).
 */
final class Histogram {
    private final long[] counts;
    private final long total;

    Histogram(long[] counts) {
        this.counts = counts;
        long sum = 0;
        for (long c : counts) {
            sum += c;
        }
        total = sum;
    }

    /** The codes 0..255 of each channel of a frame. */
    static Histogram[] of(Frame frame) {
        Image image = frame.image();
        var channels = new Histogram[image.colour().planes()];
        for (int c = 0; c < channels.length; c++) {
            var counts = new long[256];
            for (float v : image.plane(c)) {
                counts[Math.clamp(Math.round(v * 255), 0, 255)]++;
            }
            channels[c] = new Histogram(counts);
        }
        return channels;
    }

    /** Whether all have nearly the same distribution: no quantile of any channel moves by more than four codes. */
    static boolean alike(List<Histogram[]> frames) {
        for (Histogram[] frame : frames) {
            for (int c = 0; c < frame.length; c++) {
                if (!frame[c].alike(frames.getFirst()[c])) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean alike(Histogram other) {
        double[] a = below();
        double[] b = other.below();
        for (double share = 0.05; share < 1; share += 0.05) {
            if (Math.abs(quantile(a, share) - quantile(b, share)) > 4) {
                return false;
            }
        }
        return true;
    }

    /** The share of all pixels in one bin. */
    double share(int bin) {
        return (double) counts[bin] / total;
    }

    /** The share of pixels below each bin's lower edge, and at the end 1. */
    double[] below() {
        var below = new double[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            below[i + 1] = below[i] + share(i);
        }
        below[counts.length] = 1;
        return below;
    }

    /** The value below which the given share of {@code below} lies: the centre of bin i is i; NaN where no pixel is near. */
    static double quantile(double[] below, double share) {
        int low = 0;
        int high = below.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (below[middle] <= share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double inside = below[low + 1] - below[low];
        return inside > 0 ? low - 0.5 + (share - below[low]) / inside : Double.NaN;
    }
}
