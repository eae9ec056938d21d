package dev.fovea.space;

import dev.fovea.Work;
import dev.fovea.image.BoxBlur;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Points of a grey picture that can be found again: where brightness changes in both directions (the smaller eigenvalue of the structure
 * tensor, Shi and Tomasi 1994), spread evenly. Each is described by the brightness around it, free of offset and gain.
 *
 * @param points where they are
 * @param descriptions {@value #LENGTH} numbers each, of mean 0 and length 1
 */
record Corners(List<Point2> points, float[][] descriptions) {
    /** Numbers of a description: 8 × 8 samples. */
    static final int LENGTH = 64;

    private static final int SIDE = 8;
    private static final int PITCH = 3;
    private static final int BORDER = 14;

    /** Side of the squares that give a corner each. */
    private static final int SQUARE = 10;

    /** The variance of slope, of brightness 0..1, below which there is nothing. */
    private static final float WEAKEST = 2e-5f;

    private static final int MOST = 1500;

    private record Found(float strength, int x, int y) {}

    static Corners of(Image grey) {
        int w = grey.width(), h = grey.height();
        float[] strength = strength(grey);
        float[] smooth = new BoxBlur(1).apply(grey).plane(0);
        var found = new ArrayList<Found>();
        for (int y = BORDER; y + BORDER < h; y += SQUARE) {
            for (int x = BORDER; x + BORDER < w; x += SQUARE) {
                Found best = strongest(
                        strength, w, x, Math.min(x + SQUARE, w - BORDER), y, Math.min(y + SQUARE, h - BORDER));
                if (best.strength > WEAKEST) {
                    found.add(best);
                }
            }
        }
        found.sort((a, b) -> Float.compare(b.strength, a.strength));
        var points = new ArrayList<Point2>();
        var descriptions = new ArrayList<float[]>();
        for (Found f : found.subList(0, Math.min(MOST, found.size()))) {
            points.add(precise(strength, w, f));
            descriptions.add(description(smooth, w, f));
        }
        return new Corners(points, descriptions.toArray(float[][]::new));
    }

    private static Found strongest(float[] strength, int w, int left, int right, int top, int bottom) {
        var best = new Found(0, left, top);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                float s = strength[y * w + x];
                if (s > best.strength) {
                    best = new Found(s, x, y);
                }
            }
        }
        return best;
    }

    private static float[] strength(Image grey) {
        int w = grey.width(), h = grey.height();
        float[] p = grey.plane(0);
        var xx = new float[w * h];
        var xy = new float[w * h];
        var yy = new float[w * h];
        for (int y = 1; y < h - 1; y++) {
            for (int i = y * w + 1; i < y * w + w - 1; i++) {
                float gx = (p[i + 1] - p[i - 1]) / 2, gy = (p[i + w] - p[i - w]) / 2;
                xx[i] = gx * gx;
                xy[i] = gx * gy;
                yy[i] = gy * gy;
            }
        }
        float[] a = blurred(xx, w, h), b = blurred(xy, w, h), c = blurred(yy, w, h);
        for (int i = 0; i < a.length; i++) {
            float half = (a[i] + c[i]) / 2, d = (a[i] - c[i]) / 2;
            a[i] = half - (float) Math.sqrt(d * d + b[i] * b[i]);
        }
        return a;
    }

    private static float[] blurred(float[] plane, int w, int h) {
        return new BoxBlur(2).apply(Image.of(w, h, Colour.LINEAR_GREY, plane)).plane(0);
    }

    /** The top of the parabola through a corner's strength and its neighbours'. */
    private static Point2 precise(float[] s, int w, Found f) {
        int i = f.y * w + f.x;
        return new Point2(f.x + top(s[i - 1], s[i], s[i + 1]), f.y + top(s[i - w], s[i], s[i + w]));
    }

    private static double top(float before, float at, float after) {
        float bend = before - 2 * at + after;
        return bend < 0 ? Math.clamp((before - after) / (2 * bend), -0.5, 0.5) : 0;
    }

    private static float[] description(float[] smooth, int w, Found f) {
        var d = new float[LENGTH];
        float mean = 0;
        for (int k = 0; k < LENGTH; k++) {
            int x = f.x + (k % SIDE) * PITCH - PITCH * (SIDE - 1) / 2,
                    y = f.y + (k / SIDE) * PITCH - PITCH * (SIDE - 1) / 2;
            d[k] = smooth[y * w + x];
            mean += d[k] / LENGTH;
        }
        float length = 1e-6f;
        for (int k = 0; k < LENGTH; k++) {
            d[k] -= mean;
            length += d[k] * d[k];
        }
        for (int k = 0; k < LENGTH; k++) {
            d[k] /= (float) Math.sqrt(length);
        }
        return d;
    }

    /**
     * Pairs of points that are each other's most alike by far.
     *
     * @param left of the one picture
     * @param right of the other, each at its partner's index
     */
    record Matches(List<Point2> left, List<Point2> right) {}

    /** How alike partners must be at least, and the next best at most, as a share of what is missing to being the same. */
    private static final float ALIKE = 0.7f;

    private static final float CLEARLY = 0.8f;

    Matches with(Corners other) {
        int[] there = best(this, other), back = best(other, this);
        var left = new ArrayList<Point2>();
        var right = new ArrayList<Point2>();
        for (int i = 0; i < there.length; i++) {
            if (there[i] >= 0 && back[there[i]] == i) {
                left.add(points.get(i));
                right.add(other.points.get(there[i]));
            }
        }
        return new Matches(left, right);
    }

    private static int[] best(Corners from, Corners to) {
        var best = new int[from.descriptions.length];
        Arrays.fill(best, -1);
        Work.rows(best.length, 32, (a, b) -> {
            for (int i = a; i < b; i++) {
                best[i] = best(from.descriptions[i], to.descriptions);
            }
        });
        return best;
    }

    private static int best(float[] wanted, float[][] all) {
        float first = -1, second = -1;
        int which = -1;
        for (int j = 0; j < all.length; j++) {
            float alike = 0;
            float[] d = all[j];
            for (int k = 0; k < LENGTH; k++) {
                alike += wanted[k] * d[k];
            }
            if (alike > first) {
                second = first;
                first = alike;
                which = j;
            } else if (alike > second) {
                second = alike;
            }
        }
        return first > ALIKE && 1 - first < CLEARLY * (1 - second) ? which : -1;
    }
}
