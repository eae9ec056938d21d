package dev.fovea.server;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.heif.HeifDirectory;
import dev.fovea.BadInput;
import dev.fovea.video.Video;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A file that was uploaded. It is called as its owner calls it, as far as that is a plain name; no client ever names a path. */
record Input(Path file) {
    private static final int LONGEST = 80;
    /** Of files whose headers cannot be read: no phone's picture holds more pixels a byte. */
    private static final int PIXELS_A_BYTE = 16;

    /** A place in a folder for a file of that name: its last part, of letters, digits, dots, dashes; numbered if it is taken. */
    static Path place(Path folder, String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceAll("^\\.+", "");
        String kept = plain.isBlank() ? "file" : plain.substring(Math.max(0, plain.length() - LONGEST));
        Path free = folder.resolve(kept);
        for (int i = 2; Files.exists(free); i++) {
            free = folder.resolve(i + "-" + kept);
        }
        return free;
    }

    /** What it is called. */
    String name() {
        return file.getFileName().toString();
    }

    /** The part of the name behind the last dot, in lower case. */
    String extension() {
        return name().substring(name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Pixels of it, or of a frame of it, as its header says or its bytes can hold. */
    long pixels() {
        if (Video.recognises(file)) {
            try (Video video = Video.open(file)) {
                return (long) video.width() * video.height();
            } catch (BadInput e) {
                return 0; // told when it is read
            }
        }
        return extension().equals("dng") ? bytes() : header().orElse(bytes() * PIXELS_A_BYTE);
    }

    private Optional<Long> header() {
        try {
            Metadata metadata = ImageMetadataReader.readMetadata(file.toFile());
            long most = 0;
            for (HeifDirectory heif : metadata.getDirectoriesOfType(HeifDirectory.class)) {
                Long w = heif.getLongObject(HeifDirectory.TAG_IMAGE_WIDTH);
                Long h = heif.getLongObject(HeifDirectory.TAG_IMAGE_HEIGHT);
                most = w != null && h != null ? Math.max(most, w * h) : most;
            }
            return most > 0 ? Optional.of(most) : known();
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return known();
        }
    }

    private Optional<Long> known() {
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            var reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return Optional.of((long) reader.getWidth(0) * reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    long bytes() {
        return file.toFile().length();
    }
}
