package dev.fovea.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An exposure as the sensor saw it: 16-bit values above a black level. A mosaic has one plane of width × height values; with
 * {@link Cfa#NONE} there are three. A normalised value is (sample − black) / (white − black); it may be negative through noise.
 */
public final class Raw implements Shot {
    private final int width;
    private final int height;
    private final Cfa cfa;
    private final short[][] planes;
    private final float[] black;
    private final float white;
    private final CameraColour colour;
    private final Optional<NoiseModel> noise;
    private final Exif exif;
    private final String source;

    /**
     * An exposure over the given samples, which are not copied and must not be changed afterwards.
     *
     * @param planes unsigned 16-bit samples, row-major: one plane for a mosaic, three for {@link Cfa#NONE}
     * @param black the sample value of no light, at the four positions of the 2×2 cell (mosaic) or for the three planes
     * @param white the sample value at which the sensor saturates, above every black level
     * @param noise the noise of normalised values, if the camera told
     * @throws IllegalArgumentException if sizes, counts or levels do not fit
     */
    public Raw(
            int width,
            int height,
            Cfa cfa,
            short[][] planes,
            float[] black,
            float white,
            CameraColour colour,
            Optional<NoiseModel> noise,
            Exif exif,
            String source) {
        int count = cfa.mosaic() ? 1 : 3;
        if (width < 1 || height < 1 || (long) width * height > Image.MAX_PIXELS) {
            throw new IllegalArgumentException("a raw picture of " + width + " x " + height + " pixels");
        }
        if (planes.length != count || black.length != (cfa.mosaic() ? 4 : 3)) {
            throw new IllegalArgumentException(
                    cfa + " with " + planes.length + " planes and " + black.length + " black levels");
        }
        for (short[] p : planes) {
            if (p.length != width * height) {
                throw new IllegalArgumentException("a plane of " + p.length + " samples for " + width + " x " + height);
            }
        }
        for (float b : black) {
            if (!(b < white && b >= 0 && white <= 65535)) {
                throw new IllegalArgumentException("a black level of " + b + " with a white level of " + white);
            }
        }
        this.width = width;
        this.height = height;
        this.cfa = cfa;
        this.planes = planes.clone();
        this.black = black.clone();
        this.white = white;
        this.colour = colour;
        this.noise = noise;
        this.exif = exif;
        this.source = source;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    /** The colour-filter array. */
    public Cfa cfa() {
        return cfa;
    }

    /** One plane of unsigned samples: the live array, read only. */
    public short[] plane(int c) {
        return planes[c];
    }

    /** The black level of one position of the 2×2 cell (y&amp;1)·2 + (x&amp;1), or of one plane. */
    public float black(int i) {
        return black[i];
    }

    /** The sample value at which the sensor saturates. */
    public float white() {
        return white;
    }

    /** How its colours relate to the world's. */
    public CameraColour colour() {
        return colour;
    }

    /** The noise of normalised values, if the camera told. */
    public Optional<NoiseModel> noise() {
        return noise;
    }

    @Override
    public Exif exif() {
        return exif;
    }

    @Override
    public String source() {
        return source;
    }

    /**
     * Writes this exposure as DNG 1.4: 16-bit samples, compressed without loss; levels, colours, noise and EXIF with it. Written beside and
     * renamed: never half a file.
     *
     * @throws dev.fovea.BadInput if the target cannot be written
     * @throws IllegalArgumentException unless the file's extension is .dng
     */
    public void write(Path file) {
        if (!Codecs.extension(file).equals("dng")) {
            throw new IllegalArgumentException(file + " does not end in .dng, as sensor values are written");
        }
        AtomicFile.write(file, out -> DngWriter.write(this, out));
    }

    /** The normalised value at a pixel; {@code c} is 0 for a mosaic. */
    public float value(int c, int x, int y) {
        float b = black[cfa.mosaic() ? (y & 1) * 2 + (x & 1) : c];
        return ((planes[c][y * width + x] & 0xFFFF) - b) / (white - b);
    }

    @Override
    public String toString() {
        return width + " x " + height + " " + cfa + " raw from " + source;
    }
}
