package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.Octave;

/** One level of a pyramid: a plane and its size. */
record Level(float[] plane, int width, int height) {
    private static final int BAND = 32;

    /** Copies a row. */
    void row(int y, float[] out) {
        System.arraycopy(plane, y * width, out, 0, width);
    }

    /** The next smaller level. */
    Level down() {
        int w = Octave.half(width);
        int h = Octave.half(height);
        float[] small = new float[w * h];
        Work.rows(h, BAND, (from, to) -> Octave.down(plane, width, height, small, from, to));
        return new Level(small, w, h);
    }

    /** This level and as many smaller ones as wanted, the last no smaller than needed: at most {@code count} in all. */
    Level[] pyramid(int count) {
        var levels = new Level[count];
        levels[0] = this;
        for (int i = 1; i < count; i++) {
            levels[i] = levels[i - 1].down();
        }
        return levels;
    }

    /** How many levels there are until the shorter side is at most {@code smallest}. */
    int depth(int smallest) {
        int count = 1;
        for (int side = Math.min(width, height); side > smallest; side = Octave.half(side)) {
            count++;
        }
        return count;
    }
}
