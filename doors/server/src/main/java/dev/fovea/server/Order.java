package dev.fovea.server;

import dev.fovea.Knobs;
import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What somebody asked a service for.
 *
 * @param inputs the files, in the order they came
 * @param wishes the fields of the form: knobs, choices
 * @param folder where results go
 */
record Order(List<Input> inputs, Map<String, String> wishes, Path folder) {
    private static final String KEEP_POSITION = "keepGps";

    /** A record with the knobs turned as was wished. */
    <R extends Record> R turned(R record) {
        return Knobs.turn(record, wishes);
    }

    /** The wish of that name, or what is normal. */
    String wish(String name, String normal) {
        String given = wishes.getOrDefault(name, "").strip();
        return given.isEmpty() ? normal : given;
    }

    /**
     * One of the constants of an enum, as people type it.
     *
     * @throws IllegalArgumentException naming what there is
     */
    <E extends Enum<E>> E choice(String name, E normal) {
        String given = wish(name, typed(normal));
        return Arrays.stream(normal.getDeclaringClass().getEnumConstants())
                .filter(e -> typed(e).equals(given.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is '" + given + "', but must be one of "
                        + String.join(", ", typed(normal.getDeclaringClass()))));
    }

    static <E extends Enum<E>> List<String> typed(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Order::typed).toList();
    }

    private static String typed(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The number of that name; NaN if none was given. */
    double number(String name) {
        String given = wish(name, "");
        try {
            return given.isEmpty() ? Double.NaN : Double.parseDouble(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + given + "', which is no number", e);
        }
    }

    /** The files. */
    List<Path> files() {
        return inputs.stream().map(Input::file).toList();
    }

    /** What a download may tell about a picture: all but the position, unless that was asked for. */
    Exif exif(Exif exif) {
        return wish(KEEP_POSITION, "false").equals("true") ? exif : withoutPosition(exif);
    }

    static Exif withoutPosition(Exif exif) {
        var tags = new ArrayList<>(exif.tags());
        tags.removeIf(t -> t.directory() == Exif.Directory.GPS);
        return new Exif(tags);
    }

    /** Writes a picture among the results. */
    Output write(String name, Output.Role role, Image image, Exif exif) {
        Path file = folder.resolve(name);
        image.write(file, exif(exif), Encoding.NORMAL);
        return new Output(role, file, image.width(), image.height());
    }

    /** A picture as it was: upright, for a display, to be compared. */
    Output before(Image image) {
        return write(
                "before.jpg", Output.Role.BEFORE, image.to(image.colour().planes() == 1 ? Colour.GREY : Colour.SRGB));
    }

    /** The same of a picture that no camera took. */
    Output write(String name, Output.Role role, Image image) {
        return write(name, role, image, Exif.NONE);
    }

    /** The flags of a command line that asks for the same. */
    String flags(Map<String, String> known) {
        var flags = new StringBuilder();
        known.forEach((field, flag) -> {
            if (!wish(field, "").isEmpty()) {
                flags.append(' ').append(flag).append(' ').append(wish(field, ""));
            }
        });
        return flags.toString();
    }
}
