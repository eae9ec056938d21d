package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.TileMatch;
import java.util.List;

/**
 * Finds for every tile of the reference where it lies in another frame, coarse to fine (Hasinoff 2016, section 4), to sub-pixel by
 * Gauss-Newton steps (Lucas and Kanade 1981). Every estimate is weighed by what its tile can tell (its structure against the noise)
 * together with its neighbours', so that a flat or very noisy tile follows those that know better.
 */
final class Align {
    private static final int TILE = TileMatch.N;
    private static final int PITCH = 16;
    private static final int LEVELS = 7;
    private static final int SMALLEST = 24;
    /** How far, in pixels of its level, a tile is expected to stray from what the coarser level said. */
    private static final double STRAY = 0.6;

    private final List<Plane> reference;

    /** @param reference grey picture of unit noise */
    Align(Plane reference) {
        this.reference = reference.pyramid(SMALLEST, LEVELS);
    }

    /** The displacements of the finest level's tiles into another frame, of the same size and noise. */
    Field to(Plane other) {
        List<Plane> others = other.pyramid(SMALLEST, LEVELS);
        int top = reference.size() - 1;
        float[] whole = wholeShift(reference.get(top), others.get(top));
        Field field = null;
        for (int l = top; l >= 0; l--) {
            var level = new Level(reference.get(l), others.get(l), Math.pow(0.5, l));
            field = level.refine(field, whole);
        }
        return java.util.Objects.requireNonNull(field);
    }

    /** The one shift that fits the whole of the coarsest pictures best, up to 5 pixels each way. */
    private static float[] wholeShift(Plane a, Plane b) {
        float[] best = {0, 0};
        double least = Double.MAX_VALUE;
        for (int dy = -5; dy <= 5; dy++) {
            for (int dx = -5; dx <= 5; dx++) {
                double sum = overlapDifference(a, b, dx, dy);
                if (sum < least) {
                    least = sum;
                    best = new float[] {dx, dy};
                }
            }
        }
        return best;
    }

    /** Mean squared difference where both pictures are. */
    private static double overlapDifference(Plane a, Plane b, int dx, int dy) {
        int x0 = Math.max(0, -dx);
        int x1 = a.width() - Math.max(0, dx);
        int y0 = Math.max(0, -dy);
        int y1 = a.height() - Math.max(0, dy);
        double sum = 0;
        for (int y = y0; y < y1; y++) {
            int i = a.at(0, y);
            int j = b.at(dx, y + dy);
            for (int x = x0; x < x1; x++) {
                float d = a.values()[i + x] - b.values()[j + x];
                sum += d * d;
            }
        }
        return x1 > x0 && y1 > y0 ? sum / ((double) (x1 - x0) * (y1 - y0)) : Double.MAX_VALUE;
    }

    /** One level of the pyramid. */
    private static final class Level {
        private final Plane a;
        private final Plane b;
        private final double noise;
        private final int columns;
        private final int rows;
        private final float[] dx;
        private final float[] dy;
        private final float[] xx;
        private final float[] xy;
        private final float[] yy;

        /** @param sigma noise of a pixel at this level */
        Level(Plane a, Plane b, double sigma) {
            this.a = a;
            this.b = b;
            // Of the difference of two frames, with a floor for all that noise is not: aliasing and blur.
            this.noise = 2 * sigma * sigma + 0.02;
            this.columns = Math.max(1, (a.width() + PITCH / 2 - 1) / PITCH);
            this.rows = Math.max(1, (a.height() + PITCH / 2 - 1) / PITCH);
            int n = columns * rows;
            this.dx = new float[n];
            this.dy = new float[n];
            this.xx = new float[n];
            this.xy = new float[n];
            this.yy = new float[n];
        }

        Field refine(@org.jspecify.annotations.Nullable Field coarse, float[] whole) {
            Work.rows(rows, 4, (from, to) -> {
                float[] equation = new float[6];
                for (int t = from * columns; t < to * columns; t++) {
                    search(t, coarse, whole);
                    step(t, equation);
                }
            });
            return smooth();
        }

        private int left(int t) {
            return (t % columns) * PITCH;
        }

        private int top(int t) {
            return (t / columns) * PITCH;
        }

        /** The best whole-pixel displacement near what the coarser level's tiles say. */
        private void search(int t, @org.jspecify.annotations.Nullable Field coarse, float[] whole) {
            int x = left(t);
            int y = top(t);
            float px = whole[0];
            float py = whole[1];
            if (coarse != null) {
                float cx = (x + TILE / 2f) / 2 - 0.5f;
                float cy = (y + TILE / 2f) / 2 - 0.5f;
                px = 2 * coarse.dx(cx, cy);
                py = 2 * coarse.dy(cx, cy);
            }
            int bx = Math.round(px);
            int by = Math.round(py);
            float best = cost(x, y, bx, by, px, py);
            if (coarse != null) {
                // At the edge of something that moves, a neighbour of the coarser tile may know better.
                int ci = Math.clamp((x + TILE / 2) / 2 / PITCH, 0, coarse.columns() - 1);
                int cj = Math.clamp((y + TILE / 2) / 2 / PITCH, 0, coarse.rows() - 1);
                for (int k = 0; k < 4; k++) {
                    int i = Math.clamp(ci + (k == 0 ? -1 : k == 1 ? 1 : 0), 0, coarse.columns() - 1);
                    int j = Math.clamp(cj + (k == 2 ? -1 : k == 3 ? 1 : 0), 0, coarse.rows() - 1);
                    int nx = Math.round(2 * coarse.dx()[j * coarse.columns() + i]);
                    int ny = Math.round(2 * coarse.dy()[j * coarse.columns() + i]);
                    if (nx != bx || ny != by) {
                        float c = cost(x, y, nx, ny, px, py);
                        if (c < best) {
                            best = c;
                            bx = nx;
                            by = ny;
                        }
                    }
                }
            }
            descend(t, bx, by, best, px, py);
        }

