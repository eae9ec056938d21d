package dev.fovea.photo.kernel;

/**
 * Adds one octave of detail to a picture that grows from coarse to fine: what is noise is left out, what is texture is strengthened, and
 * what is an edge is left as it is, so that nothing overshoots.
 *
 * <p>With E the mean square of the detail in lightness around a pixel and N what noise explains of it, the share s = E² / (E² + N²) is
 * signal (an empirical Wiener filter, steeper). The detail D in display luma is multiplied by
 * s (1 + boost / (1 + (D / edge)²)) + (1 - s) grain.
 *
 * @param floor N in lightness x is floor + slope / x²
 * @param slope as above
 * @param least the smallest x² that N is asked for
 * @param boost how much texture is strengthened; 0 leaves it
 * @param grain the share of the noise that stays, 0..1
 */
public record Detail(float floor, float slope, float least, float boost, float grain) {
    /** Details above this contrast in display luma are edges. */
    private static final float EDGE = 0.06f;

    /** The factor for a detail of contrast {@code shown}, around the lightness {@code x}, where E is {@code energy}. */
    public float gain(float energy, float x, float shown) {
        float noise = floor + slope / Math.max(x * x, least);
        float e = energy * energy + 1e-20f;
        float sure = e / (e + noise * noise);
        float edge = shown * (1 / EDGE);
        return sure * (1 + boost / (1 + edge * edge)) + (1 - sure) * grain;
    }

    /**
     * Adds detail to a row by exposure curves: D = sum of w_k(coarse) (f_k(fine) - f_k(coarse)), the contrast that the best exposure shows.
     * Edges follow the one curve F = sum of w_k f_k instead, less the same one octave down and enlarged: being monotone it
     * cannot ring.
     *
     * @param fine lightness
     * @param coarse lightness one octave down, enlarged
     * @param energy the mean square of fine - coarse around each pixel
     * @param flat F of lightness one octave down, enlarged
     * @param shown display luma one octave down, enlarged; gets the detail
     * @param table rows of four display lumas and four weights
     * @param curve F, row by row
     * @param scale table rows per unit of lightness
     * @param last the last row that has a next one
     */
    public void add(
            float[] fine,
            float[] coarse,
            float[] energy,
            float[] flat,
            float[] shown,
            int width,
            float[] table,
            float[] curve,
            float scale,
            int last) {
        for (int x = 0; x < width; x++) {
            float c = coarse[x];
            float at = Math.min(c * scale, last + 1);
            int i = Math.min((int) at, last);
            float t = at - i;
            float to = Math.min(fine[x] * scale, last + 1);
            int j = Math.min((int) to, last);
            float u = to - j;
            i <<= 3;
            j <<= 3;
            float sum = 0;
            for (int k = 0; k < 4; k++) {
                float f0 = table[i + k];
                float f1 = table[j + k];
                float w = table[i + 4 + k];
                float weight = w + (table[i + 12 + k] - w) * t;
                sum += weight * (f1 + (table[j + 8 + k] - f1) * u - f0 - (table[i + 8 + k] - f0) * t);
            }
            float here = curve[j >> 3] + (curve[(j >> 3) + 1] - curve[j >> 3]) * u;
            float there = curve[i >> 3] + (curve[(i >> 3) + 1] - curve[i >> 3]) * t;
            float big = here - flat[x];
            float edge = big * (1 / EDGE);
            float local = big + (sum - here + there) / (1 + edge * edge);
            shown[x] += local * gain(energy[x], c, local);
        }
    }
}
