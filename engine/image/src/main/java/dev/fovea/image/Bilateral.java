package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.BilateralGrid;

/**
 * The bilateral filter (Tomasi and Manduchi 1998) on a bilateral grid (Chen, Paris and Durand 2007): the mean of neighbours that look alike.
 * Colour planes are weighed together, by their mean.
 *
 * @param spatial the sigma of distance, in pixels, at least 1
 * @param range the sigma of the difference in value, 0.01 to 1
 */
public record Bilateral(double spatial, double range) implements Stage<Image, Image> {
    /** Checks the ranges. */
    public Bilateral {
        if (!(spatial >= 1 && spatial <= 1000 && range >= 0.01 && range <= 1)) {
            throw new IllegalArgumentException("a bilateral filter of " + spatial + " pixels and " + range
                    + ": spatial must be 1 to 1000, range 0.01 to 1");
        }
    }

    @Override
    public Image apply(Image image) {
        return Planes.weighted(
                image, planes -> smooth(planes, image.width(), image.height()), image.width(), image.height());
    }

    private float[][] smooth(float[][] planes, int width, int height) {
        float[] guide = planes.length < 3 ? planes[0] : BilateralGrid.mean(planes);
        var out = new float[planes.length][guide.length];
        for (int c = 0; c < out.length; c++) {
            BilateralGrid.filter(guide, planes[c], width, height, (float) spatial, (float) range, out[c]);
        }
        return out;
    }
}
