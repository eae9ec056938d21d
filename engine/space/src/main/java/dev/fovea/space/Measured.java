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

    /** Without the pixels that fly between two surfaces, and single wild ones. */
    Measured cleaned() {
        float noise = noise();
        var kept = values.clone();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (!Float.isNaN(values[i]) && flies(x, y, tolerance(values[i], noise))) {
                    kept[i] = Float.NaN;
                }
            }
        }
        var cleaned = new Measured(width, height, kept);
        return cleaned.count() > 0 ? cleaned : this;
    }

    private static float tolerance(float value, float noise) {
        return SURE * noise + SLANT * value;
    }

    private boolean flies(int x, int y, float tolerance) {
        float own = values[y * width + x];
        int alike = 0, known = 0;
        for (int v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++) {
            for (int u = Math.max(0, x - 2); u <= Math.min(width - 1, x + 2); u++) {
                float other = values[v * width + u];
                known += Float.isNaN(other) ? 0 : 1;
                alike += Math.abs(other - own) <= tolerance ? 1 : 0;
            }
        }
        return known > 2 && alike - 1 < Math.min(COMPANY, known / 3);
    }

    private int count() {
        int n = 0;
        for (float v : values) {
            n += Float.isNaN(v) ? 0 : 1;
        }
        return n;
    }

    /** Of each pixel, whether a border of two surfaces is near: 0 if not, 1 if surely. */
    float[] breaks() {
        float noise = noise();
        var breaks = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float low = Float.POSITIVE_INFINITY, high = Float.NEGATIVE_INFINITY;
                boolean hole = false;
                for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                    for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                        float other = values[v * width + u];
                        hole |= Float.isNaN(other);
                        low = other < low ? other : low;
                        high = other > high ? other : high;
                    }
                }
                float range = high - low;
                // surfaces end where nothing is measured
                breaks[y * width + x] =
                        hole ? 1 : Math.clamp(range / (2 * tolerance((high + low) / 2, noise)) - 0.5f, 0f, 1f);
            }
        }
        return breaks;
    }

    /** Which measurement's square a pixel of a grid of w × h lies in. */
    int at(int x, int y, int w, int h) {
        int u = (int) ((x + 0.5f) * width / w), v = (int) ((y + 0.5f) * height / h);
        return Math.min(v, height - 1) * width + Math.min(u, width - 1);
    }

    /** Puts each measurement where its square's centre lies on a grid of w × h. */
    void scatter(int w, int h, float[] value, float[] amount) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isNaN(values[i])) {
                int p = on(i, w, h);
                value[p] += values[i];
                amount[p] += 1;
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
