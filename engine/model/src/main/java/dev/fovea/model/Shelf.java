package dev.fovea.model;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The folder of public models. A file appears in it whole and checked or not at all: it is filled beside its place, under a name that
 * ends with {@code .part}, and renamed.
 *
 * @param folder where the files are
 * @param room how much more fits
 */
record Shelf(Path folder, Room room) {
    /** How many bytes can still be written to a folder. */
    @FunctionalInterface
    interface Room {
        long of(Path folder) throws IOException;
    }

    /** A folder on a disk. */
    static Shelf of(Path folder) {
        return new Shelf(folder, f -> Files.getFileStore(f).getUsableSpace());
    }

    /** Where a model is or would be. */
    Path file(Listing listing) {
        return folder.resolve(listing.file());
    }

    /** Whether a model is here and unaltered. */
    boolean holds(Listing listing) {
        return matches(file(listing), listing);
    }

    /** Whether a file is a model, whatever it is called. */
    static boolean matches(Path file, Listing listing) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == listing.bytes()
                    && Sha256.of(file).equals(listing.sha256());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Gets a model that is not here, going on with what an earlier try has left.
     *
     * @throws BadInput if it is not to be had, is another one, or cannot be written
     */
    Path add(Listing listing, Origin origin) {
        Path part = folder.resolve(listing.file() + ".part");
        try {
            Files.createDirectories(folder);
            try (var file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(file, listing);
                fill(file, part, listing, origin);
            }
            return place(part, listing);
        } catch (IOException e) {
            throw unwritable(listing, e);
        }
    }

    private static void lock(FileChannel file, Listing listing) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // by another thread of this process
        }
        throw new BadInput("The model " + listing.name(), "is being pulled already", "wait until that ends");
    }

    private void fill(FileChannel file, Path part, Listing listing, Origin origin) throws IOException {
        if (file.size() > listing.bytes()) {
            file.truncate(0);
        }
        long missing = listing.bytes() - file.size();
        long free = room.of(folder);
        if (free < missing) {
            throw new BadInput(
                    folder.toString(),
                    "has room for " + size(free) + ", but " + listing.name() + " needs " + size(missing),
                    "make room or set FOVEA_MODELS to another folder");
        }
        file.position(file.size());
        origin.fill(listing, file);
        file.force(true);
        if (!matches(part, listing)) {
            Files.delete(part);
            throw new BadInput(
                    "The model " + listing.name(),
                    "came with other content than the catalogue promises and was thrown away",
                    "try again or another --from");
        }
    }

    private Path place(Path part, Listing listing) throws IOException {
        Path place = file(listing);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        return place;
    }

    private BadInput unwritable(Listing listing, IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return new BadInput(
                file(listing).toString(),
                "cannot be written" + (reason == null || reason.contains(folder.toString()) ? "" : ": " + reason),
                "make room or set FOVEA_MODELS to a folder that you may write to",
                e);
    }

    private static String size(long bytes) {
        return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
