package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.PngCodec;
import dev.fovea.image.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * Google's depth metadata ("Depthmap Metadata", XMP namespace {@code GDepth}): a picture of the depth, scaled to its range, in Base64. A
 * disparity, which has no metres, is stored without a unit, as the depth z = width / disparity.
 */
final class GoogleDepth {
    private static final String DEPTH = "http://ns.google.com/photos/1.0/depthmap/";
    private static final int MOST = 65535;

    private GoogleDepth() {}

    /** The depth that a file's metadata hold; empty if they hold none. */
    static Optional<StoredDepth> read(XmpSegments xmp, Turn turn, String source) {
        Optional<String> data = xmp.value(DEPTH, "Data");
        return data.map(text -> read(xmp, picture(text, source), turn, source));
    }

    private static StoredDepth read(XmpSegments xmp, Frame map, Turn turn, String source) {
        DepthRange range = DepthRange.of(
                xmp.value(DEPTH, "Format").orElse("RangeInverse"),
                xmp.number(DEPTH, "Near"),
                xmp.number(DEPTH, "Far"),
                source);
        Optional<DepthUnit> unit = xmp.value(DEPTH, "Units").map(GoogleDepth::unit);
        Optional<Frame> confidence = xmp.value(DEPTH, "Confidence").map(text -> picture(text, source));
        return stored(map, range, unit, confidence, turn);
    }

    /** Shades of a range; without a unit they are a disparity's. */
    static StoredDepth stored(
            Frame map, DepthRange range, Optional<DepthUnit> unit, Optional<Frame> confidence, Turn turn) {
        float[] shades = shades(map);
        int width = map.width();
        var numbers = new float[shades.length];
        for (int i = 0; i < numbers.length; i++) {
            double z = range.depth(shades[i]);
            numbers[i] = (float) (unit.isPresent() ? z : width / z);
        }
        confidence.ifPresent(known -> hide(numbers, known, map));
        return StoredDepth.described(width, map.height(), numbers, unit.orElse(DepthUnit.PIXELS), turn);
    }

    private static DepthUnit unit(String name) {
        return name.strip().equals("mm") ? DepthUnit.MILLIMETRES : DepthUnit.METRES;
    }

    /** Where the file itself has no confidence at all, nothing is known. */
    private static void hide(float[] numbers, Frame confidence, Frame map) {
        if (confidence.width() == map.width() && confidence.height() == map.height()) {
            float[] shades = shades(confidence);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = shades[i] == 0 ? Float.NaN : numbers[i];
            }
        }
    }

    private static Frame picture(String base64, String source) {
        try {
            return Frame.parse(source + " (its depth)", Base64.getMimeDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            throw new BadInput(source, "is damaged: its depth is no Base64", "copy it again", e);
        }
    }

    /** One value a pixel, 0..1. */
    static float[] shades(Frame map) {
        Image image = map.image();
        return image.plane(image.colour().planes() == 1 ? 0 : 1);
    }

    /** Puts depth, which lies as the stored picture does, into a file's metadata. */
    static void write(Depth depth, Xmp main, Xmp extension) {
        float[] far = farness(depth);
        float low = Float.POSITIVE_INFINITY, high = 0;
        for (float z : far) {
            low = Math.min(low, Float.isNaN(z) ? low : z);
            high = Math.max(high, Float.isNaN(z) ? high : z);
        }
        if (!(high > 0)) {
            throw new IllegalArgumentException("a depth of which no pixel is known");
        }
        // a range of no width cannot be scaled to
        var range = new DepthRange(true, low, Math.max(high, low * 1.0001f));
        main.remove(DEPTH);
        main.add("GDepth", DEPTH, "Format", "RangeInverse", "Mime", "image/png", "MeasureType", "OpticalAxis");
        main.add("GDepth", DEPTH, "Near", String.valueOf(range.near()), "Far", String.valueOf(range.far()));
        main.add("GDepth", DEPTH, "ImageWidth", "" + depth.width(), "ImageHeight", "" + depth.height());
        main.add("GDepth", DEPTH, "Software", "Fovea");
        if (depth instanceof DepthMap) {
            main.add("GDepth", DEPTH, "Units", "m");
        }
        extension.remove(DEPTH);
        extension.add("GDepth", DEPTH, "Data", base64(depth, shades(far, range), Encoding.DEEP));
        if (holes(far)) {
            main.add("GDepth", DEPTH, "ConfidenceMime", "image/png");
            extension.add("GDepth", DEPTH, "Confidence", base64(depth, known(far), Encoding.NORMAL));
        }
    }

    private static float[] farness(Depth depth) {
        return switch (depth) {
            case DepthMap map -> map.metres();
            case Disparity d -> {
                var far = new float[d.pixels().length];
                for (int i = 0; i < far.length; i++) {
                    far[i] = d.width() / d.pixels()[i];
                }
                yield far;
            }
        };
    }

    private static float[] shades(float[] far, DepthRange range) {
        var shades = new float[far.length];
        for (int i = 0; i < far.length; i++) {
            shades[i] = Float.isNaN(far[i]) ? 1 : Math.round(range.shade(far[i]) * MOST) / (float) MOST;
        }
        return shades;
    }

    private static boolean holes(float[] far) {
        for (float z : far) {
            if (Float.isNaN(z)) {
                return true;
            }
        }
        return false;
    }

    private static float[] known(float[] far) {
        var known = new float[far.length];
        for (int i = 0; i < far.length; i++) {
            known[i] = Float.isNaN(far[i]) ? 0 : 1;
        }
        return known;
    }

    private static String base64(Depth depth, float[] shades, Encoding encoding) {
        var png = new ByteArrayOutputStream();
        try {
            Image image = Image.of(depth.width(), depth.height(), Colour.GREY, shades);
            new PngCodec().write(image, Exif.NONE, encoding, png);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written", e);
        }
        return Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
