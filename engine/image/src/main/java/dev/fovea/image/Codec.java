package dev.fovea.image;

import dev.fovea.BadInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * One file format. A new format is one public class with a public constructor without arguments, named in {@code
 * META-INF/services/dev.fovea.image.Codec}; it is then found by {@link Image#read}, {@link Shot#read}, {@link Burst#read} and {@link
 * Image#write}. Codecs keep no state and may be shared by any number of threads.
 */
public interface Codec {
    /** The format's name as a user knows it: "JPEG". */
    String name();

    /** The extensions of its files, in lower case, without the dot; the first is the usual one. */
    List<String> extensions();

    /**
     * Whether a file is of this format. Content decides, so that mislabelled files are read; only a format that begins like another one
     * (DNG is a TIFF) may look at the file itself.
     *
     * @param head the first bytes of the file, at most {@value #HEAD}
     * @param file the file itself
     */
    boolean recognises(byte[] head, Path file) throws IOException;

    /** How many bytes of a file {@link #recognises} is shown. */
    int HEAD = 64;

    /** The codec with the highest priority is asked first; a format that begins like another one needs more than its 0. */
    default int priority() {
        return 0;
    }

    /** Whether its files are single exposures; others (a radiance map) are passed over when a folder is read as a burst. */
    default boolean exposures() {
        return true;
    }

    /**
     * Reads one exposure on its stored grid (EXIF orientation not applied, but told in its EXIF).
     *
     * @throws BadInput if the file is damaged, cut off, too large, or no exposure
     * @throws IOException if it cannot be read
     */
    Shot read(Path file) throws IOException;

    /**
     * Reads a picture, upright; sensor values are developed ({@link Develop}).
     *
     * @throws BadInput if the file is damaged, cut off or too large
     * @throws IOException if it cannot be read
     */
    default Image image(Path file) throws IOException {
        Shot shot = read(file);
        Image stored = switch (shot) {
            case Frame frame -> frame.image();
            case Raw raw -> new Develop().apply(raw).to(Colour.SRGB);
        };
        return Upright.turned(stored, shot.exif().orientation());
    }

    /** Whether this codec can write. */
    default boolean writes() {
        return false;
    }

    /**
     * Writes a picture. Colours that the format cannot carry are converted.
     *
     * @throws IOException if the stream refuses
     */
    default void write(Image image, Exif exif, Encoding encoding, OutputStream out) throws IOException {
        throw new UnsupportedOperationException(name() + " is read only");
    }
}
