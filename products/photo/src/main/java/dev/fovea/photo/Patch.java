package dev.fovea.photo;

import dev.fovea.image.kernel.Convolve;
import dev.fovea.photo.kernel.Taps;
import java.util.Arrays;

/**
 * A square of the fine picture while it is made; belongs to one thread. It begins as the first guess, enlarged; then, in rounds, what
 * each frame measured is compared with what the picture, blurred as by lens and pixel, predicts for it, and the differences are brought
 * back (Irani and Peleg 1991) and restored as far as they are more than noise.
 */
final class Patch {
    /** Fine pixels along the part that counts. */
    static final int CORE = 384;
    /** Fine pixels around it, where errors of the square's edge fade. */
    private static final int HALO = 24;

    /** Fine pixels along the square. */
    static final int SIDE = CORE + 2 * HALO;

    /** Squared response of the blur that is half given up rather than undone. */
    private static final double LEAST = 0.02;
    /** How strongly the noise that samples bring is shrunk. */
    private static final float CALM = 0.5f;
    /** Weight, in samples, of believing that the picture is right already. */
    private static final float PRIOR = 0.3f;
    /** Most by which samples of all colours tell of brightness, and the weight of samples at which half of it is reached. */
    private static final float SHARED = 0.75f;

    private static final float SHARED_FROM = 4;
    /** Values above this are taken to be saturated. */
    private static final float SATURATED = 0.92f;

    private final SuperResolution task;
    private final Samples samples;
    private final double scale;
    private final float denoise;
    private final float[] taps;
    private final float[][] guess;
    private final Restore restore;
    private final Residuals residuals;
    private final float[][] picture;
    private final float[][] blurred;
    private final float[][] sum;
    private final float[][] weight;
    /** Where in a row of samples each fine column is read, and how it is weighed. */
    private final int[] column = new int[SIDE];

    private final float[][] across = new float[SIDE][];
    private final float[] row;
    private int begin;
    private int left;
    private int top;

    Patch(SuperResolution task, float[][] guess) {
        this.task = task;
        this.samples = task.samples();
        this.scale = task.optics().scale();
        this.denoise = task.denoise();
        this.taps = task.optics().taps();
        this.row = new float[(int) Math.ceil(SIDE / scale) + 2 * Taps.COUNT];
        int colours = samples.colours();
        this.guess = guess;
        this.restore = new Restore(colours, task.optics(), Residuals.SPREAD * scale, LEAST);
        this.residuals = new Residuals(task);
        this.picture = new float[colours][SIDE * SIDE];
        this.blurred = new float[colours][SIDE * SIDE];
        this.sum = new float[colours][SIDE * SIDE];
        this.weight = new float[colours][SIDE * SIDE];
    }

    /** Makes the square whose core begins at a fine pixel, and writes the core. */
    void make(int x, int y, float[][] out, int width, int height) {
        left = x - HALO;
        top = y - HALO;
        columns();
        for (int c = 0; c < picture.length; c++) {
            enlarge(guess[c], 1, picture[c]);
        }
        for (int round = 0; round < task.rounds(); round++) {
            refine(round == 0);
        }
        calm();
        for (int c = 0; c < out.length; c++) {
            float undo = 1 / samples.gain(c);
            for (int j = 0; j < Math.min(CORE, height - y); j++) {
                for (int i = 0; i < Math.min(CORE, width - x); i++) {
                    out[c][(y + j) * width + x + i] = picture[c][(j + HALO) * SIDE + i + HALO] * undo;
                }
            }
        }
    }

    private void columns() {
        begin = (int) Math.floor((left + 0.5) / scale - 0.5) - 1;
        for (int i = 0; i < SIDE; i++) {
            double sx = (left + i + 0.5) / scale - 0.5;
            int ix = (int) Math.floor(sx);
            column[i] = ix - 1 - begin;
            across[i] = Taps.cubic().at(sx - ix);
        }
    }

