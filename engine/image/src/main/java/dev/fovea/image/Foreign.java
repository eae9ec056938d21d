package dev.fovea.image;

import dev.fovea.BadInput;
import java.nio.file.Path;
import java.util.Set;

/** Files that people try and no codec here reads: each gets a sentence that says what it is and what to do. */
final class Foreign {
    private static final Set<String> VIDEO =
            Set.of("mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "mts", "m2ts", "3gp", "wmv");
    private static final Set<String> RAW = Set.of(
            "cr2", "cr3", "crw", "nef", "nrw", "arw", "srf", "sr2", "orf", "rw2", "raf", "pef", "srw", "x3f", "3fr",
            "iiq", "erf", "kdc", "dcr", "mrw", "rwl");
    private static final Set<String> HEIF_BRANDS = Set.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1");
    private static final String FORMATS = "give JPEG, PNG, TIFF, WebP or DNG files";

    private Foreign() {}

    /** Whether the name is that of a camera maker's own RAW format; most of these begin like TIFF and hold a small preview. */
    static boolean raw(Path file) {
        return RAW.contains(Codecs.extension(file));
    }

    /** Whether the file is something that a sentence of its own is kept for. */
    static boolean known(byte[] head, Path file) {
        return raw(file) || video(head, file) || heif(head, file);
    }

    /** The sentence for a file that no codec recognises. */
    static BadInput refusal(byte[] head, Path file) {
        String name = file.toString();
        if (head.length == 0) {
            return new BadInput(name, "is empty", "copy it from the camera again");
        }
        if (raw(file)) {
            return new BadInput(name, "is a camera maker's own RAW format", "convert it to DNG first");
        }
        if (heif(head, file)) {
            return new BadInput(
                    name,
                    "is a HEIC or AVIF picture, which needs the module fovea-video",
                    "add it, or export it as JPEG or DNG");
        }
        if (video(head, file)) {
            return new BadInput(name, "is a video, but pictures are read here", FORMATS);
        }
        return new BadInput(name, "is no picture of a format that is read", FORMATS);
    }

    private static boolean heif(byte[] head, Path file) {
        String brand = brand(head);
        return HEIF_BRANDS.contains(brand)
                || brand.startsWith("avi")
                || Set.of("heic", "heif", "avif").contains(Codecs.extension(file));
    }

    private static boolean video(byte[] head, Path file) {
        return VIDEO.contains(Codecs.extension(file))
                || !brand(head).isEmpty()
                || Source.starts(head, 0, "\u001A\u0045\u00DF\u00A3")
                || Source.starts(head, 0, "RIFF") && Source.starts(head, 8, "AVI ");
    }

    /** The major brand of an ISO base media file (ISO 14496-12), or empty. */
    private static String brand(byte[] head) {
        return Source.starts(head, 4, "ftyp") && head.length >= 12
                ? new String(head, 8, 4, java.nio.charset.StandardCharsets.ISO_8859_1)
                : "";
    }
}
