package dev.fovea.bench;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import dev.fovea.space.Depth;
import dev.fovea.video.LiveJpeg;
import dev.fovea.video.Video;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * What Jazzer calls: bytes become a file, and the file is read as a picture, a video or depth. The rule: a result or a {@link BadInput}, soon, and without
 * more memory than so short an input can justify: the process gets little. A BadInput that hides an exception of our own code breaks the
 * rule too: our decoders check before they reach.
 */
public final class FuzzTarget {
    /** A system property: the extension of the files. */
    static final String EXTENSION = "fovea.fuzz.extension";

    /** The extension of files of any kind that are read as depth. */
    static final String DEPTH = "depth";

    private static final Path FILE = file();

    private FuzzTarget() {}

    /** Unpacks and loads FFmpeg, which takes longer than an input may. */
    public static void fuzzerInitialize() {
        new LiveJpeg(80).close();
    }

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, data);
        try {
            read();
        } catch (BadInput e) {
            switch (e.getCause()) {
                case OutOfMemoryError tooMuch -> throw tooMuch;
                case RuntimeException hidden when ours(hidden) -> throw hidden;
                case null, default -> {}
            }
        }
    }

    private static void read() {
        if (FILE.toString().endsWith(".dng")) {
            Shot.read(FILE);
        } else if (FILE.toString().matches(".*[.](mp4|webm|avi)")) {
            play();
        } else if (FILE.toString().endsWith("." + DEPTH)) {
            Depth.read(FILE);
        } else {
            Image.read(FILE);
        }
    }

    /** A file may tell the same pictures again and again: some are enough. */
    private static void play() {
        try (Video video = Video.open(FILE)) {
            Iterator<Frame> frames = video.iterator();
            for (int i = 0; i < 40 && frames.hasNext(); i++) {
                frames.next();
            }
        }
    }

    private static boolean ours(RuntimeException e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return frame.getClassName().startsWith("dev.fovea.");
            }
        }
        return false;
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("fuzz", "." + System.getProperty(EXTENSION, "dng"));
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
