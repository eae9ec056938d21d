package dev.fovea.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The block of tags that cameras put into pictures (EXIF 2.32, 4.5). What describes the stored pixels rather than the photograph (size,
 * strips, thumbnail, colour tables) is left out: whoever writes pixels writes these anew.
 */
final class ExifBlock {
    private static final int PHOTO = 0x8769;
    private static final int GPS = 0x8825;
    private static final int MOST = 1 << 16;

    /** Name, description, make, model, orientation, resolution, software, date, artist, host, rating, copyright, Windows' texts. */
    private static final Set<Integer> MAIN = Set.of(
            0x10D, 0x10E, 0x10F, 0x110, 0x112, 0x11A, 0x11B, 0x128, 0x131, 0x132, 0x13B, 0x13C, 0x4746, 0x4749, 0x8298,
            0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F);

    /** Colour space, width, height, and the interoperability directory. */
    private static final Set<Integer> ABOUT_PIXELS = Set.of(0xA001, 0xA002, 0xA003, 0xA005);

    private ExifBlock() {}

    /** The tags of a TIFF structure that lies in {@code from..to}; what is not sound is left out. */
    static Exif parse(byte[] bytes, int from, int to) {
        return TiffDirectory.first(bytes, from, to).map(ExifBlock::of).orElse(Exif.NONE);
    }

    /** The tags that are kept of a main directory and those under it. */
    static Exif of(TiffDirectory main) {
        var tags = new ArrayList<Exif.Tag>();
        int room = 1 << 20;
        for (Exif.Directory d : Exif.Directory.values()) {
            TiffDirectory directory = switch (d) {
                case MAIN -> main;
                case PHOTO -> main.under(PHOTO);
                case GPS -> main.under(GPS);
            };
            for (TiffDirectory.Field f : directory.fields()) {
                int size = TiffDirectory.size(f);
                if (kept(d, f.id()) && size <= Math.min(MOST, room)) {
                    tags.add(directory.tag(d, f));
                    room -= size;
                }
            }
        }
        return new Exif(tags);
    }

    /** The tags with those that EXIF wants about stored pixels: colour space (65535 is "not sRGB"), width, height. */
    static Exif describing(Image image, Exif exif) {
        if (exif.tags().isEmpty()) {
            return exif;
        }
        int space = image.colour() == Colour.DISPLAY_P3 ? 65535 : 1;
        return exif.with(photo(0xA001, 3, 2, space))
                .with(photo(0xA002, 4, 4, image.width()))
                .with(photo(0xA003, 4, 4, image.height()));
    }

    private static Exif.Tag photo(int id, int type, int size, int value) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(value).array();
        return new Exif.Tag(Exif.Directory.PHOTO, id, type, 1, java.util.Arrays.copyOfRange(bytes, 4 - size, 4));
    }

    private static boolean kept(Exif.Directory d, int id) {
        return switch (d) {
            case MAIN -> MAIN.contains(id);
            case PHOTO -> !ABOUT_PIXELS.contains(id);
            case GPS -> true;
        };
    }

    /** The block to be put into a picture, big-endian; empty if there are no tags. */
    static byte[] bytes(Exif exif) {
        return exif.tags().isEmpty() ? new byte[0] : bytes(exif, List.of());
    }

    /** The same of at most so many bytes: the largest tags are left out until it fits. */
    static byte[] bytes(Exif exif, int most) {
        byte[] block = bytes(exif);
        var tags = new ArrayList<>(exif.tags());
        tags.sort(Comparator.comparingInt((Exif.Tag t) -> t.bytes().length).reversed());
        while (block.length > most) {
            tags.removeFirst();
            block = bytes(new Exif(tags));
        }
        return block;
    }

    /** A TIFF structure: the tags, and further ones for its main directory. */
    static byte[] bytes(Exif exif, List<Exif.Tag> more) {
        var main = new ArrayList<>(of(exif, Exif.Directory.MAIN));
        main.removeIf(t -> more.stream().anyMatch(m -> m.id() == t.id()));
        main.addAll(more);
        List<Exif.Tag> photo = of(exif, Exif.Directory.PHOTO);
        List<Exif.Tag> gps = of(exif, Exif.Directory.GPS);
        int directories = (photo.isEmpty() ? 0 : 1) + (gps.isEmpty() ? 0 : 1);
        int photoAt = 8 + TiffDirectory.size(main) + 12 * directories;
        int gpsAt = photoAt + (photo.isEmpty() ? 0 : TiffDirectory.size(photo));
        int end = gpsAt + (gps.isEmpty() ? 0 : TiffDirectory.size(gps));
        var out = ByteBuffer.allocate(end).putInt(0x4D4D002A).putInt(8);
        if (!photo.isEmpty()) {
            main.add(pointer(PHOTO, photoAt));
            out.put(photoAt, TiffDirectory.block(photo, photoAt));
        }
        if (!gps.isEmpty()) {
            main.add(pointer(GPS, gpsAt));
            out.put(gpsAt, TiffDirectory.block(gps, gpsAt));
        }
        return out.put(8, TiffDirectory.block(main, 8)).array();
    }

    private static List<Exif.Tag> of(Exif exif, Exif.Directory directory) {
        return exif.tags().stream().filter(t -> t.directory() == directory).toList();
    }

    private static Exif.Tag pointer(int id, int at) {
        return new Exif.Tag(
                Exif.Directory.MAIN, id, 4, 1, ByteBuffer.allocate(4).putInt(at).array());
    }
}
