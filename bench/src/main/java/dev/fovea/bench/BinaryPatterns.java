package dev.fovea.bench;

import dev.fovea.image.Image;
import dev.fovea.image.Luma;

/**
 * A peer that learned nothing: local binary patterns of an aligned face in 7 × 7 cells of 16 pixels (Ahonen, Hadid and Pietikäinen, Face
 * description with local binary patterns, 2006), each a histogram of 59 patterns, whose square roots are compared (Hellinger).
 */
final class BinaryPatterns {
    private static final int CELL = 16;
    private static final int PATTERNS = 59;
    private static final int[][] AROUND = {{0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}, {-1, 0}, {-1, 1}};
    private static final int[] UNIFORM = uniform();

    private BinaryPatterns() {}

    /** Patterns with at most two changes around the circle have a number each, all others share the last. */
    private static int[] uniform() {
        var numbers = new int[256];
        int next = 0;
        for (int p = 0; p < 256; p++) {
            int turned = (p >> 1) | (p & 1) << 7;
            numbers[p] = Integer.bitCount(p ^ turned) <= 2 ? next++ : PATTERNS - 1;
        }
        return numbers;
    }

    /** The histograms of an aligned face, of unit length. */
    static float[] of(Image aligned) {
        Image grey = new Luma().apply(aligned);
        int n = grey.width();
        int cells = n / CELL;
        float[] plane = grey.plane(0);
        var histograms = new float[cells * cells * PATTERNS];
        for (int y = 1; y < n - 1; y++) {
            for (int x = 1; x < n - 1; x++) {
                int pattern = 0;
                for (int k = 0; k < AROUND.length; k++) {
                    pattern |= plane[(y + AROUND[k][0]) * n + x + AROUND[k][1]] >= plane[y * n + x] ? 1 << k : 0;
                }
                int cell = Math.min(cells - 1, y / CELL) * cells + Math.min(cells - 1, x / CELL);
                histograms[cell * PATTERNS + UNIFORM[pattern]]++;
            }
        }
        return roots(histograms);
    }

    private static float[] roots(float[] histograms) {
        double sum = 0;
        for (float h : histograms) {
            sum += h;
        }
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = (float) Math.sqrt(histograms[i] / sum);
        }
        return histograms;
    }

    static double similarity(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
