package dev.fovea.photo.kernel;

/**
 * Shrinks one octave of two chroma planes: where the energy of the octave is no more than noise explains, it goes.
 *
 * <p>With E the mean of u² + v² over 3×3 pixels and N the expected energy of the noise, what stays is E² / (E² + N²): both planes together,
 * so that hue is kept. Where luma has an edge, chroma may have one: N is divided by 1 + its significance.
 */
public final class Shrink {
    private Shrink() {}

    /**
     * Sums the energy of one row over three neighbours.
     *
     * @param sum gets u² + v² of x-1, x and x+1, edges repeated
     */
    public static void energy(float[] u, float[] v, float[] sum, int width) {
        for (int x = 0; x < width; x++) {
            int l = Math.max(x - 1, 0);
            int r = Math.min(x + 1, width - 1);
            sum[x] = u[l] * u[l] + v[l] * v[l] + u[x] * u[x] + v[x] * v[x] + u[r] * u[r] + v[r] * v[r];
        }
    }

    /**
     * The share that stays.
     *
     * @param energy the sum of nine neighbours' energies
     * @param noise the sum of nine neighbours' expected energies
     * @param edge the squared significance of the luma edge
     */
    public static float share(float energy, float noise, float edge) {
        float n = noise / (1 + edge);
        return energy * energy / (energy * energy + n * n + 1e-20f);
    }
}
