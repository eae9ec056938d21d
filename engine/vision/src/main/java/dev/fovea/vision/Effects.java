package dev.fovea.vision;

import dev.fovea.BadInput;
import dev.fovea.Knobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The effects on the class path. A jar or folder that has any says so by an empty file {@value #MARK}; its classes are read, not loaded, and
 * those that are effects are found without a list of their names.
 */
public final class Effects {
    static final String MARK = "META-INF/fovea/effects";

    /**
     * An effect that can be made.
     *
     * @param name as people type it: the record's name in lower case with hyphens, as in {@code colour-retention}
     * @param about what it does, one sentence
     * @param type the record
     */
    public record Kind(String name, String about, Class<? extends Record> type) {
        /** What can be turned. */
        public List<Knobs.Named> knobs() {
            return Knobs.of(type);
        }

        /**
         * The effect with the given knobs, and the normal ones where none is given.
         *
         * @throws IllegalArgumentException for an unknown knob or a value out of range
         */
        public Effect make(Map<String, Double> values) {
            return (Effect) Knobs.make(type, values);
        }
    }

    private Effects() {}

    /**
     * All of them, by name.
     *
     * @throws BadInput if a jar on the class path cannot be read
     */
    public static List<Kind> all() {
        ClassLoader own = Effects.class.getClassLoader();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return all(loader == null ? own : loader);
    }

    static List<Kind> all(ClassLoader loader) {
        return loader.resources(MARK)
                .flatMap(mark -> classes(mark).stream())
                .filter(Effects::paints)
                .map(model -> model.thisClass().asInternalName().replace('/', '.'))
                .distinct()
                .map(name -> kind(loader, name))
                .sorted(Comparator.comparing(Kind::name))
                .toList();
    }

    /** Every class beside a mark: of its folder or its jar. */
    private static List<ClassModel> classes(URL mark) {
        try {
            if (mark.getProtocol().equals("jar")) {
                String inside = mark.getPath();
                return jar(Path.of(URI.create(inside.substring(0, inside.indexOf("!/")))));
            }
            return mark.getProtocol().equals("file") ? folder(mark.toURI()) : List.of();
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            throw new BadInput(mark.toString(), "has classes that cannot be read", "build or copy the jar again", e);
        }
    }

    private static List<ClassModel> jar(Path file) throws IOException {
        var found = new ArrayList<ClassModel>();
        try (var jar = new JarFile(file.toFile())) {
            for (var entry :
                    jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (var in = jar.getInputStream(entry)) {
                    found.add(ClassFile.of().parse(in.readAllBytes()));
                }
            }
        }
        return found;
    }

    private static List<ClassModel> folder(URI mark) throws IOException {
        Path root = Path.of(mark.resolve("../.."));
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(p -> p.toString().endsWith(".class"))
                    .map(Effects::parsed)
                    .toList();
        }
    }

    private static ClassModel parsed(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A public record that says it paints. */
    private static boolean paints(ClassModel model) {
        String paint = Paint.class.getName().replace('.', '/');
        return model.flags().has(AccessFlag.PUBLIC)
                && model.superclass()
                        .filter(s -> s.asInternalName().equals("java/lang/Record"))
                        .isPresent()
                && model.interfaces().stream().anyMatch(i -> i.asInternalName().equals(paint));
    }

    private static Kind kind(ClassLoader loader, String name) {
        try {
            Class<? extends Record> type = loader.loadClass(name).asSubclass(Record.class);
            About about = type.getAnnotation(About.class);
            String typed =
                    type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            return new Kind(typed, about == null ? "" : about.value(), type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " was listed but cannot be loaded", e);
        }
    }
}
