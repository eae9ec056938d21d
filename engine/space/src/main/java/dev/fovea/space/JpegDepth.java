package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.AtomicFile;
import dev.fovea.image.Frame;
import dev.fovea.image.JpegParts;
import dev.fovea.image.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** JPEG files that carry depth: Google's depth metadata (read and written) and Dynamic Depth (read), and Apple's second picture behind the first (read). */
public final class JpegDepth implements DepthCodec {
    @Override
    public boolean recognises(byte[] head) {
        return head.length > 2 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xFF) == 0xD8 && (head[2] & 0xFF) == 0xFF;
    }

    @Override
    public Optional<StoredDepth> read(Path file) throws IOException {
        JpegParts jpeg = JpegParts.read(file);
        String source = file.toString();
        Turn turn = Turn.upright(jpeg.exif().orientation());
        XmpSegments xmp = XmpSegments.of(jpeg);
        return GoogleDepth.read(xmp, turn, source)
                .or(() -> DynamicDepth.read(xmp, jpeg.trailer(), turn, source))
                .or(() -> second(jpeg.trailer(), turn, source));
    }

    /** The pictures behind the first (CIPA DC-007, "multi-picture format") lie one after the other; one of them may be depth. */
    private static Optional<StoredDepth> second(byte[] trailer, Turn turn, String source) {
        for (int at = next(trailer, 0); at >= 0; ) {
            byte[] rest = java.util.Arrays.copyOfRange(trailer, at, trailer.length);
            JpegParts picture;
            try {
                picture = JpegParts.of(source, rest);
            } catch (BadInput e) {
                // what lies there only looks like a picture
                at = next(trailer, at + 3);
                continue;
            }
            Optional<Xmp> xmp = XmpSegments.of(picture).main();
            if (xmp.filter(AppleDepth::describes).isPresent()) {
                return Optional.of(AppleDepth.of(Frame.parse(source + " (its depth)", rest), xmp, turn));
            }
            at = next(trailer, trailer.length - picture.trailer().length);
        }
        return Optional.empty();
    }

    private static int next(byte[] bytes, int from) {
        for (int i = from; i + 3 <= bytes.length; i++) {
            if ((bytes[i] & 0xFF) == 0xFF && (bytes[i + 1] & 0xFF) == 0xD8 && (bytes[i + 2] & 0xFF) == 0xFF) {
                return i;
            }
        }
        return -1;
    }

    /**
     * A JPEG with depth inside: every byte that it had before but older depth, so that it opens everywhere as it did.
     *
     * @param name of the JPEG, for messages
     * @param depth upright, of the same shape as the picture
     * @throws BadInput if it is no JPEG
     */
    static byte[] with(String name, byte[] jpeg, Depth depth) {
        JpegParts parts = JpegParts.of(name, jpeg);
        XmpSegments xmp = XmpSegments.of(parts);
        Xmp main = xmp.main().orElseGet(Xmp::empty), extension = xmp.extension().orElseGet(Xmp::empty);
        Turn back = Turn.upright(parts.exif().orientation()).back();
        GoogleDepth.write(depth.turned(back), main, extension);
        return XmpSegments.replaced(parts, main, extension);
    }

    /**
     * Writes a JPEG with depth inside: every byte that it had before but older depth, so that it opens everywhere as it did.
     *
     * @param photo the JPEG
     * @param depth upright, of the same shape as the picture
     * @throws BadInput if the photo is no JPEG, or the target cannot be written
     */
    public static void write(Path photo, Depth depth, Path target) throws IOException {
        byte[] whole = with(photo.toString(), Files.readAllBytes(photo), depth);
        AtomicFile.write(target, out -> out.write(whole));
    }
}
