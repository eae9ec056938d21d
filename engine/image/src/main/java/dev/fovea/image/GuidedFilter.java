package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.Guided;

/**
 * The guided filter (He, Sun and Tang 2013): smooths where the guide is smooth and keeps the guide's edges.
 *
 * @param radius of the window, in pixels
 * @param epsilon the variance of the guide below which an area counts as smooth, for values 0..1
 * @param subsample 1 for the exact filter; s finds the lines on a picture s times smaller (He and Sun, "Fast Guided Filter", 2015)
 */
public record GuidedFilter(int radius, double epsilon, int subsample) implements Stage<Image, Image> {
    /** Checks the ranges. */
    public GuidedFilter {
        if (radius < 1 || radius > 10_000 || !(epsilon > 0) || subsample < 1 || subsample > radius) {
            throw new IllegalArgumentException("a guided filter of radius " + radius + ", epsilon " + epsilon
                    + ", subsample " + subsample + ": radius and epsilon must be positive, subsample 1 to radius");
        }
    }

    /** The exact filter. */
    public GuidedFilter(int radius, double epsilon) {
        this(radius, epsilon, 1);
    }

    /** Every plane guided by itself. */
    @Override
    public Image apply(Image image) {
        return Planes.filtered(image, (from, to) -> plane(from, from, image.width(), image.height(), to));
    }

    /**
     * Every plane guided by one other plane, such as colour by grey.
     *
     * @param guide one plane, of the same size
     */
    public Image apply(Image image, Image guide) {
        if (guide.width() != image.width()
                || guide.height() != image.height()
                || guide.colour().planes() != 1) {
            throw new IllegalArgumentException("a guide of " + guide + " for " + image);
        }
        return Planes.filtered(image, (from, to) -> plane(guide.plane(0), from, image.width(), image.height(), to));
    }

    private void plane(float[] guide, float[] input, int width, int height, float[] to) {
        if (subsample == 1) {
            Guided.filter(guide, input, width, height, radius, (float) epsilon, to);
        } else {
            Guided.fast(guide, input, width, height, radius, (float) epsilon, subsample, to);
        }
    }
}
