package dev.fovea.image;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * A file in the making: it lies beside its target under a hidden name, until {@link #commit} renames it. The target is the old file or
 * the new one, never half of it; closing without a commit leaves nothing behind.
 */
public final class PartFile implements AutoCloseable {
    private final Path target;
    private final Path file;
    private final Path part;

    /**
     * Chooses the hidden name; nothing is made yet.
     *
     * @throws BadInput if the target is a folder
     */
    public PartFile(Path target) {
        this.target = target;
        try {
            file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        } catch (IOException e) {
            throw refusal(target, e);
        }
        if (Files.isDirectory(file)) {
            throw new BadInput(target.toString(), "is a folder", "give the name of a file");
        }
        part = file.resolveSibling(
                "." + Objects.requireNonNull(file.getFileName()) + "." + UUID.randomUUID() + ".part");
    }

    /** Where to write. */
    public Path path() {
        return part;
    }

    /**
     * Puts what was written in the target's place.
     *
     * @throws BadInput if the target cannot be replaced
     */
    public void commit() {
        try {
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw refusal(target, e);
        }
    }

    /** After a commit there is nothing to delete; after a failure its own exception says more than this one would. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            part.toFile().deleteOnExit();
        }
    }

    /** The sentence for a target that refuses to be written. */
    public static BadInput refusal(Path target, IOException e) {
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
