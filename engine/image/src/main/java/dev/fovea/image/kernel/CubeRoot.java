package dev.fovea.image.kernel;

/** Cubes and cube roots of whole rows, for the perceptual colour spaces. */
public final class CubeRoot {
    private CubeRoot() {}

    /**
     * The cube root in place, keeping the sign: a third of the exponent as the first guess (Kahan), then three steps of Newton,
     * y ← (2 y + x / y²) / 3. Within 3e-7 of the value.
     */
    public static void roots(float[] row, int n) {
        for (int i = 0; i < n; i++) {
            float x = Math.abs(row[i]);
            float y = Float.intBitsToFloat((int) (Float.floatToRawIntBits(x) * (1 / 3f)) + 0x2A514067);
            y = (2 * y + x / (y * y)) * (1 / 3f);
            y = (2 * y + x / (y * y)) * (1 / 3f);
            y = (2 * y + x / (y * y)) * (1 / 3f);
            row[i] = x < 1e-30f ? 0 : Math.copySign(y, row[i]);
        }
    }

    /** The cube in place. */
    public static void cubes(float[] row, int n) {
        for (int i = 0; i < n; i++) {
            row[i] = row[i] * row[i] * row[i];
        }
    }
}
