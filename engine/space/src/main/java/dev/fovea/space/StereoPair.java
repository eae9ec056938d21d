package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Image;

/**
 * Two pictures of one scene, taken side by side.
 *
 * @param left what the left lens saw
 * @param right what the right lens saw; of the same size
 */
public record StereoPair(Image left, Image right) {
    /** @throws BadInput if the pictures differ in size */
    public StereoPair {
        if (left.width() != right.width() || left.height() != right.height()) {
            throw new BadInput(
                    "the right picture",
                    "is of " + right.width() + " x " + right.height() + " pixels, the left one of " + left.width()
                            + " x " + left.height(),
                    "give two pictures of one size");
        }
    }

    /** Pixels per row. */
    public int width() {
        return left.width();
    }

    /** Rows. */
    public int height() {
        return left.height();
    }

    /** Left and right exchanged and mirrored: its disparity is that of the right view, mirrored. */
    StereoPair mirrored() {
        var mirror = dev.fovea.image.Turn.MIRROR;
        return new StereoPair(mirror.apply(right), mirror.apply(left));
    }
}
