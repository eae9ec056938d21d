package dev.fovea.image;

import java.nio.file.Path;

/**
 * A picture and what its camera wrote about it.
 *
 * @param image upright
 * @param exif for it: of an upright picture
 */
public record Photo(Image image, Exif exif) {
    /**
     * Reads a picture of any format that a codec knows, turned upright; RAW is developed.
     *
     * @throws dev.fovea.BadInput if there is no such file, or it is no picture that can be read
     */
    public static Photo read(Path file) {
        if (Shot.read(file) instanceof Frame frame) {
            Image upright = Turn.upright(frame.exif().orientation()).apply(frame.image());
            return new Photo(upright, frame.exif().withOrientation(1));
        }
        return new Photo(Image.read(file), Exif.NONE);
    }
}
