package dev.fovea.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The files of the pages and of the samples, from the jar. A name is looked up as it is: there is no path to leave. */
final class Pages {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*(?:\\.[a-z0-9-]+)*\\.[a-z0-9]+");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webmanifest", "application/manifest+json"));

    /**
     * A file.
     *
     * @param tag changes with its bytes
     */
    record Page(byte[] bytes, String type, String tag) {}

    private final String folder;
    private final Map<String, Page> known = new ConcurrentHashMap<>();

    /** @param folder beside this class */
    Pages(String folder) {
        this.folder = folder;
    }

    /** The file of that name; none if there is none. */
    Optional<Page> find(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(known.computeIfAbsent(name, n -> read(n, type)));
    }

    private @org.jspecify.annotations.Nullable Page read(String name, String type) {
        try (var in = Pages.class.getResourceAsStream(folder + "/" + name)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            var crc = new CRC32();
            crc.update(bytes);
            return new Page(bytes, type, '"' + Long.toHexString(crc.getValue()) + '-' + bytes.length + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
