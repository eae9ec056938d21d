package dev.fovea.server;

import dev.fovea.Knobs;
import java.util.List;
import java.util.Map;

/** Something that can be asked for: one file each. */
interface Service {
    /** Bytes of memory for each pixel of every picture of a burst, compact as they are kept. */
    int FRAME = 8;

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

    /** Bytes of memory for each pixel of its largest picture: the least heap in which 12 megapixels went through, and a margin. */
    int bytesPerPixel();

    /** Bytes of memory that it needs. */
    default long memory(Pixels pixels, Map<String, String> wishes) {
        return pixels.largest() * bytesPerPixel() + pixels.all() * FRAME;
    }

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
