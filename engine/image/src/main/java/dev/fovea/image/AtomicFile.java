package dev.fovea.image;

import dev.fovea.BadInput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** Writes a file beside its target and renames it: the target is the old file or the new one, never half of it. */
final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Writes a file. Whatever goes wrong, the target stays as it was and nothing is left beside it. What is no file (a pipe, a device) is
     * written straight.
     *
     * @throws BadInput if the target cannot be written
     */
    static void write(Path target, Content content) {
        try {
            Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (Files.isDirectory(file)) {
                throw new BadInput(target.toString(), "is a folder", "give the name of a file");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                fill(file, content, StandardOpenOption.WRITE);
            } else {
                replace(file, content);
            }
        } catch (IOException e) {
            throw refusal(target, e);
        }
    }

    private static void replace(Path file, Content content) throws IOException {
        Path beside = file.resolveSibling(
                "." + Objects.requireNonNull(file.getFileName()) + "." + UUID.randomUUID() + ".part");
        try {
            fill(beside, content, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            try {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            deleteQuietly(beside);
        }
    }

    private static void fill(Path file, Content content, StandardOpenOption... how) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file, how), 1 << 16)) {
            content.to(out);
        }
    }

    /** After a successful move there is nothing to delete; after a failure its own exception says more than this one would. */
    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static BadInput refusal(Path target, IOException e) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent != null && !Files.exists(parent)) {
            return new BadInput(
                    target.toString(), "cannot be written: there is no folder " + parent, "create the folder first", e);
        }
        if (parent != null && !Files.isDirectory(parent)) {
            return new BadInput(
                    target.toString(), "cannot be written: " + parent + " is no folder", "choose another place", e);
        }
        if (e instanceof AccessDeniedException) {
            return new BadInput(
                    target.toString(), "cannot be written: permission denied", "choose a folder that is yours", e);
        }
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return new BadInput(
                target.toString(),
                "cannot be written: " + (reason == null ? "the system refused" : reason),
                "make room or choose another place",
                e);
    }
}
