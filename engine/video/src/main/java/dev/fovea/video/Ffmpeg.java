package dev.fovea.video;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** FFmpeg itself: unpacked into a cache of ours, silent, its error codes put into words. */
final class Ffmpeg {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    /** JavaCPP's own bookkeeping of memory stops programs whose heap is large; we free what we allocate. */
    private static final List<String> LIMITS =
            List.of("org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes");

    private static final @Nullable LinkageError PROBLEM = load();

    /** The decoder wants input before it gives output, or a camera has nothing yet. */
    static final int AGAIN = PROBLEM == null ? avutil.AVERROR_EAGAIN() : 0;

    static final int END = PROBLEM == null ? avutil.AVERROR_EOF : 0;

    private Ffmpeg() {}

    /**
     * Makes FFmpeg ready; costs nothing after the first call.
     *
     * @throws BadInput if there is none for this machine
     */
    static void ready() {
        if (PROBLEM != null) {
            throw new BadInput(
                    "FFmpeg",
                    "is not there for this machine (" + Loader.getPlatform() + ")",
                    "add org.bytedeco:ffmpeg with this classifier to the class path",
                    PROBLEM);
        }
    }

    private static @Nullable LinkageError load() {
        if (System.getProperty(CACHE) == null) {
            System.setProperty(CACHE, cache().toString());
        }
        LIMITS.stream()
                .filter(limit -> System.getProperty(limit) == null)
                .forEach(limit -> System.setProperty(limit, "0"));
        try {
            Loader.load(avformat.class);
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            return null;
        } catch (LinkageError e) {
            return e;
        }
    }

    /** Where the platform keeps caches; where that cannot be written, the folder for temporary files. */
    private static Path cache() {
        String own = System.getenv("XDG_CACHE_HOME"), local = System.getenv("LOCALAPPDATA");
        Path home = Path.of(System.getProperty("user.home", "."));
        Path caches = own != null && !own.isBlank()
                ? Path.of(own)
                : local != null
                        ? Path.of(local)
                        : Files.isDirectory(home.resolve("Library/Caches"))
                                ? home.resolve("Library/Caches")
                                : home.resolve(".cache");
        try {
            return Files.createDirectories(caches.resolve("fovea/natives"));
        } catch (IOException e) {
            return Path.of(System.getProperty("java.io.tmpdir"), "fovea-natives-" + System.getProperty("user.name"));
        }
    }

    /** A native string; to be closed. */
    static BytePointer text(String text) {
        return new BytePointer((text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** An error code in words: "Invalid data found when processing input". */
    static String words(int code) {
        var buffer = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(code, buffer, buffer.length);
        int end = 0;
        while (end < buffer.length && buffer[end] != 0) {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    /** The same as an exception, for what cannot happen with sound arguments. */
    static int sound(int code) {
        if (code < 0) {
            throw new IllegalStateException("FFmpeg: " + words(code));
        }
        return code;
    }

    /** A pointer that must be there. */
    static <T extends org.bytedeco.javacpp.Pointer> T there(@Nullable T pointer) {
        if (pointer == null || pointer.isNull()) {
            throw new OutOfMemoryError("FFmpeg could not allocate memory");
        }
        return pointer;
    }
}
