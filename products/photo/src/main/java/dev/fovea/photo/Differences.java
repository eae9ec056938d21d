package dev.fovea.photo;

/**
 * Linear chroma R - Y and B - Y, and linear luma Y, at one size.
 *
 * <p>They are kept apart until they have been averaged: the mean of noisy ratios is not the ratio of means, and leans to magenta, because
 * a pixel whose green came out low seems redder, bluer and darker all at once.
 */
record Differences(Level red, Level blue, Level luma) {
    /** One octave down. */
    Differences down() {
        return new Differences(red.down(), blue.down(), luma.down());
    }

    /**
     * Chroma relative to luma.
     *
     * @param softening what is added to luma
     */
    Chroma relative(float softening) {
        return new Chroma(ratio(red, softening), ratio(blue, softening));
    }

    private Level ratio(Level difference, float softening) {
        int w = luma.width();
        float[] out = new float[luma.plane().length];
        dev.fovea.Work.rows(luma.height(), 32, (from, to) -> {
            for (int i = from * w; i < to * w; i++) {
                out[i] = difference.plane()[i] / (Math.max(luma.plane()[i], 0) + softening);
            }
        });
        return new Level(out, w, luma.height());
    }
}
