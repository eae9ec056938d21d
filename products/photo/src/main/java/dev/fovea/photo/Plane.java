package dev.fovea.photo;

import dev.fovea.Work;
import java.util.ArrayList;
import java.util.List;

/** A grey picture with a wide rim that repeats its edges, so that tiles may reach over. */
final class Plane {
    /** Width of the rim. */
    static final int RIM = 40;

    private final int width;
    private final int height;
    private final int stride;
    private final float[] values;

    Plane(int width, int height) {
        this.width = width;
        this.height = height;
        this.stride = width + 2 * RIM;
        this.values = new float[stride * (height + 2 * RIM)];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Floats per row, rim included. */
    int stride() {
        return stride;
    }

    /** The live array. */
    float[] values() {
        return values;
    }

    /** Where a pixel lies in the array; the rim is reached by negative and too large coordinates. */
    int at(int x, int y) {
        return (y + RIM) * stride + x + RIM;
    }

    /** Fills the rim from the edges. */
    void pad() {
        for (int y = 0; y < height; y++) {
            int row = at(0, y);
            java.util.Arrays.fill(values, row - RIM, row, values[row]);
            java.util.Arrays.fill(values, row + width, row + width + RIM, values[row + width - 1]);
        }
        for (int y = 1; y <= RIM; y++) {
            System.arraycopy(values, at(-RIM, 0), values, at(-RIM, -y), stride);
            System.arraycopy(values, at(-RIM, height - 1), values, at(-RIM, height - 1 + y), stride);
        }
    }

    /** Half the size, through the binomial filter (1 3 3 1) / 8 in both directions. */
    Plane half() {
        var small = new Plane((width + 1) / 2, (height + 1) / 2);
        Work.rows(small.height, 16, (from, to) -> {
            float[] column = new float[2 * small.width + 2];
            for (int y = from; y < to; y++) {
                int top = at(-1, 2 * y - 1);
                for (int x = 0; x < column.length; x++) {
                    int i = top + x;
                    column[x] = values[i] + values[i + 3 * stride] + 3 * (values[i + stride] + values[i + 2 * stride]);
                }
                int o = small.at(0, y);
                for (int x = 0; x < small.width; x++) {
                    int i = 2 * x;
                    small.values[o + x] = (column[i] + column[i + 3] + 3 * (column[i + 1] + column[i + 2])) / 64;
                }
            }
        });
        small.pad();
        return small;
    }

    /** This plane and its halves, down to the last whose sides are both at least so long; at most so many. */
    List<Plane> pyramid(int side, int levels) {
        var all = new ArrayList<Plane>(List.of(this));
        for (Plane p = half(); Math.min(p.width, p.height) >= side && all.size() < levels; p = p.half()) {
            all.add(p);
        }
        return all;
    }
}
