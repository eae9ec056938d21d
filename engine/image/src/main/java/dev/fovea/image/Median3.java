package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.Median;

/** The median of 3 × 3 pixels in every plane: removes single wrong pixels, keeps edges. Beyond the picture its edge continues. */
public record Median3() implements Stage<Image, Image> {
    @Override
    public Image apply(Image image) {
        return Planes.filtered(image, (from, to) -> Median.three(from, image.width(), image.height(), to));
    }
}
