package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Image;
import dev.fovea.image.Turn;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * PFM, the portable float map, as the Middlebury stereo pages use it: disparity in pixels, rows from the bottom up, infinity where nothing
 * is known. One plane ("Pf"); of colour maps nothing is read.
 */
public final class PfmDepth implements DepthCodec {
    private static final int LONGEST_WORD = 32;

    @Override
    public boolean recognises(byte[] head) {
        return head.length > 2 && head[0] == 'P' && (head[1] == 'f' || head[1] == 'F') && head[2] <= ' ';
    }

    @Override
    public Optional<StoredDepth> read(Path file) throws IOException {
        String name = file.toString();
        long left = Files.size(file);
        try (var in = new java.io.BufferedInputStream(Files.newInputStream(file))) {
            if (!word(in, name).equals("Pf")) {
                throw new BadInput(name, "is a PFM with colours", "give one with one value a pixel (Pf)");
            }
            long width = number(word(in, name), name), height = number(word(in, name), name);
            checkSize(name, width, height, left);
            double scale = real(word(in, name), name);
            return Optional.of(plane(in, (int) width, (int) height, scale < 0));
        }
    }

    private static void checkSize(String name, long width, long height, long bytes) {
        if (width < 1 || height < 1) {
            throw damaged(name, "it says that it is " + width + " x " + height + " pixels large");
        }
        if (width > Image.MAX_PIXELS || height > Image.MAX_PIXELS || width * height > Image.MAX_PIXELS) {
            throw new BadInput(
                    name, "has " + width + " x " + height + " pixels, more than the 2^28 that are read", "scale it");
        }
        if (width * height * 4 > bytes) {
            throw new BadInput(name, "is cut off before its end", "copy it again");
        }
    }

    private static StoredDepth plane(InputStream in, int width, int height, boolean little) throws IOException {
        var values = new float[width * height];
        var row = ByteBuffer.allocate(4 * width).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (int y = height - 1; y >= 0; y--) {
            if (in.readNBytes(row.array(), 0, 4 * width) < 4 * width) {
                throw new EOFException();
            }
            row.asFloatBuffer().get(values, y * width, width);
        }
        for (int i = 0; i < values.length; i++) {
            if (Float.isInfinite(values[i])) {
                values[i] = Float.NaN;
            }
        }
        return new StoredDepth(width, height, values, DepthUnit.PIXELS, 0, false, false, Turn.NONE);
    }

    /** Words are parted by white space; exactly one blank stands behind the last. */
    private static String word(InputStream in, String name) throws IOException {
        var word = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException();
            }
            if (c > ' ') {
                word.append((char) c);
            } else if (!word.isEmpty()) {
                return word.toString();
            }
            if (word.length() > LONGEST_WORD) {
                throw damaged(name, "its header is none of a PFM");
            }
        }
    }

    private static long number(String word, String name) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw damaged(name, "its size is no number");
        }
    }

    private static double real(String word, String name) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw damaged(name, "its scale is no number");
        }
    }

    private static BadInput damaged(String name, String how) {
        return new BadInput(name, "is damaged: " + how, "copy it again");
    }

    /** Writes a map, little-endian. */
    static void write(Disparity disparity, OutputStream out) throws IOException {
        int width = disparity.width(), height = disparity.height();
        out.write(("Pf\n" + width + " " + height + "\n-1.0\n").getBytes(StandardCharsets.US_ASCII));
        var row = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = height - 1; y >= 0; y--) {
            row.clear();
            for (int x = 0; x < width; x++) {
                float v = disparity.at(x, y);
                row.putFloat(Float.isNaN(v) ? Float.POSITIVE_INFINITY : v);
            }
            out.write(row.array());
        }
    }
}