    private void enlarge(float[] from, float gain, float[] to) {
        int w = samples.width();
        int h = samples.height();
        int x0 = Math.clamp(begin, 0, w - 1);
        int x1 = Math.clamp(begin + row.length, x0 + 1, w);
        for (int j = 0; j < SIDE; j++) {
            double sy = (top + j + 0.5) / scale - 0.5;
            int iy = (int) Math.floor(sy);
            Taps.rows(
                    from,
                    Math.clamp(iy - 1, 0, h - 1) * w + x0,
                    Math.clamp(iy, 0, h - 1) * w + x0,
                    Math.clamp(iy + 1, 0, h - 1) * w + x0,
                    Math.clamp(iy + 2, 0, h - 1) * w + x0,
                    Taps.cubic().at(sy - iy),
                    row,
                    x0 - begin,
                    x1 - x0);
            Arrays.fill(row, 0, x0 - begin, row[x0 - begin]);
            Arrays.fill(row, x1 - begin, row.length, row[x1 - begin - 1]);
            for (int i = 0; i < SIDE; i++) {
                to[j * SIDE + i] = gain * Taps.mix(row, column[i], across[i]);
            }
        }
    }

    /**
     * Around what is saturated nobody knows how bright it was: there no deblurring is believed, which would draw dark rings around lamps.
     */
    private void calm() {
        if (!bright()) {
            return;
        }
        for (int c = 0; c < picture.length; c++) {
            enlarge(task.merging().image().plane(c), samples.gain(c), blurred[c]);
        }
        int r = (int) Math.ceil(2 * scale);
        for (int y = r; y < SIDE - r; y += r) {
            for (int x = r; x < SIDE - r; x += r) {
                for (int c = 0; c < picture.length && saturated(x, y, r); c++) {
                    replace(blurred[c], picture[c], x, y, r);
                }
            }
        }
    }

    /** Whether any sample that the square is made of is saturated. */
    private boolean bright() {
        int w = samples.width();
        int x1 = Math.min(begin + row.length, w);
        int y1 = (int) Math.min((top + SIDE) / scale + 1, samples.height());
        for (int c = 0; c < picture.length; c++) {
            float[] plane = task.merging().image().plane(c);
            float most = 0;
            for (int y = Math.max(0, (int) (top / scale) - 1); y < y1; y++) {
                for (int x = Math.max(0, begin); x < x1; x++) {
                    most = Math.max(most, plane[y * w + x]);
                }
            }
            if (most >= SATURATED) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything around a cell is saturated. */
    private boolean saturated(int x, int y, int r) {
        boolean saturated = false;
        for (int c = 0; c < blurred.length; c++) {
            float most = 0;
            for (int j = y - r; j < Math.min(SIDE, y + 2 * r); j++) {
                for (int i = j * SIDE + x - r; i < j * SIDE + Math.min(SIDE, x + 2 * r); i++) {
                    most = Math.max(most, blurred[c][i]);
                }
            }
            saturated |= most >= SATURATED * samples.gain(c);
        }
        return saturated;
    }

    private static void replace(float[] from, float[] to, int x, int y, int r) {
        for (int j = y; j < Math.min(SIDE, y + r); j++) {
            System.arraycopy(from, j * SIDE + x, to, j * SIDE + x, Math.min(r, SIDE - x));
        }
    }

    /** Noise that the samples brought: of a weighted mean with Gaussian weights, whose squares add up to half the weights. */
    private void brought(int x, int y, float[] variances) {
        int i = y * SIDE + x;
        for (int c = 0; c < variances.length; c++) {
            float k = weight[c][i];
            variances[c] = (float) samples.variance(c, blurred[c][i]) * 0.5f * k / ((k + PRIOR) * (k + PRIOR));
        }
    }

    private void refine(boolean weigh) {
        for (int c = 0; c < picture.length; c++) {
            Convolve.separable(picture[c], SIDE, SIDE, taps, blurred[c]);
            Arrays.fill(sum[c], 0);
            if (weigh) {
                Arrays.fill(weight[c], 0);
            }
        }
        residuals.collect(left, top, blurred, sum, weight, weigh);
        average();
        restore.add(sum, SIDE, this::brought, CALM * denoise, picture);
    }

    /** Sums to means: each colour's own, and in part the brightness that all samples tell, the more of them there are. */
    private void average() {
        int colours = sum.length;
        for (int i = 0; i < SIDE * SIDE; i++) {
            float all = 0;
            float weights = 0;
            float mean = 0;
            for (int c = 0; c < colours; c++) {
                all += sum[c][i];
                weights += weight[c][i];
                sum[c][i] /= weight[c][i] + PRIOR;
                mean += sum[c][i] / colours;
            }
            if (samples.cfa().mosaic()) {
                float shared = SHARED * weights / (weights + SHARED_FROM);
                float add = shared * (all / (weights + PRIOR) - mean);
                for (int c = 0; c < colours; c++) {
                    sum[c][i] += add;
                }
            }
        }
    }
}
