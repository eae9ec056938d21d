package dev.fovea.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A file that was uploaded. It is called as its owner calls it, as far as that is a plain name; no client ever names a path. */
record Input(Path file) {
    private static final int LONGEST = 80;
    /** Of formats whose headers nothing here reads cheaply: no phone's HEIC or DNG holds more pixels a byte. */
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

    /** Pixels, as its header says or its bytes can hold: enough to tell how much memory it needs. */
    long pixels() {
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var readers = ImageIO.getImageReaders(in);
            if (readers.hasNext() && !List.of("dng", "heic", "heif").contains(extension())) {
                var reader = readers.next();
                try {
                    reader.setInput(in, true, true);
                    return (long) reader.getWidth(0) * reader.getHeight(0);
                } finally {
                    reader.dispose();
                }
            }
        } catch (IOException | RuntimeException e) {
            // told when it is read
        }
        return bytes() * (extension().equals("dng") ? 1 : PIXELS_A_BYTE);
    }

    long bytes() {
        return file.toFile().length();
    }
}
