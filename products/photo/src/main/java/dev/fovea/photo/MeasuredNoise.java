package dev.fovea.photo;

import dev.fovea.image.kernel.TileFft;
import dev.fovea.photo.kernel.Shift;
import java.util.Arrays;
import java.util.List;

/**
 * Measures noise by what changes between frames that lie on each other: most tiles of a burst show the same twice, so the low quantiles of
 * the differences are noise alone, its colour (what JPEG and in-camera denoising make of it) included.
 */
final class MeasuredNoise {
    private static final int N = TileFft.N;
    private static final int BINS = TileFft.BINS;
    private static final int MOST = 640;
    /** The quantile used, and where it lies on the distribution of squared differences (exponential for one bin's power). */
    private static final double QUANTILE = 0.35;

    private static final double EXPONENTIAL = -Math.log(1 - QUANTILE);
    private static final int LEVELS = 24;

    private final Stack stack;
    private final int reference;
    private final List<Field> fields;

    MeasuredNoise(Stack stack, int reference, List<Field> fields) {
        this.stack = stack;
        this.reference = reference;
        this.fields = fields;
    }

    /** The power of a tile's noise at every bin of each decorrelated plane, relative to unit white noise being 256. */
    float[][] spectra() {
        float[][][] powers = new float[stack.planes()][N * BINS][MOST];
        int[] count = {0};
        var fft = new TileFft();
        float[][] re = new float[2][TileFft.SPECTRUM];
        float[][] im = new float[2][TileFft.SPECTRUM];
        pairs((a, b, filled) -> {
            Decorrelation.forward(a);
            Decorrelation.forward(b);
            for (int p = 0; p < stack.planes(); p++) {
                fft.forward(a[p], re[0], im[0]);
                fft.forward(b[p], re[1], im[1]);
                for (int bin = 0; bin < N * BINS; bin++) {
                    for (int l = 0; l < filled && count[0] + l < MOST; l++) {
                        int i = bin * TileFft.LANES + l;
                        float x = re[0][i] - re[1][i];
                        float y = im[0][i] - im[1][i];
                        powers[p][bin][count[0] + l] = (x * x + y * y) / 2;
                    }
                }
            }
            count[0] = Math.min(MOST, count[0] + filled);
        });
        float[][] spectra = new float[stack.planes()][N * BINS];
        for (int p = 0; p < stack.planes(); p++) {
            for (int bin = 0; bin < N * BINS; bin++) {
                // Real bins have one degree of freedom, not two; four of 144 do not matter, but must not be taken for
                // less.
                spectra[p][bin] = (float) Math.max(1, quantile(powers[p][bin], count[0]) / EXPONENTIAL);
            }
        }
        return spectra;
    }

    /**
     * The variance of values by level, for one plane: {@code curve[i]} at {@code low + (i + 0.5) / LEVELS · (high - low)}.
     * For a stack whose values are not yet stabilised.
     */
    double[] curve(int plane, double low, double high) {
        var level = new java.util.ArrayList<List<Float>>();
        for (int i = 0; i < LEVELS; i++) {
            level.add(new java.util.ArrayList<>());
        }
        pairs((a, b, filled) -> {
            for (int l = 0; l < filled; l++) {
                block(a[plane], b[plane], l, low, high, level);
            }
        });
        double[] curve = new double[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            float[] v = new float[level.get(i).size()];
            for (int k = 0; k < v.length; k++) {
                v[k] = level.get(i).get(k);
            }
            // Sixteen pixels' mean square has 0.9 of its mean at this quantile.
            curve[i] = v.length < 12 ? Double.NaN : quantile(v, v.length) / 0.85;
        }
        return filled(curve);
    }

