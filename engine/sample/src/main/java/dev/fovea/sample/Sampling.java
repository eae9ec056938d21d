package dev.fovea.sample;

/**
 * The weights with which a frame pixel gathers world samples along one axis. At scale 1 it interpolates (Lanczos, four lobes; Duchon 1979);
 * from 2 on it integrates the cubic interpolation (Keys 1981, a = −1/2) over the pixel's own width exactly, as a sensor's pixel does.
 */
final class Sampling {
    private static final int PHASES = 1024;

    /** World samples on either side of the point. */
    final int radius;

    private final float[][] table = new float[PHASES + 1][];

    Sampling(int scale) {
        radius = scale == 1 ? 4 : (scale + 1) / 2 + 2;
        for (int p = 0; p <= PHASES; p++) {
            table[p] = weights(scale, p / (double) PHASES);
        }
    }

    /** How many samples are gathered. */
    int taps() {
        return 2 * radius;
    }

    /** The weights at a fraction 0..1 behind a sample; the first belongs to the sample {@code radius − 1} before it. */
    void at(double fraction, float[] weights) {
        int p = Math.min(PHASES - 1, (int) (fraction * PHASES));
        float t = (float) (fraction * PHASES - p);
        float[] a = table[p];
        float[] b = table[p + 1];
        for (int i = 0; i < a.length; i++) {
            weights[i] = a[i] + t * (b[i] - a[i]);
        }
    }

    private float[] weights(int scale, double fraction) {
        double[] w = new double[taps()];
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            double d = i - radius + 1 - fraction;
            w[i] = scale == 1 ? lanczos(d) : integral(d + scale / 2.0) - integral(d - scale / 2.0);
            sum += w[i];
        }
        float[] normal = new float[w.length];
        for (int i = 0; i < w.length; i++) {
            normal[i] = (float) (w[i] / sum);
        }
        return normal;
    }

    private static double lanczos(double t) {
        return t == 0 ? 1 : t == Math.rint(t) || Math.abs(t) >= 4 ? 0 : sinc(t) * sinc(t / 4);
    }

    private static double sinc(double t) {
        return Math.sin(Math.PI * t) / (Math.PI * t);
    }

    /** The integral from 0 to t of the cubic kernel. */
    private static double integral(double t) {
        double a = Math.min(2, Math.abs(t));
        double area = a < 1
                ? a + a * a * a * (0.375 * a - 2.5 / 3)
                : a * (2 + a * (-2 + a * (2.5 / 3 - 0.125 * a))) - 1 / 6.0;
        return Math.copySign(area, t);
    }
}
