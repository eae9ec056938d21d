package dev.fovea.space;

import java.util.Arrays;

/** What a depth sensor measured, on its own grid; NaN where nothing. */
record Measured(int width, int height, float[] values) {
    /** Of a normal distribution, the standard deviation is this many times the median distance from its middle. */
    private static final float NORMAL = 1.4826f;

    /** Differences of so many standard deviations are no noise. */
    private static final float SURE = 4;

    /** Relative to the value: what a slanted surface may change from pixel to pixel. */
    private static final float SLANT = 0.015f;

    /** A pixel of a surface has so many neighbours, of 24, at its own depth. */
    private static final int COMPANY = 5;

    private static final float FLYING = 0.15f;

    /** The standard deviation of the noise, from second differences (Immerkær 1996), robustly. */
    float noise() {
        var differences = new float[values.length];
        int n = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                float d = Math.abs(values[i - 1] - 2 * values[i] + values[i + 1]);
                if (!Float.isNaN(d)) {
                    differences[n++] = d;
                }
            }
        }
        if (n == 0) {
            return 0;
        }
        Arrays.sort(differences, 0, n);
        return differences[n / 2] * NORMAL / (float) Math.sqrt(6);
    }

    /** Without wild pixels, whose depth is none of their neighbours' nor between two of them. */
    Measured tamed() {
        float noise = noise();
        var kept = values.clone();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (!Float.isNaN(values[i]) && wild(x, y, tolerance(values[i], noise))) {
                    kept[i] = Float.NaN;
                }
            }
        }
        var tamed = new Measured(width, height, kept);
        return tamed.count() > 0 ? tamed : this;
    }

    /**
     * How far each measurement is believed to be the depth of something: {@link #FLYING} of those that fly between two surfaces, of both of
     * which their pixel saw a part.
     */
    float[] trust() {
        float noise = noise();
        var trust = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                boolean known = !Float.isNaN(values[i]);
                trust[i] = !known ? 0 : company(x, y, tolerance(values[i], noise)) < COMPANY ? FLYING : 1;
            }
        }
        return trust;
    }

    private static float tolerance(float value, float noise) {
        return SURE * noise + SLANT * value;
    }

    /** How many pixels around are at a pixel's own depth. */
    private int company(int x, int y, float tolerance) {
        float own = values[y * width + x];
        int alike = -1;
        for (int v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++) {
            for (int u = Math.max(0, x - 2); u <= Math.min(width - 1, x + 2); u++) {
                alike += Math.abs(values[v * width + u] - own) <= tolerance ? 1 : 0;
            }
        }
        return alike;
    }

    private boolean wild(int x, int y, float tolerance) {
        float own = values[y * width + x], low = Float.POSITIVE_INFINITY, high = Float.NEGATIVE_INFINITY;
        int known = 0;
        for (int v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++) {
            for (int u = Math.max(0, x - 2); u <= Math.min(width - 1, x + 2); u++) {
                float other = values[v * width + u];
                if (!Float.isNaN(other) && (u != x || v != y)) {
                    low = Math.min(low, other);
                    high = Math.max(high, other);
                    known++;
                }
            }
        }
        return known > 2 && (own < low - tolerance || own > high + tolerance);
    }

    private int count() {
        int n = 0;
        for (float v : values) {
            n += Float.isNaN(v) ? 0 : 1;
        }
        return n;
    }

    /** The least and the largest value of each pixel and its eight neighbours; infinite where none is known. */
    private float[][] around() {
        var around = new float[2][values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float low = Float.POSITIVE_INFINITY, high = Float.NEGATIVE_INFINITY;
                for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                    for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                        float other = values[v * width + u];
                        low = other < low ? other : low;
                        high = other > high ? other : high;
                    }
                }
                around[0][y * width + x] = low;
                around[1][y * width + x] = high;
            }
        }
        return around;
    }

    /** Of each pixel, whether a border of two surfaces is near: 0 if not, 1 if surely. */
    float[] breaks() {
        float noise = noise();
        float[][] around = around();
        var breaks = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float low = around[0][i], range = around[1][i] - low;
                float sure = range / (2 * tolerance(low + range / 2, noise)) - 0.5f;
                // surfaces end where nothing is measured
                breaks[i] = hole(x, y) || Float.isNaN(sure) ? 1 : Math.clamp(sure, 0f, 1f);
            }
        }
        return breaks;
    }

    private boolean hole(int x, int y) {
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                if (Float.isNaN(values[v * width + u])) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Keeps what was made near what was measured around: beyond its least and its largest value by no more than half of what is between,
     * as what is smaller than a measurement's square may be. Beside a hole there may be anything.
     */
    void bound(int w, int h, float[] made) {
        float[][] around = around();
        for (int i = 0; i < values.length; i++) {
            if (hole(i % width, i / width)) {
                around[0][i] = Float.NEGATIVE_INFINITY;
                around[1][i] = Float.POSITIVE_INFINITY;
            } else {
                float beyond = (around[1][i] - around[0][i]) / 2;
                around[0][i] -= beyond;
                around[1][i] += beyond;
            }
        }
        for (int i = 0; i < made.length; i++) {
            int m = at(i % w, i / w, w, h);
            made[i] = Math.min(around[1][m], Math.max(around[0][m], made[i]));
        }
    }

    /** Which measurement's square a pixel of a grid of w × h lies in. */
    int at(int x, int y, int w, int h) {
        int u = (int) ((x + 0.5f) * width / w), v = (int) ((y + 0.5f) * height / h);
        return Math.min(v, height - 1) * width + Math.min(u, width - 1);
    }

    /** Puts each measurement, as far as it is trusted, where its square's centre lies on a grid of w × h. */
    void scatter(int w, int h, float[] value, float[] amount) {
        float[] trust = trust();
        for (int i = 0; i < values.length; i++) {
            if (trust[i] > 0) {
                int p = on(i, w, h);
                value[p] += trust[i] * values[i];
                amount[p] += trust[i];
            }
        }
    }

    /**
     * The same of how much each measurement is larger than the mean of its square in what was made of it: a sensor's pixel sees all of its
     * square.
     */
    void scatterRest(int w, int h, float[] made, float[] rest, float[] amount) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isNaN(values[i])) {
                int p = on(i, w, h);
                rest[p] += values[i] - mean(i, w, h, made);
                amount[p] += 1;
            }
        }
    }

    private float mean(int i, int w, int h, float[] made) {
        int left = i % width * w / width, right = Math.max(left + 1, (i % width + 1) * w / width);
        int top = i / width * h / height, bottom = Math.max(top + 1, (i / width + 1) * h / height);
        float sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += made[y * w + x];
            }
        }
        return sum / ((right - left) * (bottom - top));
    }

    private int on(int i, int w, int h) {
        int x = (int) ((i % width + 0.5) * w / width), y = (int) ((i / width + 0.5) * h / height);
        return Math.min(y, h - 1) * w + Math.min(x, w - 1);
    }
}
