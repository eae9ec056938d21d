package dev.fovea.photo;

import dev.fovea.Work;

/**
 * One level of {@link Behind}: of each cell the farthest and the nearest thing in it; of a cell that sees one thing they are the same.
 *
 * @param width cells per row
 * @param height rows of cells
 * @param far disparity of the farthest thing; NaN if nothing is known
 * @param farColour its colour
 * @param farWeight how many cells of the finest level it is made of
 * @param near disparity of the nearest thing
 * @param nearColour its colour
 * @param nearWeight as of the farthest
 * @param weight how many known cells of the finest level there are in all
 */
record Sides(
        int width,
        int height,
        float[] far,
        float[][] farColour,
        float[] farWeight,
        float[] near,
        float[][] nearColour,
        float[] nearWeight,
        float[] weight) {
    private static final int BAND = 32;
    /** This share of an edge's cell at least is either far or near: on a slope, or in noise, much lies in between. */
    private static final float CLEAR = 0.85f;

    private Sides(int width, int height, int planes) {
        this(
                width,
                height,
                new float[width * height],
                new float[planes][width * height],
                new float[width * height],
                new float[width * height],
                new float[planes][width * height],
                new float[width * height],
                new float[width * height]);
    }

    /** The finest level: far and near disparity are the extremes of each cell, its colour the mean. */
    static Sides of(int width, int height, int shift, float[][] planes, float[] disparity) {
        int size = 1 << shift;
        var sides = new Sides((width + size - 1) >> shift, (height + size - 1) >> shift, planes.length);
        Work.rows(sides.height, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < sides.width; x++) {
                    int right = Math.min(width, (x + 1) << shift);
                    int bottom = Math.min(height, (y + 1) << shift);
                    sides.cell(y * sides.width + x, width, x << shift, y << shift, right, bottom, planes, disparity);
                }
            }
        });
        return sides;
    }

    private void cell(int to, int stride, int x0, int y0, int x1, int y1, float[][] planes, float[] disparity) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int y = y0; y < y1; y++) {
            for (int i = y * stride + x0; i < y * stride + x1; i++) {
                low = Math.min(low, disparity[i]);
                high = Math.max(high, disparity[i]);
                for (int c = 0; c < planes.length; c++) {
                    farColour[c][to] += planes[c][i];
                }
            }
        }
        float n = (x1 - x0) * (y1 - y0);
        for (int c = 0; c < planes.length; c++) {
            farColour[c][to] /= n;
            nearColour[c][to] = farColour[c][to];
        }
        far[to] = low;
        near[to] = high;
        farWeight[to] = 1;
        nearWeight[to] = 1;
        weight[to] = 1;
    }

    /** Cells with an edge within some cells of them. */
    boolean[] edges(float apart, int reach) {
        var edges = new boolean[width * height];
        float[] low = window(far, reach, -1);
        float[] high = window(near, reach, 1);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = high[i] - low[i] > apart;
        }
        return edges;
    }

    /** The largest of sign times the values over squares of 2 reach + 1 cells, times sign. */
    private float[] window(float[] values, int reach, int sign) {
        var across = new float[values.length];
        var to = new float[values.length];
        Work.rows(height, BAND, (from, end) -> {
            for (int y = from; y < end; y++) {
                for (int x = 0; x < width; x++) {
                    float best = Float.NEGATIVE_INFINITY;
                    for (int i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
                        best = Math.max(best, sign * values[y * width + i]);
                    }
                    across[y * width + x] = best;
                }
            }
        });
        Work.rows(height, BAND, (from, end) -> {
            for (int y = from; y < end; y++) {
                java.util.Arrays.fill(to, y * width, (y + 1) * width, Float.NEGATIVE_INFINITY);
                for (int r = Math.max(0, y - reach); r <= Math.min(height - 1, y + reach); r++) {
                    for (int x = 0; x < width; x++) {
                        to[y * width + x] = Math.max(to[y * width + x], across[r * width + x]);
                    }
                }
                for (int x = 0; x < width; x++) {
                    to[y * width + x] *= sign;
                }
            }
        });
        return to;
    }

    /** What edges pass through is not trusted: its colour may be of both sides. The near disparity stays, for comparison. */
    void forget(boolean[] edge) {
        for (int i = 0; i < edge.length; i++) {
            if (edge[i]) {
                far[i] = Float.NaN;
                farWeight[i] = 0;
                nearWeight[i] = 0;
            }
        }
    }

    /** The next level: of four cells the farthest thing, made of all things about as far, and the nearest likewise. */
    Sides halved(float apart) {
        var to = new Sides((width + 1) / 2, (height + 1) / 2, farColour.length);
        Work.rows(to.height, BAND, (from, end) -> {
            for (int y = from; y < end; y++) {
                for (int x = 0; x < to.width; x++) {
                    join(to, y * to.width + x, 2 * x, 2 * y, apart);
                }
            }
        });
        return to;
    }

    private void join(Sides to, int cell, int x, int y, float apart) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < 4; k++) {
            int i = child(x, y, k);
            if (i >= 0) {
                low = Math.min(low, far[i]);
                high = Math.max(high, near[i]);
            }
        }
        if (low > high) {
            to.far[cell] = Float.NaN;
            to.near[cell] = Float.NaN;
            return;
        }
        for (int k = 0; k < 4; k++) {
            int i = child(x, y, k);
            if (i >= 0) {
                to.weight[cell] += weight[i];
                to.add(true, cell, far[i] < low + apart, far[i], farColour, farWeight[i], i);
                to.add(true, cell, near[i] < low + apart, near[i], nearColour, nearWeight[i], i);
                to.add(false, cell, near[i] > high - apart, near[i], nearColour, nearWeight[i], i);
                to.add(false, cell, far[i] > high - apart, far[i], farColour, farWeight[i], i);
            }
        }
        to.divide(to.far, to.farColour, to.farWeight[cell], cell);
        to.divide(to.near, to.nearColour, to.nearWeight[cell], cell);
    }

    /** A known cell of the four, or -1. */
    private int child(int x, int y, int k) {
        int cx = x + (k & 1);
        int cy = y + (k >> 1);
        int i = cy * width + cx;
        return cx < width && cy < height && farWeight[i] > 0 ? i : -1;
    }

    private void add(boolean farther, int cell, boolean belongs, float d, float[][] colour, float weight, int from) {
        if (!belongs) {
            return;
        }
        (farther ? far : near)[cell] += weight * d;
        (farther ? farWeight : nearWeight)[cell] += weight;
        float[][] to = farther ? farColour : nearColour;
        for (int c = 0; c < to.length; c++) {
            to[c][cell] += weight * colour[c][from];
        }
    }

    private void divide(float[] d, float[][] colour, float weight, int cell) {
        d[cell] /= weight;
        for (float[] plane : colour) {
            plane[cell] /= weight;
        }
    }

    /** Rows of cells that see one thing only, or none, take over what the level above knows of edges near them. */
    void pull(Sides above, boolean top, float apart, int from, int to) {
        var mix = new float[4];
        var cells = new int[4];
        for (int y = from; y < to; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                boolean own = edge(i, apart);
                if (!own && (top || !take(above, x, y, i, mix, cells))) {
                    far[i] = Float.NaN;
                }
            }
        }
    }

    /** Whether a cell sees two things and hardly anything in between. */
    private boolean edge(int i, float apart) {
        return farWeight[i] > 0 && near[i] - far[i] > apart && farWeight[i] + nearWeight[i] >= CLEAR * weight[i];
    }

    /** The mean of the four cells above that lie nearest, linearly weighed, of those that know an edge. */
    private boolean take(Sides above, int x, int y, int i, float[] mix, int[] cells) {
        float sum = 0;
        float farSum = 0;
        float nearSum = 0;
        for (int k = 0; k < 4; k++) {
            int ax = Math.clamp((x >> 1) + ((k & 1) == 0 ? 0 : (x & 1) == 0 ? -1 : 1), 0, above.width - 1);
            int ay = Math.clamp((y >> 1) + ((k >> 1) == 0 ? 0 : (y & 1) == 0 ? -1 : 1), 0, above.height - 1);
            cells[k] = ay * above.width + ax;
            boolean knows = !Float.isNaN(above.far[cells[k]]);
            mix[k] = knows ? ((k & 1) == 0 ? 0.75f : 0.25f) * ((k >> 1) == 0 ? 0.75f : 0.25f) : 0;
            sum += mix[k];
            farSum += knows ? mix[k] * above.far[cells[k]] : 0;
            nearSum += knows ? mix[k] * above.near[cells[k]] : 0;
        }
        if (sum == 0) {
            return false;
        }
        far[i] = farSum / sum;
        near[i] = nearSum / sum;
        for (int c = 0; c < farColour.length; c++) {
            farColour[c][i] = 0;
            nearColour[c][i] = 0;
            for (int k = 0; k < 4; k++) {
                if (mix[k] > 0) {
                    farColour[c][i] += mix[k] / sum * above.farColour[c][cells[k]];
                    nearColour[c][i] += mix[k] / sum * above.nearColour[c][cells[k]];
                }
            }
        }
        return true;
    }
}
