package dev.fovea.photo;

import dev.fovea.image.NoiseModel;

/**
 * The scale on which luma is measured, filtered and looked up: the square root of luma plus an offset.
 *
 * <p>With an offset of read / shot the noise has the same strength everywhere (Anscombe 1948, generalised by Starck, Murtagh and Bijaoui
 * 1998), so one threshold tells detail from noise in shadows and in lamps. The offset also keeps the negative half of the noise at black,
 * without which dark areas would turn grey when averaged; ten standard deviations of it, so that the noise stays symmetrical.
 *
 * @param offset what is added before the root
 * @param noise the noise of linear luma
 */
record Lightness(float offset, NoiseModel noise) {
    /** Rec. 709 weights of linear sRGB. */
    static final float RED = 0.2126f;

    static final float GREEN = 0.7152f;
    static final float BLUE = 0.0722f;

    /** How much less noisy luma is than one channel, when the channels' noise is independent. */
    private static final double LUMA_NOISE = 0.75;

    /** The scale for a picture whose channels have the given noise. */
    static Lightness of(NoiseModel channel) {
        var luma = new NoiseModel(channel.read() * LUMA_NOISE * LUMA_NOISE, channel.shot() * LUMA_NOISE * LUMA_NOISE);
        double negative = 10 * Math.sqrt(luma.read());
        double stable = luma.shot() > 0 ? luma.read() / luma.shot() : 0;
        return new Lightness((float) (1e-5 + Math.clamp(Math.max(stable, negative), 0, 0.25)), luma);
    }

    float of(float luma) {
        return (float) Math.sqrt(Math.max(0, luma + offset));
    }

    double luma(double lightness) {
        return lightness * lightness - offset;
    }

    /** The standard deviation of the noise on this scale, one pixel alone. */
    double noiseAt(double lightness) {
        return Math.sqrt(noise.variance(luma(lightness))) / (2 * Math.max(lightness, Math.sqrt(offset)));
    }
}
