package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.image.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A picture to be read.
 *
 * @param path where it is
 * @param name what to call it: as it was named, or its name within the folder that was named
 */
record PictureFile(Path path, String name) {
    /** The pictures named, and those in the folders named, by name. */
    static List<PictureFile> of(List<Path> inputs) {
        Set<String> known = ServiceLoader.load(Codec.class).stream()
                .flatMap(provider -> provider.get().extensions().stream())
                .collect(Collectors.toSet());
        var files = new ArrayList<PictureFile>();
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                inside(input, known).forEach(p -> files.add(new PictureFile(p, String.valueOf(p.getFileName()))));
            } else {
                files.add(new PictureFile(input, input.toString()));
            }
        }
        if (files.isEmpty()) {
            throw new BadInput(inputs.getFirst().toString(), "holds no pictures", "name another folder");
        }
        return files;
    }

    /** The name of the drawing in a folder of drawings. */
    String drawn() {
        String base = String.valueOf(path.getFileName());
        return base.replaceFirst("[.][^.]*$", "") + ".png";
    }

    private static List<Path> inside(Path folder, Set<String> known) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(p -> known.contains(extension(p)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInput(folder.toString(), "cannot be read", "name another folder", e);
        }
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
