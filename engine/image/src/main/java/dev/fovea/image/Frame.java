package dev.fovea.image;

import dev.fovea.BadInput;
import java.time.Duration;

/**
 * One camera, one instant, still compact: the bytes as they came. {@link #image()} unpacks them; finders and mergers read them directly.
 *
 * <p>Samples lie in {@link #bytes()}, one byte each, two (little-endian) in the 16-bit formats. RGB is interleaved; I420 is the luma
 * plane, then two chroma planes of half size (rounded up), BT.601 full range as in JPEG.
 */
public final class Frame implements Shot {
    /** How the samples lie in memory. */
    public enum Format {
        /** Luma, then two chroma planes of half width and height. */
        I420,
        /** Red, green, blue, 8 bits each, interleaved. */
        RGB8,
        /** One byte. */
        GREY8,
        /** Red, green, blue, 16 bits each, interleaved. */
        RGB16,
        /** 16 bits. */
        GREY16;

        /** Bytes needed for a picture of this size. */
        public long bytes(int width, int height) {
            long pixels = (long) width * height;
            return switch (this) {
                case I420 -> pixels + 2L * ((width + 1) / 2) * ((height + 1) / 2);
                case RGB8 -> 3 * pixels;
                case GREY8 -> pixels;
                case RGB16 -> 6 * pixels;
                case GREY16 -> 2 * pixels;
            };
        }

        /** Whether there is one value a pixel. */
        public boolean grey() {
            return this == GREY8 || this == GREY16;
        }
    }

    /** What light the camera saw. */
    public enum Spectrum {
        /** Visible light. */
        VISIBLE,
        /** Near infrared. */
        INFRARED
    }

    private final int width;
    private final int height;
    private final Format format;
    private final byte[] bytes;
    private final Colour colour;
    private final Duration at;
    private final Spectrum spectrum;
    private final Exif exif;
    private final String source;

    /**
     * A frame over the given bytes, which are not copied and must not be changed afterwards.
     *
     * @param colour {@link Colour#SRGB} or {@link Colour#DISPLAY_P3}; {@link Colour#GREY} for the grey formats
     * @param at time in its stream; zero for a single picture
     * @throws IllegalArgumentException if sizes or formats do not fit
     */
    public Frame(
            int width,
            int height,
            Format format,
            byte[] bytes,
            Colour colour,
            Duration at,
            Spectrum spectrum,
            Exif exif,
            String source) {
        if (width < 1 || height < 1 || (long) width * height > Image.MAX_PIXELS) {
            throw new IllegalArgumentException("a frame of " + width + " x " + height + " pixels");
        }
        if (bytes.length != format.bytes(width, height)) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes for " + width + " x " + height + " pixels of " + format);
        }
        if (format.grey() != (colour == Colour.GREY)
                || colour != Colour.GREY && colour != Colour.SRGB && colour != Colour.DISPLAY_P3) {
            throw new IllegalArgumentException(format + " cannot hold " + colour);
        }
        this.width = width;
        this.height = height;
        this.format = format;
        this.bytes = bytes;
        this.colour = colour;
        this.at = at;
        this.spectrum = spectrum;
        this.exif = exif;
        this.source = source;
    }

    /**
     * A picture made compact: {@link Format#GREY8} if it is grey, {@link Format#I420} in sRGB otherwise; coverage is dropped.
     *
     * @param at time in its stream; zero for a single picture
     * @param source where it came from, for messages
     */
    public static Frame of(Image image, Duration at, String source) {
        boolean grey = image.colour().planes() == 1;
        Image display = image.to(grey ? Colour.GREY : Colour.SRGB);
        byte[] bytes = grey ? Pack.grey(display) : Pack.i420(display);
        return new Frame(
                image.width(),
                image.height(),
                grey ? Format.GREY8 : Format.I420,
                bytes,
                display.colour(),
                at,
                Spectrum.VISIBLE,
                Exif.NONE,
                source);
    }

    /**
     * A whole JPEG or PNG file that lies in memory, such as one inside another file, on its stored grid.
     *
     * @param source where it came from, for messages
     * @throws BadInput if it is neither, damaged, cut off or too large
     */
    public static Frame parse(String source, byte[] file) {
        return Codecs.embedded(new Source(source, file));
    }

    /**
     * The same frame in the colours that an ICC profile gives its samples: as it is if the profile means sRGB or Display P3, otherwise
     * converted to sRGB. A profile that cannot be used is passed over, and so is that of a grey picture.
     *
     * @param icc the profile (ICC.1:2022), or empty
     */
    public Frame withProfile(byte[] icc) {
        return IccProfile.applied(this, icc);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    /** How the samples lie in {@link #bytes()}. */
    public Format format() {
        return format;
    }

    /** The samples: the live array, read only. */
    public byte[] bytes() {
        return bytes;
    }

    /** What the samples mean. */
    public Colour colour() {
        return colour;
    }

    /** Time in its stream; zero for a single picture. */
    public Duration at() {
        return at;
    }

    /** What light the camera saw. */
    public Spectrum spectrum() {
        return spectrum;
    }

    @Override
    public Exif exif() {
        return exif;
    }

    @Override
    public String source() {
        return source;
    }

    /** The frame unpacked to floats 0..1, on its stored grid; made anew at each call. */
    public Image image() {
        return Unpack.image(this);
    }

    /**
     * The frame shrunk to a picture of the given size by averaging areas, read straight from the compact samples.
     *
     * @throws IllegalArgumentException unless 1 ≤ w ≤ width and 1 ≤ h ≤ height
     */
    public Image small(int w, int h) {
        return small(new Crop(0, 0, width, height), w, h);
    }

    /**
     * As above, of a part of the frame.
     *
     * @throws IllegalArgumentException if the part reaches beyond the frame, or unless 1 ≤ w ≤ its width and 1 ≤ h ≤ its height
     */
    public Image small(Crop part, int w, int h) {
        return Unpack.small(this, part, w, h);
    }

    @Override
    public String toString() {
        return width + " x " + height + " " + format + " frame from " + source;
    }
}
