package dev.fovea.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** WebP (RFC 9649), lossy and lossless, read only; of a moving picture the first frame. */
public final class WebpCodec implements Codec {
    @Override
    public String name() {
        return "WebP";
    }

    @Override
    public List<String> extensions() {
        return List.of("webp");
    }

    @Override
    public boolean recognises(byte[] head, Path file) {
        return Source.starts(head, 0, "RIFF") && Source.starts(head, 8, "WEBP");
    }

    @Override
    public Shot read(Path file) throws IOException {
        return decode(Source.of(file)).frame();
    }

    @Override
    public Image image(Path file) throws IOException {
        return decode(Source.of(file)).image();
    }

    private static Decoded decode(Source source) throws IOException {
        long end = 8 + little(source, 4);
        if (end > source.length()) {
            throw source.cutOff();
        }
        Exif exif = Exif.NONE;
        byte[] icc = {};
        for (long at = 12; at + 8 <= end; ) {
            long length = little(source, (int) at + 4), body = at + 8;
            if (body + length > end) {
                throw source.cutOff();
            }
            if (source.says((int) at, "EXIF")) {
                // Some programs put JPEG's prefix before the block.
                int skip = source.says((int) body, "Exif\0\0") ? 6 : 0;
                exif = ExifBlock.parse(source.bytes(), (int) body + skip, (int) (body + length));
            } else if (source.says((int) at, "ICCP")) {
                icc = Arrays.copyOfRange(source.bytes(), (int) body, (int) (body + length));
            }
            at = body + length + (length & 1);
        }
        return Rasters.decoded(source, decodePixels(source), exif, icc);
    }

    private static BufferedImage decodePixels(Source source) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("webp").next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(source.bytes()))) {
            reader.setInput(in, true, true);
            source.checkSize(reader.getWidth(0), reader.getHeight(0));
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static long little(Source source, int at) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) source.u32(at)));
    }
}
