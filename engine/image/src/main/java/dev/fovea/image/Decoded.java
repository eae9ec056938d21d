package dev.fovea.image;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder found: the samples as a frame, and coverage beside it.
 *
 * @param frame the picture on its stored grid
 * @param alpha coverage, of as many bits as the frame's samples (little-endian), or null if all is covered
 */
record Decoded(Frame frame, byte @Nullable [] alpha) {
    /** A frame of one file. */
    static Frame frame(Source source, int width, int height, Frame.Format format, byte[] bytes, Colour rgb, Exif exif) {
        Colour colour = format.grey() ? Colour.GREY : rgb;
        return new Frame(
                width, height, format, bytes, colour, Duration.ZERO, Frame.Spectrum.VISIBLE, exif, source.name());
    }

    /** The picture upright, with its coverage. */
    Image image() {
        Image colours = frame.image();
        if (alpha != null) {
            Image rgb = colours.to(Colour.SRGB);
            float[] coverage = Unpack.plane(alpha, frame.format(), frame.width(), frame.height());
            colours = Image.of(
                    frame.width(), frame.height(), Colour.SRGBA, rgb.plane(0), rgb.plane(1), rgb.plane(2), coverage);
        }
        return Upright.turned(colours, frame.exif().orientation());
    }
}
