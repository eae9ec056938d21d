package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TIFFs as the JDK writes them are read to the same samples, by our own reader where the kind is common, else by the library. */
class TiffStripsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "Deflate, 1, 8, true",
        "Deflate, 3, 8, true",
        "Deflate, 1, 16, true",
        "Deflate, 3, 16, true",
        "ZLib, 3, 8, true",
        "ZLib, 3, 16, true",
        ", 1, 8, true",
        ", 3, 8, true",
        ", 1, 16, true",
        ", 3, 16, true",
        "LZW, 3, 8, false",
        "LZW, 3, 16, false",
        "PackBits, 1, 8, false"
    })
    void samplesAreTheSameInEveryLayout(String compression, int bands, int bits, boolean plain) throws IOException {
        BufferedImage picture = noise(53, 31, bands, bits);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            Path file = folder.resolve(order + ".tif");
            write(picture, compression, order, file);
            Source source = Source.of(file);
            TiffDirectory d =
                    TiffDirectory.first(source.bytes(), 0, source.length()).orElseThrow();
            assertThat(TiffStrips.plain(d)).isEqualTo(plain);
            assertThat(d.big()).isEqualTo(order == ByteOrder.BIG_ENDIAN);
            same((Frame) Shot.read(file), picture.getRaster(), bits / 8);
        }
    }

    private static BufferedImage noise(int w, int h, int bands, int bits) {
        int type = bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
        var space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        var raster = Raster.createInterleavedRaster(type, w, h, bands, null);
        var random = new Random(4);
        for (int i = 0; i < w * h * bands; i++) {
            raster.setSample(i / bands % w, i / bands / w, i % bands, random.nextInt(1 << bits));
        }
        return new BufferedImage(new ComponentColorModel(space, false, false, 1, type), raster, false, null);
    }

    private static void write(BufferedImage picture, String compression, ByteOrder order, Path file)
            throws IOException {
        var writers = ImageIO.getImageWritersByFormatName("tiff");
        var writer = writers.next();
        while (!writer.getClass().getName().startsWith("com.sun.")) {
            writer = writers.next();
        }
        ImageWriteParam how = writer.getDefaultWriteParam();
        if (compression != null) {
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionType(compression);
        }
        try (var out = ImageIO.createImageOutputStream(Files.newOutputStream(file))) {
            IIOMetadata stream = writer.getDefaultStreamMetadata(how);
            var tree = new IIOMetadataNode(stream.getNativeMetadataFormatName());
            var node = new IIOMetadataNode("ByteOrder");
            node.setAttribute("value", order.toString());
            tree.appendChild(node);
            stream.setFromTree(tree.getNodeName(), tree);
            writer.setOutput(out);
            writer.write(stream, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
    }

    private static void same(Frame frame, Raster raster, int size) {
        int bands = raster.getNumBands(), w = raster.getWidth();
        assertThat(frame.bytes()).hasSize(size * bands * w * raster.getHeight());
        for (int i = 0; i < frame.bytes().length / size; i++) {
            int low = frame.bytes()[size * i] & 0xFF, high = size == 1 ? 0 : frame.bytes()[2 * i + 1] & 0xFF;
            assertThat(high << 8 | low).isEqualTo(raster.getSample(i / bands % w, i / bands / w, i % bands));
        }
    }
}
