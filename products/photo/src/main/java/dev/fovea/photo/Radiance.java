package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Image;

/**
 * Light as known so far: the sum of what frames say, each weighed by its inverse variance, its trust and how well it agrees with what
 * is known already. The reference comes first and then the frames in the order of their distance in exposure, so that each meets an
 * anchor that was exposed well enough to judge it; what the reference shows clearly can only be sharpened by others, not moved.
 */
final class Radiance {
    private static final int BAND = 32;
    /** Alignment is taken to be this exact, in pixels. */
    private static final float ALIGNED = 0.3f;
    /** Disagreement (variances) at which a frame's weight has fallen to 1/e. */
    private static final float PATIENCE = 4;
    /** Trust in clipped pixels of the shortest exposure: a lower bound, which counts only where no frame shows the true light. */
    private static final double BOUND = 1e-3;

    private final int width;
    private final int height;
    private final float[][] sums;
    private final float[] precision;
    private final float[] known;
    private final int cell;
    private final float tolerance;
    private final float ghosts;
    private final double shortest;

    /**
     * @param cell 2 for a mosaic, whose cells are judged as one; else 1
     * @param tolerance relative error of light that is no disagreement
     * @param ghosts how much of a disagreeing frame is left out, 0..1
     * @param shortest the least exposure of all frames, relative to the reference
     */
    Radiance(Image like, int cell, float tolerance, float ghosts, double shortest) {
        width = like.width();
        height = like.height();
        sums = new float[like.colour().planes()][width * height];
        precision = new float[width * height];
        known = new float[width * height];
        this.cell = cell;
        this.tolerance = tolerance;
        this.ghosts = ghosts;
        this.shortest = shortest;
    }

    /** Adds a frame; the first is the reference. */
    void add(Exposed frame, boolean reference) {
        var doubt = new float[width * height];
        if (!reference && ghosts > 0) {
            Work.rows(height, BAND, (from, to) -> disagreement(frame, doubt, from, to));
        }
        float[] pooled = reference || ghosts == 0 ? doubt : pooled(doubt);
        float least = least(frame.exposure());
        Work.rows(height, BAND, (from, to) -> accumulate(frame, pooled, least, from, to));
    }

    /** A shorter exposure's clipped values are a better bound than a longer one's, and outweigh it 16 times for each stop. */
    private float least(double exposure) {
        return (float) (BOUND * Math.pow(shortest / exposure, 6));
    }

    private void disagreement(Exposed frame, float[] doubt, int from, int to) {
        float[] trust = frame.trust().plane(0);
        for (int y = from; y < to; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (trust[i] > 0 && precision[i] > 0) {
                    doubt[i] = trust[i] * disagreement(frame, x, y);
                }
            }
        }
    }

    /** Squared difference in units of the variance expected; where the anchor is clipped, only light below it disagrees. */
    private float disagreement(Exposed frame, int x, int y) {
        int i = y * width + x;
        float own = (float) (1 / (frame.exposure() * frame.exposure()));
        float both = 0;
        float below = 0;
        float noise = 0;
        float slack = 0;
        for (int c = 0; c < sums.length; c++) {
            float[] light = frame.light().plane(c);
            float anchor = sums[c][i] / precision[i];
            float d = light[i] - anchor;
            both += d * d;
            below += d < 0 ? d * d : 0;
            noise += own * LightNoise.at(frame.noise().tables()[c], anchor * (float) frame.exposure());
            slack += tolerance * tolerance * anchor * anchor + contrast(light, x, y);
        }
        float certain = noise + slack;
        float two = both / (certain + sums.length / precision[i]);
        return known[i] * two + (1 - known[i]) * below / certain;
    }

    /** What an error of alignment may change, squared. */
    private float contrast(float[] light, int x, int y) {
        int left = Math.max(x - cell, x & (cell - 1));
        int right = x + cell < width ? x + cell : x;
        int up = Math.max(y - cell, y & (cell - 1));
        int down = y + cell < height ? y + cell : y;
        float dx = light[y * width + right] - light[y * width + left];
        float dy = light[down * width + x] - light[up * width + x];
        float all = (dx * dx + dy * dy) * (ALIGNED * ALIGNED / (4 * cell * cell));
        return all < Float.MAX_VALUE ? all : 0;
    }

    /** The mean over five cells both ways. */
    private float[] pooled(float[] plane) {
        int reach = cell == 1 ? 2 : 4;
        var rows = new float[plane.length];
        Work.rows(height, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < width; x++) {
                    int middle = cell == 1 ? x : x & ~1;
                    int last = Math.min(width - 1, middle + reach + cell - 1);
                    float sum = 0;
                    int first = Math.max(0, middle - reach);
                    for (int k = first; k <= last; k++) {
                        sum += plane[y * width + k];
                    }
                    rows[y * width + x] = sum / (last - first + 1);
                }
            }
        });
        var all = new float[plane.length];
        Work.rows(height, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                int middle = cell == 1 ? y : y & ~1;
                int last = Math.min(height - 1, middle + reach + cell - 1);
                int first = Math.max(0, middle - reach);
                int o = y * width;
                for (int k = first; k <= last; k++) {
                    for (int x = 0; x < width; x++) {
                        all[o + x] += rows[k * width + x];
                    }
                }
                for (int x = 0; x < width; x++) {
                    all[o + x] /= last - first + 1;
                }
            }
        });
        return all;
    }

    private void accumulate(Exposed frame, float[] doubt, float least, int from, int to) {
        float[] trust = frame.trust().plane(0);
        float own = (float) (1 / (frame.exposure() * frame.exposure()));
        for (int i = from * width; i < to * width; i++) {
            float d = doubt[i] / PATIENCE;
            float agreed = 1 - ghosts * (1 - (float) Math.exp(-d * d));
            float sure = trust[i] * agreed;
            float weight = Math.max(sure, least * agreed);
            if (!(weight > 0)) {
                continue;
            }
            float noise = 0;
            for (int c = 0; c < sums.length; c++) {
                float light = precision[i] > 0
                        ? sums[c][i] / precision[i]
                        : frame.light().plane(c)[i];
                noise += LightNoise.at(frame.noise().tables()[c], light * (float) frame.exposure());
            }
            weight *= sums.length / (noise * own);
            for (int c = 0; c < sums.length; c++) {
                sums[c][i] += weight * frame.light().plane(c)[i];
            }
            precision[i] += weight;
            known[i] = Math.max(known[i], sure);
        }
    }

    /** What is known in the end; the sums are used up. */
    Image image(dev.fovea.image.Colour colour) {
        Work.rows(height, BAND, (from, to) -> {
            for (float[] sum : sums) {
                for (int i = from * width; i < to * width; i++) {
                    sum[i] = precision[i] > 0 ? sum[i] / precision[i] : 0;
                }
            }
        });
        return Image.of(width, height, colour, sums);
    }
}
