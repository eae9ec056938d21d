package dev.fovea.photo;

import java.util.Arrays;

/**
 * Automatic exposure: how bright the picture should become, from its own distribution of luma.
 *
 * <p>The key (how bright the middle of the picture is shown) follows from where the mean lies between the darkest and the brightest parts:
 * a street with a few lamps is a low-key scene and stays dark, a white wall a high-key one (Reinhard, Parameter estimation for
 * photographic tone reproduction, 2002). What is very dark is lifted by less than it lacks, because night should look like night (Liba et
 * al., Handheld mobile photography in very low light, 2019, section 6), and never so far that noise becomes the subject.
 *
 * @param gain what linear values are multiplied by
 * @param white the brightest luma that matters, after the gain
 */
record Metering(double gain, double white) {
    /** The display grey card: 18 %. */
    private static final double CARD = 0.18;

    /** No picture is lifted by more: 7 EV. */
    private static final double MOST = 128;

    /** The standard deviation of noise in the middle tones, relative to white, that may be reached. */
    private static final double NOISE = 0.05;

    /**
     * Meters a small picture.
     *
     * @param thumbnail linear luma, in any order
     * @param noise of one pixel of the full picture
     * @param mood 0 shows every scene as if by day, 1 keeps the night
     */
    static Metering of(float[] thumbnail, dev.fovea.image.NoiseModel noise, double mood) {
        float[] sorted = thumbnail.clone();
        Arrays.sort(sorted);
        double brightest = Math.max(at(sorted, 0.9985), 1e-9);
        double floor = Math.max(Math.sqrt(noise.read()), brightest * 1e-6);
        double low = Math.log(Math.max(at(sorted, 0.02), floor));
        double high = Math.log(Math.max(at(sorted, 0.99), floor));
        double mean = 0;
        for (float y : sorted) {
            mean += Math.log(Math.max(y, floor));
        }
        mean /= sorted.length;
        double balance = high - low < 0.1 ? 0 : (2 * mean - low - high) / (high - low);
        double key = CARD * Math.pow(4, Math.clamp(balance, -1, 0.75) * 0.75);
        double wanted = key / Math.exp(mean);
        double lifted = wanted > 1 ? Math.pow(wanted, 1 - 0.2 * mood) : wanted;
        double quiet = NOISE / Math.max(1e-9, Math.sqrt(noise.variance(Math.exp(mean))));
        double gain = Math.clamp(Math.min(lifted, Math.max(1, quiet)), 1e-6, MOST);
        return new Metering(gain, gain * brightest);
    }

    private static double at(float[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