    /** 4×4 blocks of a tile, each with its level and the mean square of its differences. */
    private static void block(float[] a, float[] b, int lane, double low, double high, List<List<Float>> level) {
        for (int k = 0; k < 16; k++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 16; i++) {
                int at = (((k >> 2) * 4 + (i >> 2)) * N + (k & 3) * 4 + (i & 3)) * TileFft.LANES + lane;
                double d = a[at] - b[at];
                mean += (a[at] + b[at]) / 32;
                square += d * d / 32;
            }
            int bin = (int) Math.floor((mean - low) / (high - low) * LEVELS);
            if (bin >= 0 && bin < LEVELS) {
                level.get(bin).add((float) square);
            }
        }
    }

    /** Levels that nobody saw take what the nearest seen ones have. */
    private static double[] filled(double[] curve) {
        double[] out = curve.clone();
        for (int i = 0; i < out.length; i++) {
            for (int d = 1; Double.isNaN(out[i]) && d < out.length; d++) {
                double below = i - d >= 0 ? curve[i - d] : Double.NaN;
                double above = i + d < out.length ? curve[i + d] : Double.NaN;
                out[i] = Double.isNaN(below) ? above : Double.isNaN(above) ? below : (below + above) / 2;
            }
        }
        return out;
    }

    private interface Pair {
        void take(float[][] a, float[][] b, int filled);
    }

    /** Tiles spread over the picture, of the reference and of the others in turn. */
    private void pairs(Pair pair) {
        int across = Math.max(1, (stack.width() - 2 * N) / N);
        int down = Math.max(1, (stack.height() - 2 * N) / N);
        int rows = Math.min(down, (int) Math.max(1, Math.ceil(Math.sqrt((double) MOST * down / across))));
        int perRow = Math.min(across, MOST / rows + 1);
        float[] temporary = new float[N * Shift.SIDE];
        float[][] a = new float[stack.planes()][TileFft.TILE];
        float[][] b = new float[stack.planes()][TileFft.TILE];
        float[][] here = new float[stack.planes()][N * stack.stride()];
        float[][] there = new float[stack.planes()][Shift.SIDE * stack.stride()];
        for (int r = 0; r < rows; r++) {
            int f = other(r);
            int y = Math.min(N / 2 + r * down / rows * N, Math.max(0, stack.height() - N));
            Field field = fields.get(f);
            int dy = Math.round(2 * field.dy(stack.width() / 4f, (y + N / 2f) / 2) * Shift.FRACTIONS);
            stack.rows(reference, y, N, here);
            stack.rows(f, y + Math.floorDiv(dy, Shift.FRACTIONS) - Shift.BEFORE, Shift.SIDE, there);
            int lane = 0;
            for (int c = 0; c < perRow; c++) {
                int x = Math.min(N / 2 + c * across / perRow * N, Math.max(0, stack.width() - N));
                int dx = Math.round(2 * field.dx((x + N / 2f) / 2, (y + N / 2f) / 2) * Shift.FRACTIONS);
                int left = Math.clamp(
                        x + Stack.RIM + Math.floorDiv(dx, Shift.FRACTIONS) - Shift.BEFORE,
                        0,
                        stack.stride() - Shift.SIDE);
                for (int p = 0; p < a.length; p++) {
                    Shift.tile(here[p], x + Stack.RIM, stack.stride(), 0, 0, false, temporary, a[p], lane);
                    Shift.tile(
                            there[p],
                            left,
                            stack.stride(),
                            Math.floorMod(dx, Shift.FRACTIONS),
                            Math.floorMod(dy, Shift.FRACTIONS),
                            true,
                            temporary,
                            b[p],
                            lane);
                }
                if (++lane == TileFft.LANES || c == perRow - 1) {
                    pair.take(a, b, lane);
                    lane = 0;
                }
            }
        }
    }

    private int other(int r) {
        int f = r % (stack.frames() - 1);
        return f < reference ? f : f + 1;
    }

    private static double quantile(float[] values, int count) {
        float[] v = Arrays.copyOf(values, count);
        Arrays.sort(v);
        return count == 0 ? 0 : v[(int) (QUANTILE * (count - 1))];
    }
}
