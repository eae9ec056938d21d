package dev.fovea.space;

import dev.fovea.image.JpegParts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * XMP in JPEG (XMP Specification Part 3, 1.1.3): a packet that fits into one segment, and an extension in many, which it names by the
 * extension's digest.
 *
 * @param main the packet, if there is a sound one
 * @param extension what did not fit into it
 */
record XmpSegments(Optional<Xmp> main, Optional<Xmp> extension) {
    private static final String MAIN = "http://ns.adobe.com/xap/1.0/\0";
    private static final String EXTENSION = "http://ns.adobe.com/xmp/extension/\0";
    private static final String NOTE = "http://ns.adobe.com/xmp/note/";
    private static final String HAS = "HasExtendedXMP";
    private static final int DIGEST = 32;
    private static final int PART = 65_000;

    static XmpSegments of(JpegParts jpeg) {
        Optional<Xmp> main = jpeg.bodies(1, MAIN).stream().findFirst().flatMap(Xmp::parse);
        Optional<Xmp> extension = main.flatMap(m -> m.value(NOTE, HAS))
                .flatMap(digest -> joined(jpeg.bodies(1, EXTENSION), digest))
                .flatMap(Xmp::parse);
        return new XmpSegments(main, extension);
    }

    /** A property of either packet. */
    Optional<String> value(String namespace, String name) {
        return main.flatMap(m -> m.value(namespace, name)).or(() -> extension.flatMap(e -> e.value(namespace, name)));
    }

    /** The elements of some name in either packet, in their order. */
    List<Xmp.Part> parts(String namespace, String name) {
        List<Xmp.Part> first = main.map(m -> m.parts(namespace, name)).orElse(List.of());
        return first.isEmpty() ? extension.map(e -> e.parts(namespace, name)).orElse(List.of()) : first;
    }

    /** A number of either packet. */
    Optional<Double> number(String namespace, String name) {
        return main.flatMap(m -> m.number(namespace, name)).or(() -> extension.flatMap(e -> e.number(namespace, name)));
    }

    /** The parts in the order of their offsets; empty if one is missing. */
    private static Optional<byte[]> joined(List<byte[]> parts, String digest) {
        Map<Long, byte[]> byOffset = new TreeMap<>();
        long length = -1;
        for (byte[] part : parts) {
            if (part.length >= DIGEST + 8 && digest.equalsIgnoreCase(text(part))) {
                length = ByteBuffer.wrap(part).getInt(DIGEST) & 0xFFFFFFFFL;
                byOffset.put(
                        ByteBuffer.wrap(part).getInt(DIGEST + 4) & 0xFFFFFFFFL,
                        Arrays.copyOfRange(part, DIGEST + 8, part.length));
            }
        }
        var whole = new ByteArrayOutputStream();
        for (var part : byOffset.entrySet()) {
            if (part.getKey() != whole.size()) {
                return Optional.empty();
            }
            whole.writeBytes(part.getValue());
        }
        return whole.size() == length ? Optional.of(whole.toByteArray()) : Optional.empty();
    }

    private static String text(byte[] part) {
        return new String(part, 0, DIGEST, StandardCharsets.ISO_8859_1);
    }

    /** The file with these packets instead of its own. */
    static byte[] replaced(JpegParts jpeg, Xmp main, Xmp extension) {
        byte[] rest = extension.bytes();
        String digest = digest(rest);
        main.remove(NOTE);
        main.add("xmpNote", NOTE, HAS, digest);
        var bodies = new ArrayList<byte[]>();
        bodies.add(JpegParts.body(MAIN, main.bytes()));
        for (int at = 0; at < rest.length; at += PART) {
            byte[] where = ByteBuffer.allocate(8).putInt(rest.length).putInt(at).array();
            byte[] part = Arrays.copyOfRange(rest, at, Math.min(rest.length, at + PART));
            bodies.add(JpegParts.body(EXTENSION, digest.getBytes(StandardCharsets.US_ASCII), where, part));
        }
        return jpeg.with(1, List.of(MAIN, EXTENSION), bodies);
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes);
            return HexFormat.of().formatHex(md5).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
