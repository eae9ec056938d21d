package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.Octave;
import dev.fovea.photo.kernel.Shrink;

/**
 * The colour of a picture relative to its luma: (R - Y) / (Y + e) and (B - Y) / (Y + e), and its denoising.
 *
 * <p>Relative chroma does not bleed from a lamp into the dark beside it, and e, about the noise at black, lets colour fade where there is
 * more noise than light, as it does for the eye. Noise goes octave by octave, from blotches of a hundred pixels to single ones, by
 * {@link Shrink}, with the strength that the noise model expects at that luma.
 */
record Chroma(Level u, Level v) {
    private static final int BAND = 32;
    private static final int OCTAVES = 6;

    /** The energy that is believed by half, relative to that of noise. */
    private static final double SURE = 3;

    /** How much noise of one octave is left in the next: more than the 1/2 of white noise, for demosaicing smears chroma. */
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
        Level[] ls = light.pyramid(Math.min(OCTAVES, light.depth(2)));
        var noisy = new Chroma[ls.length];
        noisy[0] = relative;
        Differences d = differences;
        for (int j = 1; j < ls.length; j++) {
            d = d.down();
            noisy[j] = d.relative(softening);
        }
        Chroma calm = noisy[ls.length - 1];
        for (int j = ls.length - 2; j >= 0; j--) {
            var shrink = shrink(scale, softening, SURE * strength * Math.pow(LEFT, 2 * j));
            calm = noisy[j].finer(noisy[j + 1], calm, ls[j], ls[j + 1], shrink);
        }
        return calm;
    }

    /** What noise is expected when its energy is {@code factor} times that of single pixels. */
    static Shrink shrink(Lightness scale, float softening, double factor) {
        var noise = scale.noise();
        return new Shrink((float) noise.read(), (float) noise.shot(), scale.offset(), softening, (float) factor);
    }

    /** One octave of this chroma, shrunk, on top of a smaller one that is calm already. */
    private Chroma finer(Chroma smaller, Chroma calm, Level light, Level smallLight, Shrink shrink) {
        int w = light.width();
        int h = light.height();
        float[] outU = new float[w * h];
        float[] outV = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            var us = new Window(u::row, smaller.u, w, h);
            var vs = new Window(v::row, smaller.v, w, h);
            float[] fine = new float[w];
            float[] coarse = new float[w];
            float[] mixed = new float[smallLight.width()];
            float[] share = new float[w];
            for (int y = from; y < to; y++) {
                us.move(y);
                vs.move(y);
                light.row(y, fine);
                Octave.up(smallLight.plane(), w, h, y, coarse, mixed);
                shrink.shares(us.energy(), vs.energy(), fine, coarse, share, w);
                grow(calm.u, us, share, outU, y, mixed);
                grow(calm.v, vs, share, outV, y, mixed);
            }
        });
        return new Chroma(new Level(outU, w, h), new Level(outV, w, h));
    }

    private void grow(Level calm, Window window, float[] share, float[] out, int y, float[] mixed) {
        int w = u.width();
        float[] row = new float[w];
        Octave.up(calm.plane(), w, u.height(), y, row, mixed);
        for (int x = 0; x < w; x++) {
            out[y * w + x] = row[x] + (window.fine()[x] - window.coarse()[x]) * share[x];
        }
    }
}
