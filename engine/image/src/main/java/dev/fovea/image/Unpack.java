package dev.fovea.image;

/** Reads the compact samples of a frame. */
final class Unpack {
    private Unpack() {}

    static Image image(Frame frame) {
        throw new IllegalStateException();
    }

    static Image small(Frame frame, int w, int h) {
        throw new IllegalStateException();
    }
}
