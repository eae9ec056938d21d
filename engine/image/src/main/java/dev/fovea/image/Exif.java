package dev.fovea.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a camera wrote about a picture: the tags of EXIF 2.32, kept as they came so that they can be written again.
 *
 * @param tags the tags of all directories; values are big-endian
 */
public record Exif(List<Tag> tags) {
    /** Nothing known. */
    public static final Exif NONE = new Exif(List.of());

    /** The directories that are kept. */
    public enum Directory {
        /** The main directory: make, model, orientation, date. */
        MAIN,
        /** Exposure and lens. */
        PHOTO,
        /** Position. */
        GPS
    }

    /**
     * One tag.
     *
     * @param directory where it lies
     * @param id its number
     * @param type its TIFF type: 1 byte, 2 text, 3 short, 4 long, 5 rational, 7 undefined, 9 signed long, 10 signed rational
     * @param count how many values
     * @param bytes the values, big-endian, exactly count × the type's size
     */
    public record Tag(Directory directory, int id, int type, int count, byte[] bytes) {}

    private static final int ORIENTATION = 0x112;

    /** The tags of an EXIF block: a TIFF structure, as JPEG, HEIF and WebP carry it. What is not sound is left out. */
    public static Exif parse(byte[] tiff) {
        return ExifBlock.parse(tiff, 0, tiff.length);
    }

    /** Copies the list. */
    public Exif {
        tags = List.copyOf(tags);
    }

    /** EXIF orientation 1..8; 1 (upright) if not told. */
    public int orientation() {
        int o = (int) number(Directory.MAIN, ORIENTATION).orElse(1);
        return o >= 1 && o <= 8 ? o : 1;
    }

    /** The same with another orientation. */
    public Exif withOrientation(int orientation) {
        return with(new Tag(Directory.MAIN, ORIENTATION, 3, 1, new byte[] {0, (byte) orientation}));
    }

    /** The same with one tag added or replaced. */
    public Exif with(Tag tag) {
        var all = new ArrayList<Tag>(tags);
        all.removeIf(t -> t.directory == tag.directory && t.id == tag.id);
        all.add(tag);
        return new Exif(all);
    }

    /** Exposure time in seconds. */
    public OptionalDouble exposureSeconds() {
        return number(Directory.PHOTO, 0x829A);
    }

    /** Aperture as an f-number. */
    public OptionalDouble fNumber() {
        return number(Directory.PHOTO, 0x829D);
    }

    /** ISO speed. */
    public OptionalDouble iso() {
        return number(Directory.PHOTO, 0x8827);
    }

    /** Make and model, or empty. */
    public String camera() {
        return (text(Directory.MAIN, 0x10F) + " " + text(Directory.MAIN, 0x110)).strip();
    }

    /** How much the sensor's values were exposed: seconds · ISO / 100 / f²; empty if time is not told. */
    public OptionalDouble exposure() {
        if (exposureSeconds().isEmpty() || exposureSeconds().getAsDouble() <= 0) {
            return OptionalDouble.empty();
        }
        double f = fNumber().orElse(1);
        return OptionalDouble.of(exposureSeconds().getAsDouble() * iso().orElse(100) / 100 / (f > 0 ? f * f : 1));
    }

    /** The first value of a numeric tag. */
    public OptionalDouble number(Directory directory, int id) {
        Tag t = find(directory, id).orElse(null);
        if (t == null || t.count < 1) {
            return OptionalDouble.empty();
        }
        var b = java.nio.ByteBuffer.wrap(t.bytes);
        return switch (t.type) {
            case 1 -> OptionalDouble.of(b.get() & 0xFF);
            case 3 -> OptionalDouble.of(b.getShort() & 0xFFFF);
            case 4 -> OptionalDouble.of(b.getInt() & 0xFFFFFFFFL);
            case 9 -> OptionalDouble.of(b.getInt());
            case 5 -> ratio(b.getInt() & 0xFFFFFFFFL, b.getInt() & 0xFFFFFFFFL);
            case 10 -> ratio(b.getInt(), b.getInt());
            default -> OptionalDouble.empty();
        };
    }

    /** A text tag, or empty. */
    public String text(Directory directory, int id) {
        return find(directory, id)
                .filter(t -> t.type == 2)
                .map(t -> new String(t.bytes, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("\0", "")
                        .strip())
                .orElse("");
    }

    private Optional<Tag> find(Directory directory, int id) {
        return tags.stream().filter(t -> t.directory == directory && t.id == id).findFirst();
    }

    private static OptionalDouble ratio(double above, double below) {
        return below == 0 ? OptionalDouble.empty() : OptionalDouble.of(above / below);
    }
}
