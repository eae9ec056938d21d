package dev.fovea.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;

/**
 * JPEG (ISO 10918-1), 8 bits. Read: baseline and progressive, grey, colour and CMYK. Written: full chroma from quality 90 on, halved
 * below; EXIF, and a colour profile for Display P3.
 */
public final class JpegCodec implements Codec {
    private static final String METADATA = "javax_imageio_jpeg_image_1.0";
    private static final int FULL_CHROMA = 90;

    @Override
    public String name() {
        return "JPEG";
    }

    @Override
    public List<String> extensions() {
        return List.of("jpg", "jpeg", "jpe", "jfif");
    }

    @Override
    public boolean recognises(byte[] head, Path file) {
        return Source.starts(head, 0, "\u00FF\u00D8\u00FF");
    }

    @Override
    public Shot read(Path file) throws IOException {
        return decode(Source.of(file)).frame();
    }

    @Override
    public Image image(Path file) throws IOException {
        return decode(Source.of(file)).image();
    }

    static Decoded decode(Source source) throws IOException {
        JpegSegments jpeg = JpegSegments.of(source);
        // An 8 x 8 block of the largest component takes at least one bit.
        source.checkRatio(jpeg.pixels().length, (long) jpeg.width() * jpeg.height(), 1024);
        boolean print = jpeg.components() == 4;
        BufferedImage image = decode(source, print ? source.bytes() : jpeg.pixels());
        Exif exif = ExifBlock.parse(source.bytes(), jpeg.exifFrom(), jpeg.exifTo());
        return Rasters.decoded(source, image, exif, print ? new byte[0] : jpeg.icc());
    }

    /** CMYK is given whole, because the reader then uses its profile; of other files the numbers are wanted as they are. */
    private static BufferedImage decode(Source source, byte[] jpeg) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            var cut = new boolean[1];
            reader.addIIOReadWarningListener((from, warning) -> cut[0] |= warning.contains("remature end"));
            reader.setInput(in, true, true);
            BufferedImage image = reader.read(0);
            if (cut[0]) {
                throw source.cutOff();
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public void write(Image image, Exif exif, Encoding encoding, OutputStream out) throws IOException {
        Image shown = Quantise.display(image, false);
        if (shown.width() > 65535 || shown.height() > 65535) {
            throw new IllegalArgumentException("JPEG holds at most 65535 x 65535 pixels, not " + shown);
        }
        byte[] icc = shown.colour() == Colour.DISPLAY_P3 ? IccProfile.displayP3() : new byte[0];
        byte[] block = ExifBlock.bytes(ExifBlock.describing(shown, exif), JpegSegments.EXIF_ROOM);
        out.write(JpegSegments.with(encode(picture(shown), encoding.quality()), block, icc));
    }

    /** The picture as the encoder takes it; the colour space is only a name to it, no value is changed. */
    private static BufferedImage picture(Image image) {
        int bands = image.colour().planes(), w = image.width();
        byte[] bytes = Quantise.bytes(image);
        var offsets = bands == 1 ? new int[] {0} : new int[] {0, 1, 2};
        var raster = Raster.createInterleavedRaster(
                new DataBufferByte(bytes, bytes.length), w, image.height(), bands * w, bands, offsets, null);
        var space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        var model = new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster, false, null);
    }

    private static byte[] encode(BufferedImage picture, int quality) throws IOException {
        ImageWriter writer = writer();
        var bytes = new ByteArrayOutputStream(1 << 20);
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), param);
            if (quality >= FULL_CHROMA && picture.getRaster().getNumBands() == 3) {
                fullChroma(metadata);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The JDK's own encoder, whose metadata format is the one known here. */
    private static ImageWriter writer() {
        var writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.")) {
                return writer;
            }
        }
        throw new IllegalStateException("this Java has no JPEG encoder");
    }

    private static void fullChroma(IIOMetadata metadata) throws IOException {
        var root = (Element) metadata.getAsTree(METADATA);
        var components = root.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            var component = (Element) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        metadata.setFromTree(METADATA, root);
    }
}
