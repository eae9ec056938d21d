package dev.fovea.photo;

import dev.fovea.image.Frame;
import dev.fovea.image.Image;

/** Video frames as interleaved bytes. */
final class Interleaved {
    private Interleaved() {}

    /** The frame itself, unless its chroma lies in planes of its own. */
    static Frame of(Frame frame) {
        if (frame.format() != Frame.Format.I420) {
            return frame;
        }
        Image image = frame.image();
        byte[] bytes = new byte[3 * frame.width() * frame.height()];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < frame.width() * frame.height(); i++) {
                bytes[3 * i + c] = (byte) Math.clamp(Math.round(255 * image.plane(c)[i]), 0, 255);
            }
        }
        return new Frame(
                frame.width(),
                frame.height(),
                Frame.Format.RGB8,
                bytes,
                frame.colour(),
                frame.at(),
                frame.spectrum(),
                frame.exif(),
                frame.source());
    }
}
