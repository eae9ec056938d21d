package dev.fovea.image;

import dev.fovea.BadInput;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A picture: one {@code float[]} per plane, row-major, never changed after it is returned. What the values mean is its {@link Colour}.
 * A pixel's centre is its coordinate: (0, 0) is the centre of the top-left pixel; scaling by s maps x to (x + 0.5) s - 0.5.
 */
public final class Image {
    /** No picture may have more pixels than this: 2^28. */
    public static final long MAX_PIXELS = 1L << 28;

    private final int width;
    private final int height;
    private final Colour colour;
    private final float[][] planes;

    private Image(int width, int height, Colour colour, float[][] planes) {
        this.width = width;
        this.height = height;
        this.colour = colour;
        this.planes = planes;
    }

    /**
     * An image over the given planes, which are not copied and must not be changed afterwards.
     *
     * @param planes as many as the colour has, each of width × height values, row-major
     * @throws IllegalArgumentException if sizes or counts do not fit
     */
    public static Image of(int width, int height, Colour colour, float[]... planes) {
        if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
            throw new IllegalArgumentException("an image of " + width + " x " + height
                    + " pixels: both must be at least 1, and the product at most 2^28");
        }
        if (planes.length != colour.planes()) {
            throw new IllegalArgumentException(colour + " has " + colour.planes() + " planes, not " + planes.length);
        }
        for (float[] plane : planes) {
            if (plane.length != width * height) {
                throw new IllegalArgumentException(
                        "a plane of " + plane.length + " values for " + width + " x " + height + " pixels");
            }
        }
        return new Image(width, height, colour, planes.clone());
    }

    /**
     * Reads a picture of any format that a codec is present for, upright (EXIF orientation applied). Of sensor values (DNG) it is the
     * developed picture in {@link Colour#SRGB}, not toned; {@link Shot#read} and {@link Develop} keep the range above white.
     *
     * @throws BadInput if the file cannot be read or is no picture
     */
    public static Image read(Path file) {
        return Codecs.readImage(file);
    }

    /**
     * Writes this picture; the extension chooses the format. Written beside and renamed: never half a file.
     *
     * @throws BadInput if the target cannot be written
     * @throws IllegalArgumentException if no codec writes that extension
     */
    public void write(Path file) {
        write(file, Exif.NONE, Encoding.NORMAL);
    }

    /** As {@link #write(Path)}, with metadata and the choices of the encoder. */
    public void write(Path file, Exif exif, Encoding encoding) {
        Codecs.writeImage(this, exif, encoding, file);
    }

    /** Pixels per row. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** What the values mean. */
    public Colour colour() {
        return colour;
    }

    /** One plane: the live array, read only. */
    public float[] plane(int c) {
        return planes[c];
    }

    /** The planes, read only. */
    float[][] planes() {
        return planes;
    }

    /** This picture in another colour space; itself if it already is. Coverage is dropped or set to 1 as needed. */
    public Image to(Colour wanted) {
        return wanted == colour ? this : Colours.convert(this, wanted);
    }

    @Override
    public String toString() {
        return width + " x " + height + " " + colour;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image i
                && i.width == width
                && i.height == height
                && i.colour == colour
                && Arrays.deepEquals(i.planes, planes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + colour.hashCode() + 31 * Arrays.deepHashCode(planes);
    }
}
