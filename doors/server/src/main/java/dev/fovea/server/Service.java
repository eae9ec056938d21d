package dev.fovea.server;

import dev.fovea.Knobs;
import java.util.List;

/** Something that can be asked for: one file each. */
interface Service {
    /** What it is called: the last part of its path. */
    String name();

    /** What it does, one sentence. */
    String about();

    /** What it takes. */
    Takes takes();

    /** What can be turned. */
    default List<Knobs.Named> knobs() {
        return List.of();
    }

    /** What can be chosen. */
    default List<Choice> choices() {
        return List.of();
    }

    /** What else can be told. */
    default List<Text> texts() {
        return List.of();
    }

    /** Bytes of memory for each pixel of all its inputs together, at most. */
    int bytesPerPixel();

    /**
     * Does it. Runs within {@link dev.fovea.Work}: progress is told, and it may be cancelled.
     *
     * @throws dev.fovea.BadInput for input that cannot be used
     * @throws IllegalArgumentException for wishes that cannot be fulfilled
     */
    Outcome serve(Order order);

    /**
     * What a service takes.
     *
     * @param kind burst, pair, photo or portrait
     * @param least files
     * @param most files
     */
    record Takes(String kind, int least, int most) {}

    /**
     * A choice among named values.
     *
     * @param normal what is taken without one
     */
    record Choice(String name, List<String> values, String normal) {}

    /** A field for text. */
    record Text(String name, String about) {}
}
