package dev.fovea.image;

import dev.fovea.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The application segments of a JPEG file (ISO 10918-1, B.2.4.6) and what lies behind its end mark: read, and replaced without touching
 * the picture. Cameras keep metadata in the first, and further pictures in the second.
 */
public final class JpegParts {
    /** The most bytes that a segment holds, its signature among them. */
    public static final int ROOM = 65533;

    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final String EXIF = "Exif\0\0";

    private record Part(int marker, int from, int to) {}

    private final Source file;
    private final List<Part> parts = new ArrayList<>();
    private final int end;

    private JpegParts(Source file) {
        this.file = file;
        if (!file.says(0, "\u00FF\u00D8\u00FF")) {
            throw new BadInput(file.name(), "is no JPEG", "give a JPEG file");
        }
        end = JpegWalk.through(file, (marker, from, to) -> {
            if (marker >= APP0 && marker <= APP0 + 15 && to >= from + 2) {
                parts.add(new Part(marker, from + 2, to));
            }
        });
    }

    /**
     * Takes a file apart.
     *
     * @param name for messages
     * @throws BadInput if it is no JPEG, or ends before its end mark
     */
    public static JpegParts of(String name, byte[] file) {
        return new JpegParts(new Source(name, file));
    }

    /** As above, of a file that is read here. */
    public static JpegParts read(Path file) throws IOException {
        return new JpegParts(Source.of(file));
    }

    /**
     * What segments of a kind hold, in the file's order, without the signature that they all begin with.
     *
     * @param app their number, 0..15
     * @param signature their first bytes, as ISO 8859-1
     */
    public List<byte[]> bodies(int app, String signature) {
        return parts.stream()
                .filter(p -> is(p, app, signature))
                .map(p -> Arrays.copyOfRange(file.bytes(), p.from + signature.length(), p.to))
                .toList();
    }

    /** What the camera wrote in its EXIF block. */
    public Exif exif() {
        return bodies(1, EXIF).stream().findFirst().map(Exif::parse).orElse(Exif.NONE);
    }

    /** What lies behind the end mark: empty in most files, further pictures in some. */
    public byte[] trailer() {
        return Arrays.copyOfRange(file.bytes(), end, file.length());
    }

    /**
     * The file without the segments of some kinds, and with others in front: behind JFIF and EXIF, as readers expect. Everything else is
     * the same, byte for byte.
     *
     * @param app the number of all these segments, 0..15
     * @param dropped signatures of those to leave out
     * @param added whole bodies with their signatures, each at most {@value #ROOM} bytes
     */
    public byte[] with(int app, List<String> dropped, List<byte[]> added) {
        var out = new ByteArrayOutputStream(file.length());
        int at = front();
        out.write(file.bytes(), 0, at);
        added.forEach(body -> write(out, app, body));
        for (Part part : parts) {
            if (part.from >= at && dropped.stream().anyMatch(d -> is(part, app, d))) {
                out.write(file.bytes(), at, part.from - 4 - at);
                at = part.to;
            }
        }
        out.write(file.bytes(), at, file.length() - at);
        return out.toByteArray();
    }

    /** Behind the JFIF and EXIF segments that stand first. */
    private int front() {
        int at = 2;
        for (Part part : parts) {
            boolean first = part.marker == APP0 || part.marker == APP1 && file.says(part.from, EXIF);
            if (part.from != at + 4 || !first) {
                break;
            }
            at = part.to;
        }
        return at;
    }

    private boolean is(Part part, int app, String signature) {
        return part.marker == APP0 + app
                && part.to - part.from >= signature.length()
                && file.says(part.from, signature);
    }

    private static void write(ByteArrayOutputStream out, int app, byte[] body) {
        if (body.length > ROOM) {
            throw new IllegalArgumentException("a segment of " + body.length + " bytes, more than " + ROOM);
        }
        out.write(0xFF);
        out.write(APP0 + app);
        out.write(body.length + 2 >> 8);
        out.write(body.length + 2);
        out.writeBytes(body);
    }

    /** A body from its signature (as ISO 8859-1) and parts. */
    public static byte[] body(String signature, byte[]... rest) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(signature.getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] part : rest) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
