package dev.fovea.sample;

/** What goes wrong with one frame. */
public sealed interface Mishap {
    /** Nothing. */
    Mishap NONE = new Nothing();

    /** Nothing goes wrong. */
    record Nothing() implements Mishap {}

    /**
     * The camera was knocked: one frame lies far off.
     *
     * @param frame which one, not 0
     * @param dx additional shift in frame pixels
     * @param dy likewise
     */
    record Jump(int frame, double dx, double dy) implements Mishap {}

    /**
     * The camera moved during one exposure.
     *
     * @param frame which one, not 0
     * @param dx how far it moved, in frame pixels, centred on its motion
     * @param dy likewise
     */
    record Blur(int frame, double dx, double dy) implements Mishap {}
}
