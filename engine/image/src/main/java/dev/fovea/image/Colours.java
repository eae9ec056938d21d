package dev.fovea.image;

/** Conversions between colour spaces. */
final class Colours {
    private Colours() {}

    static Image convert(Image image, Colour wanted) {
        throw new IllegalStateException();
    }
}
