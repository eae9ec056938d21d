package dev.fovea.cli;

import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import dev.fovea.image.Turn;
import java.nio.file.Path;

/**
 * A picture and what its camera wrote about it.
 *
 * @param image upright
 * @param exif for it
 */
record Photo(Image image, Exif exif) {
    static Photo read(Path file) {
        if (Shot.read(file) instanceof Frame frame) {
            Image upright = Turn.upright(frame.exif().orientation()).apply(frame.image());
            return new Photo(upright, frame.exif().withOrientation(1));
        }
        return new Photo(Image.read(file), Exif.NONE);
    }
}
