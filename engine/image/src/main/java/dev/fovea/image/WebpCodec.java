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
    /** The flag of a picture whose frames may be smaller than its canvas. */
    private static final int MOVING = 2;

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
        long canvas = 0;
        for (long next = 12; next + 8 <= end; ) {
            int at = (int) next, body = at + 8;
            long length = little(source, at + 4);
            if (body + length > end) {
                throw source.cutOff();
            }
            int to = (int) (body + length);
            if (source.says(at, "EXIF")) {
                // Some programs put JPEG's prefix before the block.
                exif = ExifBlock.parse(source.bytes(), body + (source.says(body, "Exif\0\0") ? 6 : 0), to);
            } else if (source.says(at, "ICCP")) {
                icc = Arrays.copyOfRange(source.bytes(), body, to);
            } else if (source.says(at, "VP8X") && (source.u8(body) & MOVING) == 0) {
                canvas = size((little(source, body + 4) & 0xFFFFFF) + 1, (little(source, body + 6) >>> 8) + 1);
            } else if (canvas != 0 && source.says(at, "VP8") && canvas != stored(source, at, body)) {
                throw source.damaged("it tells two sizes");
            }
            next = body + length + (length & 1);
        }
        return Rasters.decoded(source, decodePixels(source), exif, icc);
    }

    /** The size in the pixels' own header: two numbers of 14 bits. */
    private static long stored(Source source, int at, int body) {
        if (source.says(at, "VP8L")) {
            long both = little(source, body + 1);
            return size((both & 0x3FFF) + 1, (both >>> 14 & 0x3FFF) + 1);
        }
        long both = little(source, body + 6);
        return size(both & 0x3FFF, both >>> 16 & 0x3FFF);
    }

    private static long size(long width, long height) {
        return width << 32 | height;
    }

    private static BufferedImage decodePixels(Source source) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("webp").next();
        try (var in = new Ending(source)) {
            reader.setInput(in, true, true);
            source.checkSize(reader.getWidth(0), reader.getHeight(0));
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /**
     * A stream that refuses to be read beyond its end. The library goes on with zeros there, an exception for each, so that a few bytes
     * which promise a large picture would keep it busy for minutes; it looks ahead by less than the padding.
     */
    private static final class Ending extends MemoryCacheImageInputStream {
        private static final int PADDING = 64;

        private final Source source;

        Ending(Source source) {
            super(new ByteArrayInputStream(Arrays.copyOf(source.bytes(), source.length() + PADDING)));
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value < 0) {
                throw source.cutOff();
            }
            return value;
        }
    }

    private static long little(Source source, int at) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) source.u32(at)));
    }
}
