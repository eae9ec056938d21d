package dev.fovea.model;

import dev.fovea.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads the models that jars bring along. Every jar with models lists their folders in {@value #INDEX}. */
final class ClassPath {
    static final String INDEX = "META-INF/fovea/models";
    private static final Set<String> LOCAL =
            Set.of("file", "jar", "jrt", "nested", "vfs", "bundleresource", "resource");

    private ClassPath() {}

    /** The loader that sees what the application brought. */
    static ClassLoader loader() {
        return Objects.requireNonNullElse(
                Thread.currentThread().getContextClassLoader(), ClassPath.class.getClassLoader());
    }

    /** The folders of every model on the class path, as the indices list them. */
    static List<String> folders(ClassLoader loader) {
        return loader.resources(INDEX)
                .flatMap(index -> new String(read(index), StandardCharsets.UTF_8).lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.endsWith("/") ? line.substring(0, line.length() - 1) : line)
                .distinct()
                .toList();
    }

    /**
     * The content of a resource.
     *
     * @throws BadInput if it is not there or its jar is damaged
     */
    static byte[] read(ClassLoader loader, String path) {
        URL found = loader.getResource(path);
        if (found == null) {
            throw new BadInput(path, "is listed in " + INDEX + " but is not on the class path", "build the jar again");
        }
        return read(found);
    }

    /** A class path may name addresses on a network: those are not followed. */
    private static byte[] read(URL resource) {
        String place = resource.toString();
        if (!LOCAL.contains(resource.getProtocol()) || place.matches("(?i)(jar:)+(https?|ftp):.*")) {
            throw new BadInput(place, "is not on this machine", "put the jar on it");
        }
        try {
            URLConnection connection = resource.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new BadInput(place, "cannot be read", "build or copy the jar again", e);
        }
    }
}
