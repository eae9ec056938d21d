package dev.fovea.bench;

import dev.fovea.image.Cfa;

/** Demosaicing as the literature's baselines do it, written to be read, not to be fast: peers for evidence. Mosaics are RGGB. */
final class PlainDemosaics {
    private static final double[] SMOOTH = {4, 9, 15, 23, 26, 23, 15, 9, 4};

    private final float[] m;
    private final int w;
    private final int h;

    PlainDemosaics(float[] mosaic, int width, int height) {
        m = mosaic;
        w = width;
        h = height;
    }

    private float at(float[] p, int x, int y) {
        int i = Math.min(Math.abs(x), 2 * w - 2 - Math.abs(x));
        int j = Math.min(Math.abs(y), 2 * h - 2 - Math.abs(y));
        return p[j * w + i];
    }

    private float at(int x, int y) {
        return at(m, x, y);
    }

    /** Means of the two or four nearest. */
    float[][] bilinear() {
        return differences(new float[w * h], true);
    }

    /** The linear 5×5 filters of Malvar, He and Cutler (2004). */
    float[][] malvar() {
        var out = new float[3][w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int p = y * w + x;
                int c = Cfa.RGGB.colourAt(x, y);
                float near = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1);
                float far = at(x - 2, y) + at(x + 2, y) + at(x, y - 2) + at(x, y + 2);
                float corners = at(x - 1, y - 1) + at(x + 1, y - 1) + at(x - 1, y + 1) + at(x + 1, y + 1);
                out[c][p] = m[p];
                if (c == 1) {
                    float column = at(x, y - 2) + at(x, y + 2);
                    float row = far - column;
                    float alongRow = 4 * (at(x - 1, y) + at(x + 1, y)) - corners - row + column / 2;
                    float alongColumn = 4 * (at(x, y - 1) + at(x, y + 1)) - corners - column + row / 2;
                    int ofRow = (y & 1) == 0 ? 0 : 2;
                    out[ofRow][p] = (5 * m[p] + alongRow) / 8;
                    out[2 - ofRow][p] = (5 * m[p] + alongColumn) / 8;
                } else {
                    out[1][p] = (4 * m[p] + 2 * near - far) / 8;
                    out[2 - c][p] = (6 * m[p] + 2 * corners - 1.5f * far) / 8;
                }
            }
        }
        return out;
    }

    /** Directional linear minimum mean-square error estimation of colour differences (Zhang and Wu 2005). */
    float[][] lmmse() {
        float[][] across = estimate(1, 0);
        float[][] down = estimate(0, 1);
        var green = new float[w * h];
        for (int p = 0; p < green.length; p++) {
            float d = (across[0][p] * down[1][p] + down[0][p] * across[1][p]) / (across[1][p] + down[1][p]);
            green[p] = Cfa.RGGB.colourAt(p % w, p / w) == 1 ? m[p] : m[p] + d;
        }
        return differences(green, false);
    }

    private float[][] estimate(int dx, int dy) {
        var raw = new float[w * h];
        var smooth = new float[w * h];
        for (int p = 0; p < raw.length; p++) {
            int x = p % w;
            int y = p / w;
            float line = (at(x - dx, y - dy) + at(x + dx, y + dy)) / 2
                    + (2 * m[p] - at(x - 2 * dx, y - 2 * dy) - at(x + 2 * dx, y + 2 * dy)) / 4;
            raw[p] = Cfa.RGGB.colourAt(x, y) == 1 ? m[p] - line : line - m[p];
        }
        for (int p = 0; p < raw.length; p++) {
            for (int k = -4; k <= 4; k++) {
                smooth[p] += (float) (SMOOTH[k + 4] / 128 * at(raw, p % w + k * dx, p / w + k * dy));
            }
        }
        var best = new float[2][w * h];
        for (int p = 0; p < raw.length; p++) {
            double s = 0;
            double ss = 0;
            double n = 1e-7;
            for (int k = -4; k <= 4; k++) {
                double v = at(smooth, p % w + k * dx, p / w + k * dy);
                double e = at(raw, p % w + k * dx, p / w + k * dy) - v;
                s += v / 9;
                ss += v * v / 9;
                n += e * e / 9;
            }
            double signal = Math.max(ss - s * s, 0) + 1e-7;
            best[0][p] = (float) ((s * n + raw[p] * signal) / (signal + n));
            best[1][p] = (float) (signal * n / (signal + n));
        }
        return best;
    }

    /** Red and blue minus a guide at their own pixels, interpolated by means of neighbours; green too if it is not known. */
    private float[][] differences(float[] guide, boolean greenToo) {
        var out = new float[3][];
        for (int c = 0; c < 3; c++) {
            out[c] = c == 1 && !greenToo ? guide : interpolated(guide, c);
        }
        return out;
    }

    private float[] interpolated(float[] guide, int c) {
        var out = new float[w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                float sum = 0;
                float weights = 0;
                for (int k = 0; k < 9; k++) {
                    int i = x + k % 3 - 1;
                    int j = y + k / 3 - 1;
                    if (Cfa.RGGB.colourAt(i, j) == c) {
                        float weight = k == 4 ? 1e6f : k % 2 == 1 ? 2 : 1;
                        sum += weight * (at(i, j) - at(guide, i, j));
                        weights += weight;
                    }
                }
                out[y * w + x] = guide[y * w + x] + sum / weights;
            }
        }
        return out;
    }
}
