package dev.fovea.photo;

import dev.fovea.Work;

/**
 * A burst as alignment and merge see it: per frame some planes of values with unit noise, read from the compact samples when asked.
 * A mosaic has four planes of half size, one for each place in its 2×2 cell; other pictures have one for each colour.
 */
abstract sealed class Stack permits RawStack, FrameStack {
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

    /** Width of a plane. */
    final int width() {
        return width;
    }

    /** Height of a plane. */
    final int height() {
        return height;
    }

    /** How many pixels of a plane lie along one pixel of the grey picture: 1 for a mosaic, else 2. */
    abstract int perGrey();

    /**
     * Reads an n×n block of one plane, edges repeated.
     *
     * @param stride floats per row of the output
     */
    abstract void read(int frame, int plane, int x, int y, int n, float[] out, int stride);

    /**
     * The grey picture of a frame at half the resolution of the sensor: the normalised sum of all that lies in a 2×2 cell, so that its
     * noise is 1, too.
     */
    final Plane grey(int frame) {
        int per = perGrey();
        var grey = new Plane((width + per - 1) / per, (height + per - 1) / per);
        float norm = (float) (1 / Math.sqrt(planes * per * per));
        int block = 64;
        Work.rows((grey.height() + block - 1) / block, 1, (from, to) -> {
            float[] buffer = new float[block * block * per * per];
            for (int x = 0; x < grey.width(); x += block) {
                addCell(frame, grey, x, from * block, block, buffer, norm);
            }
        });
        grey.pad();
        return grey;
    }

    private void addCell(int frame, Plane grey, int x0, int y0, int block, float[] buffer, float norm) {
        int per = perGrey();
        int n = block * per;
        int columns = Math.min(block, grey.width() - x0);
        int rows = Math.min(block, grey.height() - y0);
        for (int p = 0; p < planes; p++) {
            read(frame, p, x0 * per, y0 * per, n, buffer, n);
            for (int y = 0; y < rows; y++) {
                int o = grey.at(x0, y0 + y);
                for (int x = 0; x < columns; x++) {
                    float v = 0;
                    for (int j = 0; j < per; j++) {
                        for (int i = 0; i < per; i++) {
                            v += buffer[(y * per + j) * n + x * per + i];
                        }
                    }
                    grey.values()[o + x] += v * norm;
                }
            }
        }
    }
}
