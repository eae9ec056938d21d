package dev.fovea.video;

import dev.fovea.video.VideoEncoding.Coding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The containers that are written. */
enum Container {
    MP4("mp4", List.of("mp4", "m4v"), List.of(Coding.H264, Coding.AV1)),
    MOV("mov", List.of("mov"), List.of(Coding.H264, Coding.MJPEG)),
    MATROSKA("matroska", List.of("mkv"), List.of(Coding.H264, Coding.VP8, Coding.AV1, Coding.MJPEG)),
    WEBM("webm", List.of("webm"), List.of(Coding.VP8, Coding.AV1)),
    AVI("avi", List.of("avi"), List.of(Coding.MJPEG)),
    Y4M("yuv4mpegpipe", List.of("y4m"), List.of());

    private final String muxer;
    private final List<String> extensions;
    private final List<Coding> codings;

    Container(String muxer, List<String> extensions, List<Coding> codings) {
        this.muxer = muxer;
        this.extensions = extensions;
        this.codings = codings;
    }

    /**
     * The container that a file's extension names.
     *
     * @throws IllegalArgumentException if it names none
     */
    static Container of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(c -> c.extensions.contains(extension))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " has no extension of a video that can be written; use one of " + writable()));
    }

    static String writable() {
        return Arrays.stream(values())
                .flatMap(c -> c.extensions.stream())
                .map(e -> "." + e)
                .collect(Collectors.joining(", "));
    }

    /** FFmpeg's name for it. */
    String muxer() {
        return muxer;
    }

    /** Whether it knows no times, only a rate. */
    boolean fixedRate() {
        return this == AVI || this == Y4M;
    }

    /** Whether it holds sound. */
    boolean sounds() {
        return this != Y4M;
    }

    /**
     * The encoder for a coding.
     *
     * @throws IllegalArgumentException if the container cannot hold it
     */
    PictureCoding coding(Coding wanted) {
        if (wanted == Coding.USUAL) {
            return codings.isEmpty() ? PictureCoding.RAW : PictureCoding.of(codings.getFirst());
        }
        if (!codings.contains(wanted)) {
            throw new IllegalArgumentException("." + extensions.getFirst() + " cannot hold " + wanted + "; "
                    + (codings.isEmpty() ? "it is never coded" : "use one of " + Set.copyOf(codings)));
        }
        return PictureCoding.of(wanted);
    }
}
