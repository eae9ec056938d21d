package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.Convolve;

/**
 * A Gaussian blur, cut off at three sigma. Beyond the picture its edge continues.
 *
 * @param sigma in pixels, above 0
 */
public record GaussianBlur(double sigma) implements Stage<Image, Image> {
    /** Checks sigma. */
    public GaussianBlur {
        if (!(sigma > 0 && sigma <= 1000)) {
            throw new IllegalArgumentException("sigma is " + sigma + ", but must lie between 0 and 1000 pixels");
        }
    }

    @Override
    public Image apply(Image image) {
        float[] weights = Convolve.gaussian(sigma);
        return Planes.filtered(
                image, (from, to) -> Convolve.separable(from, image.width(), image.height(), weights, to));
    }
}
