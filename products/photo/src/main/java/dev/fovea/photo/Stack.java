package dev.fovea.photo;

import dev.fovea.photo.kernel.Shift;

/**
 * A burst as alignment and merge see it: frames of one or three full planes, in values of unit noise, made from the compact samples row
 * by row when asked.
 */
abstract sealed class Stack permits RawStack, FrameStack {
    /** Columns that repeat the edge at each side of a row. */
    static final int RIM = 40;

    private final int frames;
    private final int planes;
    private final int width;
    private final int height;

    Stack(int frames, int planes, int width, int height) {
        this.frames = frames;
        this.planes = planes;
        this.width = width;
        this.height = height;
    }

    final int frames() {
        return frames;
    }

    final int planes() {
        return planes;
    }

    final int width() {
        return width;
    }

    final int height() {
        return height;
    }

    /** Floats per row, rims included. */
    final int stride() {
        return width + 2 * RIM;
    }

    /** Half the size of the frame, rounded up, and unit noise. */
    abstract Plane grey(int frame);

    /**
     * Makes some rows of all planes of a frame. Rows beyond the picture repeat its edge.
     *
     * @param y the first row
     * @param out for each plane {@code count} rows of {@link #stride()} floats
     */
    abstract void rows(int frame, int y, int count, float[][] out);

    /** The power of the noise of a tile's spectrum, for each plane after {@link Decorrelation}. */
    abstract float[][] spectra();

    /** The part of a tile's own power by which two good frames may differ: what demosaicing guessed wrong. */
    abstract float allowance();

    /** Repeats the edges of some rows into their rims. */
    final void rim(float[] out, int count) {
        for (int o = 0; o < count * stride(); o += stride()) {
            java.util.Arrays.fill(out, o, o + RIM, out[o + RIM]);
            java.util.Arrays.fill(out, o + RIM + width, o + stride(), out[o + RIM + width - 1]);
        }
    }

    /** Rows that a tile needs beyond its own. */
    static int margin() {
        return Shift.TAPS - 1;
    }
}
