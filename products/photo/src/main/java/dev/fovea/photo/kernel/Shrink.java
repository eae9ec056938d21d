package dev.fovea.photo.kernel;

/**
 * Shrinks one octave of relative chroma: where its energy is no more than noise explains, it goes.
 *
 * <p>With E the mean square of both planes around a pixel and N what noise explains of it, E² / (E² + N²) stays: both planes alike, so that
 * hue is kept. Where luma has an edge, chroma may have one too: N is divided by 1 + half of what the luma's d² exceeds its own noise by.
 *
 * @param read the variance of linear luma at black
 * @param shot its slope over luma
 * @param offset what lightness adds to luma before its root
 * @param softening what was added to luma before chroma was divided by it
 * @param factor the energy of noise that is expected, relative to that of single pixels
 */
public record Shrink(float read, float shot, float offset, float softening, float factor) {
    /** The variance of both chroma planes together, relative to that of luma: 1.3 of a channel's, and luma has 0.56 of a channel's. */
    private static final float PLANES = 2.3f;

    /** N around a lightness. */
    public float noise(float light) {
        float luma = Math.max(0, light * light - offset);
        float base = luma + softening;
        return factor * PLANES * (read + shot * luma) / (base * base);
    }

    /** The share that stays of an octave of the given energy. */
    public static float share(float energy, float noise) {
        float e = energy * energy;
        return e / (e + noise * noise + 1e-20f);
    }

    /**
     * The shares of a row.
     *
     * @param u mean squares of the one plane
     * @param v mean squares of the other
     * @param fine lightness
     * @param coarse lightness one octave down, enlarged
     * @param out gets the shares, 0..1
     */
    public void shares(float[] u, float[] v, float[] fine, float[] coarse, float[] out, int width) {
        for (int x = 0; x < width; x++) {
            float light = coarse[x];
            float luma = Math.max(0, light * light - offset);
            float d = fine[x] - light;
            float expected = factor * (read + shot * luma) / (4 * Math.max(light * light, offset)) + 1e-12f;
            float edge = 0.5f * Math.max(0, d * d / expected - 1);
            out[x] = share(u[x] + v[x], noise(light) / (1 + edge));
        }
    }

    /**
     * Adds to two rows of chroma what of the pixels' own, finest octave stands out of the noise.
     *
     * @param r red of the picture, read from {@code at}
     * @param light lightness one octave down, enlarged
     * @param fromU the noisy chroma one octave down, enlarged
     * @param u gets the detail
     * @param trust how many standard deviations of luma its divisor is kept above
     */
    public void add(
            float[] r,
            float[] g,
            float[] b,
            int at,
            float[] light,
            float[] fromU,
            float[] fromV,
            float[] u,
            float[] v,
            float trust,
            int width) {
        for (int x = 0; x < width; x++) {
            float red = r[at + x];
            float blue = b[at + x];
            float luma = 0.2126f * red + 0.7152f * g[at + x] + 0.0722f * blue;
            // A pixel whose luma came out low by chance must not look colourful for that.
            float around = Math.max(0, light[x] * light[x] - offset);
            float least = Math.min(around, trust * (float) Math.sqrt(read + shot * around));
            float base = 1 / (Math.max(luma, least) + softening);
            float du = (red - luma) * base - fromU[x];
            float dv = (blue - luma) * base - fromV[x];
            float energy = du * du + dv * dv;
            // Not so for what is not a number.
            if (energy < 1e9f) {
                float share = share(energy, noise(light[x]));
                u[x] += du * share;
                v[x] += dv * share;
            }
        }
    }
}
