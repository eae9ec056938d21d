package dev.fovea.vision;

import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import dev.fovea.image.Resize;
import java.time.Duration;
import java.util.Optional;

/** The pixels of a scene: a picture, or a frame that is unpacked only where something looks. */
sealed interface View {
    int width();

    int height();

    /** When it was taken, if it is of a stream. */
    Optional<Duration> at();

    /** The whole picture. */
    Image image();

    /** The same compact. */
    Frame frame();

    /** The same place and time with other pixels. */
    View painted(Image image);

    /** The whole picture in grey as it looks on a display: quick, for finding edges. */
    Image luma();

    /** A part shrunk by averaging areas: grey or sRGB, values nominally 0..1. */
    Image part(Crop part, int w, int h);

    /** A picture. */
    final class OfImage implements View {
        private final Image image;
        private final Image display;
        private final Optional<Duration> at;
        private final String source;

        OfImage(Image image, Optional<Duration> at, String source) {
            this.image = image;
            this.display = image.colour() == Colour.GREY ? image : image.to(Colour.SRGB);
            this.at = at;
            this.source = source;
        }

        @Override
        public Optional<Duration> at() {
            return at;
        }

        @Override
        public int width() {
            return image.width();
        }

        @Override
        public int height() {
            return image.height();
        }

        @Override
        public Image image() {
            return image;
        }

        @Override
        public Frame frame() {
            return Frame.of(image, at.orElse(Duration.ZERO), source);
        }

        @Override
        public View painted(Image other) {
            return new OfImage(other, at, source);
        }

        @Override
        public Image luma() {
            return new Luma().apply(display);
        }

        @Override
        public Image part(Crop part, int w, int h) {
            boolean whole = part.width() == image.width() && part.height() == image.height();
            return new Resize(w, h, Resize.Filter.BOX).apply(whole ? display : part.apply(display));
        }
    }

    /** A frame. */
    record OfFrame(Frame frame) implements View {
        @Override
        public int width() {
            return frame.width();
        }

        @Override
        public int height() {
            return frame.height();
        }

        @Override
        public Optional<Duration> at() {
            return Optional.of(frame.at());
        }

        @Override
        public Image image() {
            return frame.image();
        }

        @Override
        public View painted(Image image) {
            return new OfImage(image, at(), frame.source());
        }

        /** Of YCbCr the luma as it lies there. */
        @Override
        public Image luma() {
            if (frame.format() != Frame.Format.I420) {
                return new Luma().apply(frame.image());
            }
            byte[] bytes = frame.bytes();
            var plane = new float[frame.width() * frame.height()];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (bytes[i] & 0xFF) / 255f;
            }
            return Image.of(frame.width(), frame.height(), Colour.GREY, plane);
        }

        @Override
        public Image part(Crop part, int w, int h) {
            Image small = frame.small(part, w, h);
            return small.colour() == Colour.GREY ? small : small.to(Colour.SRGB);
        }
    }
}
