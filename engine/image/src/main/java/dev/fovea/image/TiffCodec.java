package dev.fovea.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * TIFF 6.0 with deflate and floating point (TIFF Technical Notes). Read: what the libraries read of grey and colour, 8 and 16 bits for
 * display, floating point as light. Written: 8 or 16 bits packed, 32 bits (floating point, proportional to light) as they are.
 */
public final class TiffCodec implements Codec {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int SAMPLE_FORMAT = 339;
    private static final int ICC = 34675;

    @Override
    public String name() {
        return "TIFF";
    }

    @Override
    public List<String> extensions() {
        return List.of("tif", "tiff");
    }

    @Override
    public boolean recognises(byte[] head, Path file) {
        boolean tiff = Source.starts(head, 0, "II*\0") || Source.starts(head, 0, "MM\0*");
        return tiff && !Source.starts(head, 8, "CR") && !Foreign.raw(file);
    }

    @Override
    public Shot read(Path file) throws IOException {
        return decode(Source.of(file)).frame();
    }

    @Override
    public Image image(Path file) throws IOException {
        Source source = Source.of(file);
        TiffDirectory d = directory(source);
        return floating(d) ? light(source, d) : decode(source).image();
    }

    private static boolean floating(TiffDirectory d) {
        return d.number(SAMPLE_FORMAT, 1) == 3;
    }

    private static TiffDirectory directory(Source source) {
        Optional<TiffDirectory> first = TiffDirectory.first(source.bytes(), 0, source.length());
        TiffDirectory d = first.orElseThrow(source::cutOff);
        if (d.count(WIDTH) == 0 || d.count(HEIGHT) == 0) {
            throw source.cutOff();
        }
        source.checkSize(d.number(WIDTH, 0), d.number(HEIGHT, 0));
        checkParts(source, d);
        return d;
    }

    /** Every strip or tile must lie in the file, and all together must be able to hold the picture. */
    private static void checkParts(Source source, TiffDirectory d) {
        boolean tiles = d.count(TILE_OFFSETS) > 0;
        int offsets = tiles ? TILE_OFFSETS : STRIP_OFFSETS, lengths = tiles ? TILE_BYTES : STRIP_BYTES;
        long packed = 0;
        for (int i = 0; i < d.count(offsets); i++) {
            long length = d.number(lengths, i, 0);
            if (d.number(offsets, i, 0) + length > source.length()) {
                throw source.cutOff();
            }
            packed += length;
        }
        if (d.count(offsets) == 0) {
            throw source.cutOff();
        }
        if (d.count(lengths) == d.count(offsets)) {
            long samples = Math.min(d.number(SAMPLES, 1), 16), bits = Math.min(d.number(BITS, 1), 64);
            long unpacked = d.number(WIDTH, 0) * d.number(HEIGHT, 0) * samples * bits / 8;
            source.checkRatio(packed, unpacked, d.number(COMPRESSION, 1) == 1 ? 1 : 2048);
        }
    }

    private static Decoded decode(Source source) throws IOException {
        TiffDirectory d = directory(source);
        if (floating(d)) {
            throw new dev.fovea.BadInput(
                    source.name(),
                    "holds floating-point light, not an exposure",
                    "give the pictures as the camera took them");
        }
        if (d.number(BITS, 1) > 16) {
            throw source.unusual("is a TIFF with numbers of more than 16 bits");
        }
        Exif exif = ExifBlock.of(d);
        if (TiffStrips.plain(d)) {
            Frame.Format format = Rasters.format((int) d.number(SAMPLES, 1), d.number(BITS, 1) == 16);
            int w = (int) d.number(WIDTH, 0), h = (int) d.number(HEIGHT, 0);
            var frame = Decoded.frame(source, w, h, format, TiffStrips.read(source, d), Colour.SRGB, exif);
            return new Decoded(IccProfile.applied(frame, d.raw(ICC)), null);
        }
        return Rasters.decoded(source, pixels(source, "com.twelvemonkeys."), exif, d.raw(ICC));
    }

    /** Floating point is left to the JDK's reader: the other one clips it to 0..1. */
    private static Image light(Source source, TiffDirectory d) throws IOException {
        Raster raster = pixels(source, "com.sun.").getRaster();
        if (raster.getSampleModel().getDataType() != DataBuffer.TYPE_FLOAT) {
            throw source.unusual("is a TIFF with floating-point numbers of other than 32 bits");
        }
        int w = raster.getWidth(), h = raster.getHeight();
        Colour colour = raster.getNumBands() < 3 ? Colour.LINEAR_GREY : Colour.LINEAR;
        var planes = new float[colour.planes()][w * h];
        var row = new float[w];
        for (int c = 0; c < planes.length; c++) {
            for (int y = 0; y < h; y++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, w, 1, c, row);
                System.arraycopy(row, 0, planes[c], y * w, w);
            }
        }
        return Upright.turned(Image.of(w, h, colour, planes), ExifBlock.of(d).orientation());
    }

    private static BufferedImage pixels(Source source, String maker) throws IOException {
        ImageReader reader = reader(maker);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(source.bytes()))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(String maker) {
        var readers = ImageIO.getImageReadersByFormatName("tiff");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith(maker)) {
                return reader;
            }
        }
        throw new IllegalStateException("no TIFF reader by " + maker);
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public void write(Image image, Exif exif, Encoding encoding, OutputStream out) throws IOException {
        boolean light = encoding.bits() == 32;
        new TiffWriter(light ? Quantise.linear(image) : Quantise.display(image, true), encoding.bits(), out)
                .write(exif);
    }
}
