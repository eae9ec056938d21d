package dev.fovea.image;

import java.nio.file.Path;

/** One exposure as a camera left it: a {@link Frame} (developed by the camera) or a {@link Raw} (as the sensor saw it). */
public sealed interface Shot permits Frame, Raw {
    /** Pixels per row of the stored grid (before any EXIF orientation). */
    int width();

    /** Rows of the stored grid. */
    int height();

    /** What the camera wrote about it. */
    Exif exif();

    /** Where it came from: a file's path, or a name; used in messages. */
    String source();

    /**
     * Reads one exposure of any format that a codec is present for, on its stored grid (EXIF orientation not applied).
     *
     * @throws dev.fovea.BadInput if the file cannot be read or is no picture
     */
    static Shot read(Path file) {
        return Codecs.readShot(file);
    }
}
