package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.kernel.Mix;

/**
 * Grey as a weighted sum of red, green and blue as they stand: 0.2126, 0.7152, 0.0722 (ITU-R BT.709). Of a linear picture that is its
 * luminance; of a display picture it is luma, which is quick and good for finding things. For the grey of a display picture that is as
 * bright as its colours, use {@link Image#to}.
 */
public record Luma() implements Stage<Image, Image> {
    /** @throws IllegalArgumentException if the picture is neither grey nor red, green and blue */
    @Override
    public Image apply(Image image) {
        Colour colour = image.colour();
        if (colour.planes() == 1) {
            return image;
        }
        if (colour == Colour.XYZ || colour == Colour.OKLAB) {
            throw new IllegalArgumentException(image + " has no red, green and blue");
        }
        var grey = new float[image.width() * image.height()];
        Work.rows(
                grey.length,
                1 << 16,
                (from, to) -> Mix.grey(image.plane(0), image.plane(1), image.plane(2), from, grey, from, to - from));
        return Image.of(image.width(), image.height(), colour.linear() ? Colour.LINEAR_GREY : Colour.GREY, grey);
    }
}
