package dev.fovea.bench;

import dev.fovea.BadInput;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Jazzer calls: bytes become a file, and the file is read as a picture. The rule: a result or a {@link BadInput}, soon, and without
 * more memory than so short an input can justify: the process gets little. A BadInput that hides an exception of our own code breaks the
 * rule too: our decoders check before they reach.
 */
public final class FuzzTarget {
    /** A system property: the extension of the files. */
    static final String EXTENSION = "fovea.fuzz.extension";

    private static final Path FILE = file();

    private FuzzTarget() {}

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
        } else {
            Image.read(FILE);
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
