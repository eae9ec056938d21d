package dev.fovea.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** WebP (RFC 9649), lossy and lossless, read only; of a moving picture the first frame. */
public final class WebpCodec implements Codec {
    /** Pixels per byte that no picture exceeds: one of a single colour has 20,000. */
    private static final int FLATTEST = 1 << 16;

    /** The flag of an extended file's first chunk which says that some of the picture is transparent. */
    private static final int ALPHA = 0x10;

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
        boolean pixels = false;
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
            } else if (source.says((int) at, "ALPH")) {
                checkCoverage(source, (int) body);
            } else if (source.says((int) at, "VP8 ") || source.says((int) at, "VP8L")) {
                checkCanvas(source, (int) at, (int) body);
                pixels = true;
            } else if (source.says((int) at, "ANMF")) {
                pixels = true;
            }
            at = body + length + (length & 1);
        }
        if (!pixels) {
            throw source.damaged("it holds no pixels");
        }
        return Rasters.decoded(source, decodePixels(source, (int) end), exif, icc);
    }

    /** Of the two ways to store coverage beside a lossy picture the library reads one; for the other it would say that all is covered. */
    private static void checkCoverage(Source source, int body) {
        if ((source.u8(body) & 3) == 0) {
            throw source.unusual("is a WebP with uncompressed transparency");
        }
        declareCoverage(source);
    }

    /** Some programs forget to say at the front that coverage follows; the library believes them. */
    private static void declareCoverage(Source source) {
        if (source.says(12, "VP8X")) {
            source.bytes()[20] |= ALPHA;
        }
    }

    /** The pixels of a picture that does not move fill its canvas, which could promise any size otherwise. */
    private static void checkCanvas(Source source, int at, int body) {
        if (!source.says(12, "VP8X")) {
            return;
        }
        boolean lossless = source.says(at, "VP8L");
        long size = little(source, lossless ? body + 1 : body + 6);
        long width = lossless ? (size & 0x3FFF) + 1 : size & 0x3FFF;
        long height = lossless ? (size >> 14 & 0x3FFF) + 1 : size >> 16 & 0x3FFF;
        if (lossless && (size >> 28 & 1) == 1) {
            declareCoverage(source);
        }
        long canvasWidth = (little(source, 24) & 0xFFFFFF) + 1, canvasHeight = (little(source, 27) & 0xFFFFFF) + 1;
        if (width != canvasWidth || height != canvasHeight) {
            throw source.damaged("its pixels do not fill its " + canvasWidth + " x " + canvasHeight + " canvas");
        }
    }

    private static BufferedImage decodePixels(Source source, int end) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("webp").next();
        try (var in = new WebpStream(source, end)) {
            reader.setInput(in, true, true);
            source.checkSize(reader.getWidth(0), reader.getHeight(0));
            source.checkRatio(source.length(), (long) reader.getWidth(0) * reader.getHeight(0), FLATTEST);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static long little(Source source, int at) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) source.u32(at)));
    }
}
