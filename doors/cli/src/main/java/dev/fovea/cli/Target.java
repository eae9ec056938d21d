package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.image.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks where a result shall go before the long work begins. */
final class Target {
    private Target() {}

    /**
     * Checks that a file can be written and is none of the inputs.
     *
     * @throws IllegalArgumentException if it is an input
     * @throws BadInput if it cannot be written
     */
    static void check(Path target, List<Path> inputs) {
        file(target, inputs);
        format(target);
    }

    /** As {@link #check}, for a video: its writer looks at the extension. */
    static void video(Path target, List<Path> inputs) {
        file(target, inputs);
    }

    /** As {@link #check}, for a file whose writer looks at the extension. */
    static void file(Path target, List<Path> inputs) {
        Path folder = target.resolveSibling(".").toAbsolutePath().normalize();
        for (Path input : inputs) {
            // What lies in a folder that is read as a burst is an input too.
            if (same(target, input) || (Files.exists(target) && same(folder, input))) {
                throw new IllegalArgumentException(
                        target + " is one of the inputs, which are never changed; choose another output.");
            }
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new BadInput(target.toString(), "is not an ordinary file", "choose another output");
        }
        probe(target, folder);
    }

    private static void format(Path target) {
        String name = String.valueOf(target.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<Codec> writers = ServiceLoader.load(Codec.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(Codec::writes)
                .toList();
        if (!extension.equals("dng")
                && writers.stream().noneMatch(codec -> codec.extensions().contains(extension))) {
            String usual = writers.stream()
                    .map(codec -> "." + codec.extensions().getFirst())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    target + " has no extension that can be written; use one of " + usual + ", .dng.");
        }
    }

    /**
     * Makes a folder for results if it is not there.
     *
     * @throws BadInput if that is not possible
     */
    static void folder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInput(folder.toString(), "cannot be made", "choose a folder that you may write to", e);
        }
        probe(folder, folder);
    }

    /**
     * Checks that no drawing or matte of these pictures would take the place of one of them.
     *
     * @throws IllegalArgumentException naming the first that would
     */
    static void apart(Path folder, List<PictureFile> files) {
        Set<Path> inputs = files.stream()
                .map(file -> file.path().toAbsolutePath().normalize())
                .collect(Collectors.toSet());
        files.stream()
                .map(file -> folder.resolve(file.drawn()))
                .filter(target -> inputs.contains(target.toAbsolutePath().normalize()))
                .findFirst()
                .ifPresent(target -> {
                    throw new IllegalArgumentException(
                            target + " is one of the inputs, which are never changed; choose another folder.");
                });
    }

    /**
     * Checks that a folder holds nothing but what a command may replace.
     *
     * @throws IllegalArgumentException naming a file that is something else
     */
    static void onlyHolds(Path folder, Predicate<String> replaceable) {
        try (var inside = Files.list(folder)) {
            inside.map(file -> String.valueOf(file.getFileName()))
                    .filter(replaceable.negate())
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                folder + " already holds " + name + "; choose a new folder.");
                    });
        } catch (IOException e) {
            throw new BadInput(folder.toString(), "cannot be read", "choose a new folder", e);
        }
    }

    private static void probe(Path target, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInput(
                    target.toString(),
                    "cannot be written because the folder " + folder + " does not exist",
                    "make it or choose another output");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".fovea", ".probe"));
        } catch (IOException e) {
            throw new BadInput(
                    target.toString(),
                    "cannot be written because the folder " + folder + " refuses new files",
                    "choose a folder that you may write to",
                    e);
        }
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }
}
