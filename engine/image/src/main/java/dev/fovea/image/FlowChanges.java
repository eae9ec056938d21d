package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.Bicubic;
import dev.fovea.image.kernel.Convolve;
import dev.fovea.image.kernel.FlowTerms.Changes;
import dev.fovea.image.kernel.FlowTerms.Field;
import java.util.Arrays;

/**
 * How a picture changes, and how another one differs that is warped back by the flow found so far. Only the mean of the two and their
 * difference are kept; their slopes are worked out row by row where they are needed.
 */
final class FlowChanges {
    private static final int BAND = 64;
    private static final int REACH = 2;
    /** Two-sided slopes, exact for polynomials of degree four. */
    private static final float[] SLOPE = {1 / 12f, -8 / 12f, 8 / 12f, -1 / 12f};

    private static final int[] TAPS = {-2, -1, 1, 2};
    private static final int[] ALONG = {0, 1, 3, 4};

    private final int width;
    private final int height;
    private final Field start;
    private final float[] mean;
    private final float[] difference;

    FlowChanges(FlowLevel a, FlowLevel b, Field start) {
        this.width = a.width();
        this.height = a.height();
        this.start = start;
        this.mean = new float[width * height];
        this.difference = new float[width * height];
        Work.rows(height, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                warp(y * width, y, a.plane(), b.plane());
            }
        });
    }

    private void warp(int at, int y, float[] a, float[] b) {
        Bicubic.row(b, width, height, start.u(), start.v(), at, 0, y, difference, at, width);
        for (int i = at; i < at + width; i++) {
            mean[i] = 0.5f * (a[i] + difference[i]);
            difference[i] -= a[i];
        }
    }

    /** Goes down the rows of a band. */
    final class Rows {
        private final Changes row = Changes.of(width);
        /** The slopes downwards of the rows around the current one; each row has its place. */
        private final float[] falls = new float[(2 * REACH + 1) * width];

        private final float[] line = new float[width + 2 * REACH];
        private final int[] offsets = new int[TAPS.length];
        private int ready;

        Rows(int first) {
            ready = Math.max(0, first - REACH);
        }

        /** The changes of the next row; valid until the one after. */
        Changes next(int y) {
            for (int end = Math.min(height, y + REACH + 1); ready < end; ready++) {
                down(mean, ready, height, falls, slot(ready));
            }
            across(mean, y * width, row.x());
            across(difference, y * width, row.xt());
            down(difference, y, height, row.yt(), 0);
            System.arraycopy(difference, y * width, row.t(), 0, width);
            System.arraycopy(falls, slot(y), row.y(), 0, width);
            across(row.x(), 0, row.xx());
            across(row.y(), 0, row.xy());
            for (int j = 0; j < TAPS.length; j++) {
                offsets[j] = slot(Math.clamp(y + TAPS[j], 0, height - 1));
            }
            Convolve.taps(falls, offsets, SLOPE, 0, TAPS.length, row.yy(), 0, width);
            silence(y);
            return row;
        }

        private int slot(int y) {
            return y % (2 * REACH + 1) * width;
        }

        private void down(float[] from, int y, int rows, float[] to, int at) {
            for (int j = 0; j < TAPS.length; j++) {
                offsets[j] = Math.clamp(y + TAPS[j], 0, rows - 1) * width;
            }
            Convolve.taps(from, offsets, SLOPE, 0, TAPS.length, to, at, width);
        }

        private void across(float[] from, int at, float[] to) {
            System.arraycopy(from, at, line, REACH, width);
            Arrays.fill(line, 0, REACH, from[at]);
            Arrays.fill(line, REACH + width, line.length, from[at + width - 1]);
            Convolve.taps(line, ALONG, SLOPE, 0, TAPS.length, to, 0, width);
        }

        /** Beyond the other picture there is nothing to compare with: smoothness alone decides. */
        private void silence(int y) {
            for (int x = 0; x < width; x++) {
                float u = x + start.u()[y * width + x];
                float v = y + start.v()[y * width + x];
                if (u < 0 || u > width - 1 || v < 0 || v > height - 1) {
                    row.silence(x);
                }
            }
        }
    }
}