        /** Walks to the least cost in steps of one pixel, at most three. */
        private void descend(int t, int bx, int by, float best, float px, float py) {
            int x = left(t);
            int y = top(t);
            for (int round = 0; round < 3; round++) {
                int cx = bx;
                int cy = by;
                for (int k = 0; k < 9; k++) {
                    int nx = cx + k % 3 - 1;
                    int ny = cy + k / 3 - 1;
                    float c = k == 4 ? best : cost(x, y, nx, ny, px, py);
                    if (c < best) {
                        best = c;
                        bx = nx;
                        by = ny;
                    }
                }
                if (cx == bx && cy == by) {
                    break;
                }
            }
            // A whole-pixel answer is no better than its prediction if it names the same pixel.
            dx[t] = Math.abs(bx - px) <= 0.5f ? px : bx;
            dy[t] = Math.abs(by - py) <= 0.5f ? py : by;
        }

        /** Squared difference in units of the noise, plus what it costs to stray from the prediction. */
        private float cost(int x, int y, int dx, int dy, float px, float py) {
            int bx = Math.clamp(x + dx, -Plane.RIM + 2, b.width() + Plane.RIM - TILE - 2);
            int by = Math.clamp(y + dy, -Plane.RIM + 2, b.height() + Plane.RIM - TILE - 2);
            float d = TileMatch.difference(a.values(), a.at(x, y), a.stride(), b.values(), b.at(bx, by), b.stride());
            float sx = dx - px;
            float sy = dy - py;
            return (float) (d / noise + 2 * (sx * sx + sy * sy));
        }

        /** Gauss-Newton steps with the prediction as prior. */
        private void step(int t, float[] q) {
            int x = left(t);
            int y = top(t);
            double prior = noise / (STRAY * STRAY);
            float px = dx[t];
            float py = dy[t];
            for (int round = 0; round < 3; round++) {
                equation(x, y, dx[t], dy[t], q);
                double m00 = q[0] + prior;
                double m11 = q[2] + prior;
                double r0 = -q[3] + prior * (px - dx[t]);
                double r1 = -q[4] + prior * (py - dy[t]);
                double det = m00 * m11 - (double) q[1] * q[1];
                float sx = (float) ((m11 * r0 - q[1] * r1) / det);
                float sy = (float) ((m00 * r1 - q[1] * r0) / det);
                dx[t] = Math.clamp(dx[t] + Math.clamp(sx, -1f, 1f), px - 1.5f, px + 1.5f);
                dy[t] = Math.clamp(dy[t] + Math.clamp(sy, -1f, 1f), py - 1.5f, py + 1.5f);
                if (Math.abs(sx) + Math.abs(sy) < 0.01f) {
                    break;
                }
            }
            // What the tile knows: its structure over the misfit that remains, less what noise alone would show.
            double misfit = Math.max(noise, q[5] / (TILE * TILE));
            double flat = TILE * TILE * (noise / 4);
            xx[t] = (float) (Math.max(0, q[0] - flat) / misfit);
            yy[t] = (float) (Math.max(0, q[2] - flat) / misfit);
            xy[t] = (float) (q[1] / misfit);
        }

        private void equation(int x, int y, float dx, float dy, float[] q) {
            float bx = Math.clamp(x + dx, -Plane.RIM + 2f, b.width() + Plane.RIM - TILE - 2f);
            float by = Math.clamp(y + dy, -Plane.RIM + 2f, b.height() + Plane.RIM - TILE - 2f);
            int ix = (int) Math.floor(bx);
            int iy = (int) Math.floor(by);
            TileMatch.equation(
                    a.values(), a.at(x, y), a.stride(), b.values(), b.at(ix, iy), b.stride(), bx - ix, by - iy, q);
        }

        /** Every tile's displacement weighed with its neighbours' that agree. */
        private Field smooth() {
            Field out = Field.still(columns, rows, PITCH, TILE / 2f - 0.5f);
            for (int t = 0; t < dx.length; t++) {
                double prior = 0.05;
                double m00 = prior;
                double m01 = 0;
                double m11 = prior;
                double r0 = prior * dx[t];
                double r1 = prior * dy[t];
                for (int k = 0; k < 25; k++) {
                    int i = t % columns + k % 5 - 2;
                    int j = t / columns + k / 5 - 2;
                    if (i < 0 || j < 0 || i >= columns || j >= rows) {
                        continue;
                    }
                    int n = j * columns + i;
                    double ax = dx[n] - dx[t];
                    double ay = dy[n] - dy[t];
                    double agree = know(t, ax, ay) / 8;
                    double near = Math.exp(-0.5 * (sq(k % 5 - 2) + sq(k / 5 - 2)));
                    double w = near / (1 + agree * agree);
                    m00 += w * xx[n];
                    m01 += w * xy[n];
                    m11 += w * yy[n];
                    r0 += w * (xx[n] * dx[n] + xy[n] * dy[n]);
                    r1 += w * (xy[n] * dx[n] + yy[n] * dy[n]);
                }
                double det = m00 * m11 - m01 * m01;
                out.dx()[t] = (float) ((m11 * r0 - m01 * r1) / det);
                out.dy()[t] = (float) ((m00 * r1 - m01 * r0) / det);
            }
            return out;
        }

        /** How strongly tile t objects to being moved by (x, y): squared standard deviations. */
        private double know(int t, double x, double y) {
            return Math.max(0, xx[t] * x * x + 2 * xy[t] * x * y + yy[t] * y * y);
        }

        private static double sq(double v) {
            return v * v;
        }
    }
}
