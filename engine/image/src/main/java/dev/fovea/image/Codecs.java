package dev.fovea.image;

import dev.fovea.BadInput;
import dev.fovea.Cancelled;
import dev.fovea.Work;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the codec for a file and lets it read or write; turns whatever goes wrong into one sentence. */
final class Codecs {
    private static final List<Codec> ALL = ServiceLoader.load(Codec.class, Codec.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparingInt(Codec::priority).reversed().thenComparing(Codec::name))
            .toList();

    private Codecs() {}

    private interface Reading<T> {
        T by(Codec codec) throws IOException;
    }

    static Image readImage(Path file) {
        return read(file, codec -> codec.image(file));
    }

    static Shot readShot(Path file) {
        return read(file, codec -> codec.read(file));
    }

    /** The shots of files and folders, in order; decoded side by side. */
    static List<Shot> readShots(List<Path> sources) {
        var files = new ArrayList<Path>();
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                files.addAll(pictures(source));
            } else {
                files.add(source);
            }
        }
        var shots = new Shot[files.size()];
        Work.rows(shots.length, 1, (from, to) -> shots[from] = readShot(files.get(from)));
        return Arrays.asList(shots);
    }

    /** The pictures of a folder that make a burst, in natural order; only the DNGs if there are any. */
    static List<Path> pictures(Path folder) {
        try (var entries = Files.list(folder)) {
            List<Path> files = entries.filter(f -> Files.isRegularFile(f) && !name(f).startsWith("."))
                    .sorted(Comparator.comparing(Codecs::name, NaturalOrder.NAMES))
                    .toList();
            List<Path> pictures = files.stream().filter(Codecs::exposure).toList();
            if (pictures.isEmpty()) {
                throw empty(folder, files);
            }
            List<Path> raws =
                    pictures.stream().filter(f -> extension(f).equals("dng")).toList();
            return raws.isEmpty() ? pictures : raws;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    static void writeImage(Image image, Exif exif, Encoding encoding, Path file) {
        Codec codec = ALL.stream()
                .filter(c -> c.writes() && c.extensions().contains(extension(file)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " has no extension that can be written; use one of " + writable()));
        AtomicFile.write(file, out -> codec.write(image, exif, encoding, out));
    }

    /** A file's extension in lower case, without the dot; empty if there is none. */
    static String extension(Path file) {
        String name = name(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String writable() {
        return ALL.stream()
                .filter(Codec::writes)
                .flatMap(c -> c.extensions().stream())
                .map(e -> "." + e)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** A picture by its content, or at least by its name: a damaged one must be told, not passed over. */
    private static boolean exposure(Path file) {
        try {
            Optional<Codec> codec = recognise(head(file), file);
            if (codec.isPresent()) {
                return codec.get().exposures();
            }
        } catch (IOException e) {
            // by its name, then; reading it will say what is wrong
        }
        String extension = extension(file);
        return extension.equals("dng")
                || ALL.stream().anyMatch(c -> c.exposures() && c.extensions().contains(extension));
    }

    private static BadInput empty(Path folder, List<Path> files) throws IOException {
        for (Path file : files) {
            byte[] head = head(file);
            if (Foreign.known(head, file)) {
                return Foreign.refusal(head, file);
            }
        }
        return new BadInput(
                folder.toString(), "holds no pictures", "give a folder with JPEG, PNG, TIFF, WebP or DNG files");
    }

    /** A whole JPEG or PNG in memory. */
    static Frame embedded(Source source) {
        try {
            return source.says(0, PngCodec.SIGNATURE)
                    ? new PngReader(source).decode().frame()
                    : JpegCodec.decode(source).frame();
        } catch (BadInput e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new BadInput(source.name(), "is damaged", "copy it from the camera again", e);
        }
    }

    private static <T> T read(Path file, Reading<T> reading) {
        try {
            byte[] head = head(file);
            Codec codec = recognise(head, file).orElseThrow(() -> Foreign.refusal(head, file));
            return Objects.requireNonNull(reading.by(codec));
        } catch (BadInput | Cancelled e) {
            throw e;
        } catch (EOFException e) {
            throw Source.cutOff(file.toString());
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (RuntimeException e) {
            // Decoders of others meet broken files with exceptions of any kind.
            throw new BadInput(file.toString(), "is damaged", "copy it from the camera again", e);
        } catch (OutOfMemoryError e) {
            throw new BadInput(
                    file.toString(), "needs more memory than Java was given", "start Java with a larger -Xmx", e);
        }
    }

    private static Optional<Codec> recognise(byte[] head, Path file) throws IOException {
        for (Codec codec : ALL) {
            if (codec.recognises(head, file)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(Codec.HEAD);
        }
    }

    private static BadInput unreadable(Path file, IOException e) {
        String name = file.toString();
        if (!Files.exists(file)) {
            return new BadInput(name, "does not exist", "check the name", e);
        }
        if (Files.isDirectory(file)) {
            return new BadInput(name, "is a folder, not a picture", "give the name of a file", e);
        }
        if (e instanceof AccessDeniedException) {
            return new BadInput(name, "may not be read: permission denied", "change its permissions", e);
        }
        String why = e.getMessage() == null ? "" : ": " + e.getMessage().strip().replaceAll("[.\\s]+", " ");
        return new BadInput(name, "cannot be read" + why, "copy it again, or save it as PNG or JPEG", e);
    }
}
