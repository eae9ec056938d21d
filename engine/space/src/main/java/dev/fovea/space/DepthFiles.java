package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.Cancelled;
import dev.fovea.image.AtomicFile;
import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/** Finds the codec for a depth file; turns whatever goes wrong into one sentence. */
final class DepthFiles {
    private static final String FORMATS = "give a PFM, a 16-bit PNG, a float TIFF, or a picture with depth inside";

    private static final Encoding FLOATS = new Encoding(100, 32);

    private static final List<DepthCodec> ALL =
            ServiceLoader.load(DepthCodec.class, DepthCodec.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparingInt(DepthCodec::priority)
                            .reversed()
                            .thenComparing(c -> c.getClass().getName()))
                    .toList();

    private DepthFiles() {}

    static StoredDepth read(Path file) {
        return find(file).orElseThrow(() -> new BadInput(file.toString(), "carries no depth", FORMATS));
    }

    /** The depth that a file carries; empty if it carries none. */
    private static Optional<StoredDepth> find(Path file) {
        return find(file, codec -> true);
    }

    /** The depth that lies inside a picture; empty if it carries none, were it a depth map itself. */
    static Optional<StoredDepth> inside(Path picture) {
        return find(picture, codec -> codec.priority() >= 0).filter(StoredDepth::described);
    }

    private static Optional<StoredDepth> find(Path file, Predicate<DepthCodec> asked) {
        try {
            return search(file, asked);
        } catch (BadInput | Cancelled e) {
            throw e;
        } catch (EOFException e) {
            throw new BadInput(file.toString(), "is cut off before its end", "copy it again", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (RuntimeException e) {
            // parsers of others meet broken files with exceptions of any kind
            throw new BadInput(file.toString(), "is damaged", "copy it again", e);
        }
    }

    private static Optional<StoredDepth> search(Path file, Predicate<DepthCodec> asked) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(DepthCodec.HEAD);
        }
        for (DepthCodec codec : ALL) {
            if (asked.test(codec) && codec.recognises(head)) {
                Optional<StoredDepth> found = codec.read(file);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    static void write(Depth depth, Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        switch (depth) {
            case Disparity disparity
            when name.endsWith(".pfm") -> AtomicFile.write(file, out -> PfmDepth.write(disparity, out));
            case DepthMap map when name.endsWith(".png") -> millimetres(map).write(file, Exif.NONE, Encoding.DEEP);
            case DepthMap map
            when name.endsWith(".tif") || name.endsWith(".tiff") ->
                Image.of(map.width(), map.height(), Colour.LINEAR_GREY, map.metres())
                        .write(file, Exif.NONE, FLOATS);
            default ->
                throw new IllegalArgumentException(file + " cannot hold this depth; use "
                        + (depth instanceof Disparity ? ".pfm" : ".png or .tif"));
        }
    }

    /** Beyond 65.5 metres nothing can be told. */
    private static Image millimetres(DepthMap map) {
        var shades = new float[map.metres().length];
        for (int i = 0; i < shades.length; i++) {
            long mm = Math.round(map.metres()[i] * 1000.0);
            shades[i] = mm < 1 || mm > 65535 ? 0 : mm / 65535f;
        }
        return Image.of(map.width(), map.height(), Colour.GREY, shades);
    }

    private static BadInput unreadable(Path file, IOException e) {
        String name = file.toString();
        if (!Files.exists(file)) {
            return new BadInput(name, "does not exist", "check the name", e);
        }
        if (Files.isDirectory(file)) {
            return new BadInput(name, "is a folder", "give the name of a file", e);
        }
        return new BadInput(name, "cannot be read", FORMATS, e);
    }
}
