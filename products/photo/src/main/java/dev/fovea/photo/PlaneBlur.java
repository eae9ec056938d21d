package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.SpanSum;

/** Blurs whole planes by the shape of a lens, the same everywhere; beyond the edge its pixels continue. */
final class PlaneBlur {
    private static final int BAND = 8;

    private final Spans shape;
    private final int width;
    private final int height;
    private final int pad;
    private final int stride;

    PlaneBlur(Spans shape, int width, int height) {
        this.shape = shape;
        this.width = width;
        this.height = height;
        this.pad = shape.reach() + 2;
        this.stride = width + 2 * pad + 1;
    }

    /** The plane blurred. */
    float[] apply(float[] plane) {
        var sums = new float[stride * height];
        var to = new float[width * height];
        Work.rows(height, BAND, (from, end) -> {
            var line = new float[stride - 1];
            for (int y = from; y < end; y++) {
                extended(plane, y, line);
                SpanSum.run(line, line.length, 1, sums, y * stride);
            }
        });
        Work.rows(height, BAND, (from, end) -> {
            var places = new int[2 * shape.weight().length];
            var weights = new float[4 * shape.weight().length];
            for (int y = from; y < end; y++) {
                SpanSum.gather(sums, places, weights, placed(y, places, weights), to, y * width, width);
            }
        });
        return to;
    }

    private void extended(float[] plane, int y, float[] line) {
        for (int x = 0; x < line.length; x++) {
            line[x] = plane[y * width + Math.clamp(x - pad, 0, width - 1)];
        }
    }

    /** Lays the spans about a row; how many there are. */
    private int placed(int y, int[] places, float[] weights) {
        int rows = 0;
        for (int k = 0; k < shape.weight().length; k++) {
            double weight = shape.weight()[k];
            if (weight > 0) {
                int at = Math.clamp(y + k - shape.reach(), 0, height - 1) * stride + pad;
                end(shape.right()[k] + 0.5, weight, at, places, 2 * rows + 1, weights, 4 * rows);
                end(shape.left()[k] + 0.5, -weight, at, places, 2 * rows, weights, 4 * rows + 2);
                rows++;
            }
        }
        return rows;
    }

    private static void end(double edge, double weight, int at, int[] places, int place, float[] weights, int first) {
        int whole = (int) Math.floor(edge);
        double part = edge - whole;
        places[place] = at + whole;
        weights[first] = (float) (weight * (1 - part));
        weights[first + 1] = (float) (weight * part);
    }
}
