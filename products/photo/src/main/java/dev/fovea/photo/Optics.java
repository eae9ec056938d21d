package dev.fovea.photo;

/**
 * What lens and pixel do to a picture before it is sampled: a Gaussian, then the mean over a square pixel.
 *
 * @param scale fine pixels per sensor pixel
 * @param lens standard deviation of the Gaussian, in sensor pixels
 */
record Optics(double scale, double lens) {
    private static final int STEPS = 256;

    /** What is left of a wave of so many cycles per fine pixel. */
    double response(double frequency) {
        double f = frequency * scale;
        double box = f == 0 ? 1 : Math.sin(Math.PI * f) / (Math.PI * f);
        return box * Math.exp(-2 * sq(Math.PI * lens * f));
    }

    /** The blur along one axis as a filter of the fine grid: odd length, sum 1. */
    float[] taps() {
        int reach = (int) Math.ceil(scale / 2 + 3 * lens * scale) + 1;
        double[] w = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            for (int k = 0; k < STEPS; k++) {
                double f = (k + 0.5) / STEPS / 2;
                w[i] += response(f) * Math.cos(2 * Math.PI * f * (i - reach)) / STEPS;
            }
            sum += w[i];
        }
        float[] taps = new float[w.length];
        for (int i = 0; i < w.length; i++) {
            taps[i] = (float) (w[i] / sum);
        }
        return taps;
    }

    private static double sq(double x) {
        return x * x;
    }
}
