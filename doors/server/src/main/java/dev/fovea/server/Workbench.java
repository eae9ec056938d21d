package dev.fovea.server;

import dev.fovea.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for temporary files that never stay: it is emptied when the studio ends, and one whose studio was killed is removed by the next
 * that starts. A lock that dies with its process tells which is which.
 */
final class Workbench implements AutoCloseable {
    private static final String PREFIX = "fovea-studio-";
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel channel;

    private Workbench(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * A new one, after what others left behind was removed.
     *
     * @throws BadInput if nothing can be written there
     */
    static Workbench in(Path parent) {
        try {
            Files.createDirectories(parent);
            orphans(parent).forEach(Workbench::delete);
            Path folder = Files.createTempDirectory(parent, PREFIX);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new Workbench(folder, channel);
        } catch (IOException e) {
            throw new BadInput(parent.toString(), "cannot be written", "choose another folder for temporary files", e);
        }
    }

    private static List<Path> orphans(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(p -> p.getFileName().toString().startsWith(PREFIX))
                    .filter(Workbench::abandoned)
                    .toList();
        }
    }

    /** Whether its lock can be had. One without a lock is being made, or not ours to judge. */
    private static boolean abandoned(Path folder) {
        Path lock = folder.resolve(LOCK);
        if (!Files.isRegularFile(lock)) {
            return false;
        }
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** A new, empty folder. */
    Path folder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole of it. */
    Path folder() {
        return folder;
    }

    /** Bytes that can still be written. */
    long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Removes a folder with all that is in it; what cannot be removed now goes with the whole. */
    static void delete(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException | UncheckedIOException e) {
            // somebody reads it still
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the process's end closes it
        }
        delete(folder);
    }
}
