package dev.fovea.image;

import dev.fovea.BadInput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file beside its target and renames it: the target is the old file or the new one, never half of it. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content. */
    @FunctionalInterface
    public interface Content {
        /** Writes it all; the stream is closed by the caller. */
        void to(OutputStream out) throws IOException;
    }

    /**
     * Writes a file. Whatever goes wrong, the target stays as it was and nothing is left beside it. What is no file (a pipe, a device) is
     * written straight.
     *
     * @throws BadInput if the target cannot be written
     */
    public static void write(Path target, Content content) {
        try {
            if (Files.exists(target) && !Files.isDirectory(target) && !Files.isRegularFile(target)) {
                fill(target.toRealPath(), content, StandardOpenOption.WRITE);
            } else {
                replace(target, content);
            }
        } catch (IOException e) {
            throw PartFile.refusal(target, e);
        }
    }

    private static void replace(Path target, Content content) throws IOException {
        try (var part = new PartFile(target)) {
            fill(part.path(), content, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            part.commit();
        }
    }

    private static void fill(Path file, Content content, StandardOpenOption... how) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file, how), 1 << 16)) {
            content.to(out);
        }
    }
}
