package dev.fovea.model;

import dev.fovea.BadInput;
import dev.fovea.Work;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** From where models are pulled. */
@FunctionalInterface
interface Origin {
    /**
     * Fills a file with a model, going on where it ends.
     *
     * @throws BadInput if the model is not to be had
     */
    void fill(Listing listing, FileChannel file) throws IOException;

    /**
     * The origin that a person names: an address of http or https below which paths are as at the owner's, or a folder.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Origin of(String from) {
        if (from.matches("(?i)https?://.+")) {
            return new Address(from.endsWith("/") ? from : from + "/");
        }
        Path folder = from.regionMatches(true, 0, "file:", 0, 5) ? Path.of(URI.create(from)) : Path.of(from);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    from + " is neither an address that starts with http:// or https:// nor a folder.");
        }
        return new Mirror(folder);
    }

    /** A server. */
    record Address(String base) implements Origin {
        @Override
        public void fill(Listing listing, FileChannel file) throws IOException {
            if (file.size() < listing.bytes()) {
                new Download(URI.create(base + listing.path()), listing.bytes())
                        .into(file, "pulling " + listing.name());
            }
        }
    }

    /** A folder: laid out as at the owner's, or with the file itself in it. */
    record Mirror(Path folder) implements Origin {
        private static final int CHUNK = 1 << 20;

        @Override
        public void fill(Listing listing, FileChannel file) throws IOException {
            Path original = Stream.of(listing.path(), listing.file())
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new BadInput(
                            folder.toString(),
                            "has neither " + listing.path() + " nor " + listing.file(),
                            "use ./fovea models import for a folder that is laid out otherwise"));
            file.truncate(0);
            copy(original, file, "pulling " + listing.name());
        }

        static void copy(Path original, FileChannel file, String step) throws IOException {
            var chunk = ByteBuffer.allocate(CHUNK);
            try (var in = FileChannel.open(original, StandardOpenOption.READ)) {
                long size = Math.max(1, in.size());
                while (in.read(chunk) >= 0) {
                    Work.step(step, Math.min(1, (double) file.size() / size));
                    chunk.flip();
                    while (chunk.hasRemaining()) {
                        file.write(chunk);
                    }
                    chunk.clear();
                }
            }
        }
    }
}
