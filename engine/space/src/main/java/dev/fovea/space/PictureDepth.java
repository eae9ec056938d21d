package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import dev.fovea.image.Turn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pictures whose pixels are depth: 16-bit PNG and TIFF in millimetres, float TIFF in metres, and shades of grey between near and far (8-bit
 * PNG, TIFF and JPEG; JPEG may have lost some of its greyness).
 */
public final class PictureDepth implements DepthCodec {
    private static final String PNG = "\u0089PNG\r\n\u001A\n";

    /** By how much the channels of a grey JPEG may differ at a pixel; what is more is a photograph. */
    private static final int GREY_ENOUGH = 24;

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.startsWith(PNG)
                || text.startsWith("\u00FF\u00D8\u00FF")
                || text.startsWith("II*\0")
                || text.startsWith("MM\0*");
    }

    @Override
    public Optional<StoredDepth> read(Path file) {
        Shot shot;
        try {
            shot = Shot.read(file);
        } catch (BadInput e) {
            if (e.problem().contains("floating-point")) {
                return Optional.of(light(file));
            }
            throw e;
        }
        return switch (shot) {
            case Frame frame -> frame(frame, file.toString());
            case Raw raw -> throw new BadInput(file.toString(), "is a RAW picture", "give a depth map");
        };
    }

    private static StoredDepth light(Path file) {
        Image image = Image.read(file);
        if (image.colour() != Colour.LINEAR_GREY) {
            throw new BadInput(file.toString(), "has colours", "give a map with one value a pixel");
        }
        return new StoredDepth(
                image.width(), image.height(), image.plane(0), DepthUnit.METRES, 0, false, false, Turn.NONE);
    }

    private static Optional<StoredDepth> frame(Frame frame, String source) {
        Turn turn = Turn.upright(frame.exif().orientation());
        byte[] bytes = frame.bytes();
        var numbers = new float[frame.width() * frame.height()];
        switch (frame.format()) {
            case GREY16 -> {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (bytes[2 * i + 1] & 0xFF) << 8 | bytes[2 * i] & 0xFF;
                }
                return Optional.of(stored(frame, numbers, DepthUnit.MILLIMETRES, 65535, turn));
            }
            case GREY8 -> {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = bytes[i] & 0xFF;
                }
            }
            case RGB8 -> {
                if (!grey(bytes)) {
                    return Optional.empty();
                }
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = bytes[3 * i + 1] & 0xFF;
                }
            }
            case RGB16, I420 -> throw new BadInput(source, "has colours", "give a map with one value a pixel");
        }
        return Optional.of(stored(frame, numbers, DepthUnit.SHADES, 255, turn));
    }

    private static StoredDepth stored(Frame frame, float[] numbers, DepthUnit unit, float white, Turn turn) {
        return new StoredDepth(frame.width(), frame.height(), numbers, unit, white, true, false, turn);
    }

    private static boolean grey(byte[] rgb) {
        for (int i = 0; i < rgb.length; i += 3) {
            int r = rgb[i] & 0xFF, g = rgb[i + 1] & 0xFF, b = rgb[i + 2] & 0xFF;
            if (Math.abs(r - g) > GREY_ENOUGH || Math.abs(b - g) > GREY_ENOUGH) {
                return false;
            }
        }
        return true;
    }
}
