package dev.fovea.image.kernel;

/** White balance, saturated colours and the camera's colour matrix in one pass. The compiler turns the loop into vectors by itself. */
public final class CameraRows {
    /** From this part of saturation on, a value is trusted less and less. */
    private static final float DOUBT = 0.95f;

    private CameraRows() {}

    /**
     * Converts n pixels. A pixel's balanced values are b = gain · x, each trusted by u = 1 below 0.95 of saturation, falling to 0 at it.
     * What is not trusted is raised, never lowered, towards the mean of what is trusted (weighted by u), or the largest of what is not,
     * whichever is more. Then out = matrix · b.
     *
     * @param in three planes
     * @param out three planes
     * @param gains three factors of white balance
     * @param m nine numbers by rows
     * @param saturation the value of x at which the sensor saturates
     */
    public static void linear(float[][] in, float[][] out, int at, int n, float[] gains, float[] m, float saturation) {
        rows(in[0], in[1], in[2], out[0], out[1], out[2], at, n, gains, m, saturation);
    }

    private static void rows(
            float[] xr,
            float[] xg,
            float[] xb,
            float[] outR,
            float[] outG,
            float[] outB,
            int at,
            int n,
            float[] gains,
            float[] m,
            float saturation) {
        float gr = gains[0];
        float gg = gains[1];
        float gb = gains[2];
        float m0 = m[0];
        float m1 = m[1];
        float m2 = m[2];
        float m3 = m[3];
        float m4 = m[4];
        float m5 = m[5];
        float m6 = m[6];
        float m7 = m[7];
        float m8 = m[8];
        float slope = 1 / ((1 - DOUBT) * saturation);
        float top = 1 / (1 - DOUBT);
        for (int i = at; i < at + n; i++) {
            float ur = Math.min(Math.max(top - xr[i] * slope, 0), 1);
            float ug = Math.min(Math.max(top - xg[i] * slope, 0), 1);
            float ub = Math.min(Math.max(top - xb[i] * slope, 0), 1);
            float r = xr[i] * gr;
            float g = xg[i] * gg;
            float b = xb[i] * gb;
            float told = (ur * r + ug * g + ub * b) / Math.max(ur + ug + ub, 1e-6f);
            float most = Math.max((1 - ur) * r, Math.max((1 - ug) * g, (1 - ub) * b));
            float likely = Math.max(told, most);
            r += (1 - ur) * Math.max(likely - r, 0);
            g += (1 - ug) * Math.max(likely - g, 0);
            b += (1 - ub) * Math.max(likely - b, 0);
            outR[i] = m0 * r + m1 * g + m2 * b;
            outG[i] = m3 * r + m4 * g + m5 * b;
            outB[i] = m6 * r + m7 * g + m8 * b;
        }
    }
}
