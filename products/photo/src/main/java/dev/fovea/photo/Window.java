package dev.fovea.photo;

import dev.fovea.photo.kernel.Octave;

/** One octave of detail of a plane, row by row, with its mean square over 3 × 3 pixels. Belongs to one thread. */
final class Window {
    /** Where the rows of the finer picture come from. */
    @FunctionalInterface
    interface Rows {
        /** Fills a row. */
        void row(int y, float[] out);
    }

    private final Rows rows;
    private final Level small;
    private final int width;
    private final int height;
    private final float[][] fine;
    private final float[][] coarse;
    private final float[][] squares;
    private final float[] mixed;
    private final float[] sum;
    private final float[] energy;
    private int ready = Integer.MIN_VALUE;
    private int row;

    /**
     * @param rows the finer picture
     * @param small the same, one octave down
     */
    Window(Rows rows, Level small, int width, int height) {
        this.rows = rows;
        this.small = small;
        this.width = width;
        this.height = height;
        fine = new float[3][width];
        coarse = new float[3][width];
        squares = new float[3][width];
        mixed = new float[small.width()];
        sum = new float[width];
        energy = new float[width];
    }

    /** Moves to a row; the next one costs a third of any other. */
    void move(int y) {
        for (int r = ready == y ? y + 1 : y - 1; r <= y + 1; r++) {
            detail(Math.clamp(r, 0, height - 1), Math.floorMod(r, 3));
        }
        ready = y + 1;
        row = Math.floorMod(y, 3);
        average();
    }

    private void detail(int y, int slot) {
        float[] f = fine[slot];
        float[] c = coarse[slot];
        float[] s = squares[slot];
        rows.row(y, f);
        Octave.up(small.plane(), width, height, y, c, mixed);
        for (int x = 0; x < width; x++) {
            float d = f[x] - c[x];
            s[x] = d * d;
        }
    }

    private void average() {
        float[] a = squares[0];
        float[] b = squares[1];
        float[] c = squares[2];
        for (int x = 0; x < width; x++) {
            sum[x] = (a[x] + b[x] + c[x]) * (1 / 9f);
        }
        int last = width - 1;
        energy[0] = sum[0] * 2 + sum[Math.min(1, last)];
        energy[last] = sum[last] * 2 + sum[Math.max(0, last - 1)];
        for (int x = 1; x < last; x++) {
            energy[x] = sum[x - 1] + sum[x] + sum[x + 1];
        }
    }

    /** The row itself. */
    float[] fine() {
        return fine[row];
    }

    /** The row, one octave down and enlarged. */
    float[] coarse() {
        return coarse[row];
    }

    /** The mean square of their difference around each pixel. */
    float[] energy() {
        return energy;
    }
}
