package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.Octave;
import dev.fovea.photo.kernel.Shrink;

/**
 * The colour of a picture at half size, relative to its luma: (R - Y) / (Y + e) and (B - Y) / (Y + e), and its denoising.
 *
 * <p>Relative chroma does not bleed from a lamp into the dark beside it, and e, about the noise at black, lets colour fade where there is
 * more noise than light, as it does for the eye. Noise goes octave by octave, from blotches of a hundred pixels to single ones, by
 * {@link Shrink}, with the strength that the noise model expects at that luma.
 */
record Chroma(Level u, Level v) {
    private static final int BAND = 32;
    private static final int OCTAVES = 6;

    /** How much noise of one octave is left in the next, relative to the first: more than 1/2, since raw chroma is smeared by demosaicing. */
    private static final double LEFT = 0.6;

    /**
     * Chroma without noise.
     *
     * @param differences the chroma at half size
     * @param relative the same, divided by luma
     * @param light lightness at half size
     * @param scale what lightness means, and how noisy it is
     * @param softening what was added to luma
     * @param strength 0 leaves everything
     */
    static Chroma denoised(
            Differences differences, Chroma relative, Level light, Lightness scale, float softening, double strength) {
        if (strength == 0) {
            return relative;
        }
        int depth = Math.min(OCTAVES, light.depth(2));
        Level[] us = new Level[depth];
        Level[] vs = new Level[depth];
        Level[] ls = light.pyramid(depth);
        Differences d = differences;
        for (int j = 0; j < depth; j++) {
            d = j == 0 ? d : d.down();
            Chroma c = j == 0 ? relative : d.relative(softening);
            us[j] = c.u;
            vs[j] = c.v;
        }
        var out = new Chroma(us[depth - 1], vs[depth - 1]);
        for (int j = depth - 2; j >= 0; j--) {
            out = finer(us, vs, ls, out, j, new Octaves(scale, softening, 3 * strength * Math.pow(LEFT, 2 * j)));
        }
        return out;
    }

    /** The expected energy of chroma noise, and the significance of luma detail, in one octave. */
    record Octaves(Lightness scale, float softening, double factor) {
        /** Both planes together, at a lightness. */
        float noise(float light) {
            float luma = light * light - scale.offset();
            double channel = (scale.noise().read() + scale.noise().shot() * Math.max(0, luma)) / 0.5625;
            float base = Math.max(luma, 0) + softening;
            return (float) (factor * channel * 1.3 / (base * base));
        }

        /** The standard deviation of one pixel's luma. */
        float deviation(float luma) {
            return (float) Math.sqrt(scale.noise().variance(luma));
        }

        float edge(float detail, float light) {
            float luma = light * light - scale.offset();
            double noise = (scale.noise().read() + scale.noise().shot() * Math.max(0, luma))
                    / (4 * Math.max(light * light, scale.offset()));
            return (float) Math.max(0, detail * detail / (factor * noise + 1e-12) - 1) * 0.5f;
        }
    }

    private static Chroma finer(Level[] us, Level[] vs, Level[] ls, Chroma small, int j, Octaves expected) {
        int w = us[j].width();
        int h = us[j].height();
        float[] u = new float[w * h];
        float[] v = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            var window = new Window(us, vs, j);
            float[] row = new float[w];
            float[] light = new float[w];
            float[] mixed = new float[Octave.half(w)];
            float[] share = new float[w];
            for (int y = from; y < to; y++) {
                window.move(y);
                Octave.up(ls[j + 1].plane(), w, h, y, light, mixed);
                for (int x = 0; x < w; x++) {
                    float fine = ls[j].plane()[y * w + x];
                    float noise = expected.noise(light[x]) * 9;
                    share[x] = Shrink.share(window.energy(x), noise, expected.edge(fine - light[x], light[x]));
                }
                grow(small.u, window.du(), share, row, mixed, u, y, w, h);
                grow(small.v, window.dv(), share, row, mixed, v, y, w, h);
            }
        });
        return new Chroma(new Level(u, w, h), new Level(v, w, h));
    }

    private static void grow(
            Level small, float[] d, float[] share, float[] row, float[] mixed, float[] out, int y, int w, int h) {
        Octave.up(small.plane(), w, h, y, row, mixed);
        for (int x = 0; x < w; x++) {
            out[y * w + x] = row[x] + d[x] * share[x];
        }
    }

    /** The detail of three neighbouring rows, moved down the picture. */
    private static final class Window {
        private final Level[] us;
        private final Level[] vs;
        private final int j;
        private final int width;
        private final int height;
        private final float[] up;
        private final float[] mixed;
        private final float[][] du;
        private final float[][] dv;
        private final float[][] sums;
        private int ready = Integer.MIN_VALUE;
        private int row;

        Window(Level[] us, Level[] vs, int j) {
            this.us = us;
            this.vs = vs;
            this.j = j;
            width = us[j].width();
            height = us[j].height();
            up = new float[width];
            mixed = new float[Octave.half(width)];
            du = new float[3][width];
            dv = new float[3][width];
            sums = new float[3][width];
        }

        void move(int y) {
            int first = ready == y ? y + 1 : y - 1; // the next row only, when moving on
            for (int r = first; r <= y + 1; r++) {
                detail(Math.clamp(r, 0, height - 1), Math.floorMod(r, 3));
            }
            ready = y + 1;
            row = y;
        }

        private void detail(int y, int slot) {
            subtract(us, y, du[slot]);
            subtract(vs, y, dv[slot]);
            Shrink.energy(du[slot], dv[slot], sums[slot], width);
        }

        private void subtract(Level[] c, int y, float[] d) {
            Octave.up(c[j + 1].plane(), width, height, y, up, mixed);
            float[] plane = c[j].plane();
            for (int x = 0; x < width; x++) {
                d[x] = plane[y * width + x] - up[x];
            }
        }

        float energy(int x) {
            return sums[0][x] + sums[1][x] + sums[2][x];
        }

        float[] du() {
            return du[Math.floorMod(row, 3)];
        }

        float[] dv() {
            return dv[Math.floorMod(row, 3)];
        }
    }
}
