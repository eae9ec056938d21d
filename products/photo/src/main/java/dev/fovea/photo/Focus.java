package dev.fovea.photo;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import dev.fovea.space.Disparity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is in focus.
 *
 * @param disparity its disparity
 * @param at where it is, in pixels
 * @param subject what it is
 */
public record Focus(double disparity, Point2 at, Subject subject) {
    /** What somebody may focus on. */
    public enum Subject {
        /** A point that was named. */
        POINT,
        /** The main face: large, and near the middle. */
        FACE,
        /** The nearest large thing. */
        NEAREST
    }

    /** Half the side of the square about a point that tells its disparity, as a share of the longer side. */
    private static final double FINGER = 0.004;

    /** Faces smaller than this share of the shorter side are no subject. */
    private static final double SMALL = 0.1;

    private static final int BINS = 64;
    /** A subject is at least so large a part of the picture, and so thick a part of its depth. */
    private static final double LARGE = 0.05;

    private static final int THICK = 5;

    /**
     * On the point that was named.
     *
     * @throws IllegalArgumentException if it lies outside the picture
     */
    public static Focus at(Disparity disparity, Point2 point) {
        check(point, disparity.width(), disparity.height());
        double half = Math.max(2, FINGER * Math.max(disparity.width(), disparity.height()));
        return new Focus(median(disparity, about(point, half)), point, Subject.POINT);
    }

    /**
     * Refuses a point outside a picture.
     *
     * @throws IllegalArgumentException naming point and picture
     */
    public static void check(Point2 point, int width, int height) {
        if (!new Box(-0.5, -0.5, width, height).contains(point)) {
            throw new IllegalArgumentException("the point " + shown(point.x()) + "," + shown(point.y())
                    + " lies outside the picture of " + width + " x " + height + " pixels");
        }
    }

    /** On the main one of some faces; without faces on the nearest large thing. */
    public static Focus of(Disparity disparity, List<Box> faces) {
        var whole = new Box(-0.5, -0.5, disparity.width(), disparity.height());
        double least = SMALL * Math.min(whole.width(), whole.height());
        return faces.stream()
                .filter(face -> face.height() >= least
                        && face.scaled(0.5).intersect(whole).area() >= 1)
                .max(Comparator.comparingDouble(face -> face.area() / (0.3 + off(face.centre(), whole))))
                .map(face -> new Focus(median(disparity, face.scaled(0.5)), face.centre(), Subject.FACE))
                .orElseGet(() -> nearest(disparity));
    }

    /** How far from the middle of the picture, 0..1. */
    private static double off(Point2 point, Box whole) {
        return point.distance(whole.centre()) / Math.hypot(whole.width(), whole.height()) * 2;
    }

    private static Box about(Point2 point, double half) {
        return new Box(point.x() - half, point.y() - half, 2 * half, 2 * half);
    }

    private static double median(Disparity disparity, Box box) {
        float[] inside = inside(disparity, box);
        return inside[inside.length / 2];
    }

    /** What is known in a box, sorted; of all if nothing is. */
    static float[] inside(Disparity disparity, Box box) {
        int x0 = Math.clamp(Math.round(box.x()), 0, disparity.width() - 1);
        int y0 = Math.clamp(Math.round(box.y()), 0, disparity.height() - 1);
        int x1 = Math.clamp(Math.round(box.right()), x0, disparity.width() - 1);
        int y1 = Math.clamp(Math.round(box.bottom()), y0, disparity.height() - 1);
        var values = new float[(x1 - x0 + 1) * (y1 - y0 + 1)];
        int n = 0;
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                float d = disparity.at(x, y);
                if (!Float.isNaN(d)) {
                    values[n++] = d;
                }
            }
        }
        float[] known = n > 0 ? Arrays.copyOf(values, n) : Spread.of(disparity).sorted();
        Arrays.sort(known);
        return known;
    }

    /**
     * The nearest large thing: from near to far the first few neighbouring bins of disparity that hold enough of the picture, its middle
     * counting more than its edges, the ground at the lower edge least.
     */
    private static Focus nearest(Disparity disparity) {
        Spread spread = Spread.of(disparity);
        double low = spread.at(0.01);
        double width = Math.max(spread.width(), 1e-9);
        var weight = new double[BINS];
        double all = 0;
        int step = Math.max(1, disparity.width() / 400);
        for (int y = 0; y < disparity.height(); y += step) {
            for (int x = 0; x < disparity.width(); x += step) {
                double w = importance((x + 0.5) / disparity.width(), (y + 0.5) / disparity.height());
                all += w;
                weight[bin(disparity.at(x, y), low, width)] += Float.isNaN(disparity.at(x, y)) ? 0 : w;
            }
        }
        int best = BINS - 1;
        while (best > THICK && sum(weight, best) < LARGE * all) {
            best--;
        }
        // The first bins may only brush the subject: its thickest part is a little farther.
        while (best > THICK && sum(weight, best - 1) > sum(weight, best)) {
            best--;
        }
        double middle = low + width * (best + 0.5 - THICK / 2) / BINS;
        return new Focus(middle, where(disparity, middle, width * THICK / 2 / BINS), Subject.NEAREST);
    }

    private static double importance(double x, double y) {
        double off = (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5);
        return Math.exp(-6 * off) * (y > 0.8 ? 0.3 : 1);
    }

    private static int bin(float d, double low, double width) {
        return Float.isNaN(d) ? 0 : (int) Math.clamp((d - low) / width * BINS, 0, BINS - 1);
    }

    private static double sum(double[] weight, int last) {
        return Arrays.stream(weight, last - THICK + 1, last + 1).sum();
    }

    /** The point of about some disparity that lies nearest to the middle of all such. */
    private static Point2 where(Disparity disparity, double middle, double around) {
        double sx = 0;
        double sy = 0;
        int n = 0;
        for (int y = 0; y < disparity.height(); y++) {
            for (int x = 0; x < disparity.width(); x++) {
                if (Math.abs(disparity.at(x, y) - middle) <= around) {
                    sx += x;
                    sy += y;
                    n++;
                }
            }
        }
        var centre = n > 0 ? new Point2(sx / n, sy / n) : new Point2(disparity.width() / 2, disparity.height() / 2);
        var best = centre;
        double least = Double.POSITIVE_INFINITY;
        for (int y = 0; y < disparity.height(); y++) {
            for (int x = 0; x < disparity.width(); x++) {
                double distance = Math.hypot(x - centre.x(), y - centre.y());
                if (distance < least && Math.abs(disparity.at(x, y) - middle) <= around) {
                    least = distance;
                    best = new Point2(x, y);
                }
            }
        }
        return best;
    }

    private static String shown(double v) {
        return v == Math.rint(v) ? Long.toString(Math.round(v)) : Double.toString(v);
    }
}
