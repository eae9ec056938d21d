package dev.fovea.image;

import dev.fovea.Stage;

/**
 * A rectangle of the picture, pixel by pixel.
 *
 * @param x the first column
 * @param y the first row
 * @param width how many columns
 * @param height how many rows
 */
public record Crop(int x, int y, int width, int height) implements Stage<Image, Image> {
    /** Checks that there is something to keep. */
    public Crop {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a crop of " + width + " x " + height + " pixels at (" + x + ", " + y + ")");
        }
    }

    /** @throws IllegalArgumentException if the rectangle does not lie within the picture */
    @Override
    public Image apply(Image image) {
        if ((long) x + width > image.width() || (long) y + height > image.height()) {
            throw new IllegalArgumentException(this + " reaches beyond " + image);
        }
        var out = new float[image.colour().planes()][width * height];
        for (int c = 0; c < out.length; c++) {
            for (int r = 0; r < height; r++) {
                System.arraycopy(image.plane(c), (y + r) * image.width() + x, out[c], r * width, width);
            }
        }
        return Image.of(width, height, image.colour(), out);
    }
}
