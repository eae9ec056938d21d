package dev.fovea.server;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A file that a job made.
 *
 * @param role what it is for
 * @param file where it lies
 * @param width pixels per row; 0 if it is no picture
 * @param height rows
 */
record Output(Role role, Path file, int width, int height) {
    /** What a file is for. */
    enum Role {
        /** What was asked for. */
        RESULT,
        /** The picture as it was, to compare. */
        BEFORE,
        /** What the algorithm saw. */
        EXPLAIN,
        /** How far things are. */
        DEPTH,
        /** For programs. */
        DATA
    }

    private static final Map<String, String> TYPES = Map.of(
            "jpg", "image/jpeg",
            "png", "image/png",
            "tif", "image/tiff",
            "dng", "image/x-adobe-dng",
            "mp4", "video/mp4",
            "pfm", "application/octet-stream",
            "json", "application/json");

    String name() {
        return file.getFileName().toString();
    }

    /** Its media type. */
    String type() {
        String extension = name().substring(name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
