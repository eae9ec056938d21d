package dev.fovea.space;

import dev.fovea.image.Frame;
import dev.fovea.image.Turn;
import java.util.Optional;

/**
 * The depth that telephones by Apple keep beside a picture as a grey auxiliary one: 8 bits between two numbers of its XMP (namespace {@code
 * apdi}), which are disparity in 1 / metre or depth in metres.
 */
public final class AppleDepth {
    private static final String DATA = "http://ns.apple.com/pixeldatainfo/1.0/";

    /** A pixel further away than this is infinitely far. */
    private static final float HORIZON = 1000;

    private AppleDepth() {}

    /** Whether a packet of XMP describes depth. */
    static boolean describes(Xmp xmp) {
        return xmp.value(DATA, "AuxiliaryImageType").filter(AppleDepth::depth).isPresent();
    }

    private static boolean depth(String type) {
        return type.equalsIgnoreCase("disparity") || type.equalsIgnoreCase("depth");
    }

    /**
     * The depth of an auxiliary picture.
     *
     * @param map the picture, grey
     * @param packet the XMP that describes it; without a range in it the shades are taken as they are, white being near
     * @param turn what sets it upright
     */
    public static StoredDepth of(Frame map, byte[] packet, Turn turn) {
        return of(map, Xmp.parse(packet), turn);
    }

    static StoredDepth of(Frame map, Optional<Xmp> xmp, Turn turn) {
        float[] shades = GoogleDepth.shades(map);
        Optional<Double> low = xmp.flatMap(x -> x.number(DATA, "FloatMinValue"));
        Optional<Double> high = xmp.flatMap(x -> x.number(DATA, "FloatMaxValue"));
        if (low.isEmpty() || high.isEmpty() || !(high.get() > low.get())) {
            return new StoredDepth(map.width(), map.height(), shades, DepthUnit.NEAR_WHITE, 1, false, true, turn);
        }
        boolean inverse = xmp.flatMap(x -> x.value(DATA, "AuxiliaryImageType"))
                .filter(t -> t.equalsIgnoreCase("depth"))
                .isEmpty();
        var metres = new float[shades.length];
        for (int i = 0; i < shades.length; i++) {
            double v = low.get() + shades[i] * (high.get() - low.get());
            metres[i] = (float) (inverse ? 1 / Math.max(v, 1 / HORIZON) : Math.clamp(v, 1 / HORIZON, HORIZON));
        }
        return StoredDepth.described(map.width(), map.height(), metres, DepthUnit.METRES, turn);
    }
}
