package dev.fovea.space;

import java.util.Locale;

/**
 * What the numbers of a depth file mean.
 *
 * @param kind what they measure
 * @param scale what a number is multiplied by to be metres or pixels; of the kinds between black and white, 1
 */
public record DepthUnit(Kind kind, double scale) {
    /** What numbers measure. */
    public enum Kind {
        /** Distance along the camera's axis; 0 is unknown. */
        METRES,
        /** Distance between two views; 0 is unknown in whole numbers, infinitely far in others. */
        PIXELS,
        /** Something between black, which is far, and white, which is near; even in disparity. The usual depth of portraits. */
        NEAR_WHITE,
        /** The other way round: black is near. Usual in depth maps that were taken out of Google's depth metadata. */
        FAR_WHITE,
        /** One of the last two; which, is seen from the picture's lower part: it is nearer than the upper one. */
        SHADES
    }

    /** Metres. */
    public static final DepthUnit METRES = new DepthUnit(Kind.METRES, 1);

    /** Millimetres. */
    public static final DepthUnit MILLIMETRES = new DepthUnit(Kind.METRES, 1e-3);

    /** Pixels of disparity. */
    public static final DepthUnit PIXELS = new DepthUnit(Kind.PIXELS, 1);

    /** White is near. */
    public static final DepthUnit NEAR_WHITE = new DepthUnit(Kind.NEAR_WHITE, 1);

    /** Black is near. */
    public static final DepthUnit FAR_WHITE = new DepthUnit(Kind.FAR_WHITE, 1);

    /** White or black is near. */
    public static final DepthUnit SHADES = new DepthUnit(Kind.SHADES, 1);

    /** Checks the scale. */
    public DepthUnit {
        if (!(scale > 0) || !(scale < 1e12)) {
            throw new IllegalArgumentException("a depth unit of " + scale + ": it must be positive");
        }
    }

    /**
     * A unit by its name: mm, cm, m, px, px/N for numbers N times as large as the disparity (px/256), near-white or far-white.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static DepthUnit of(String name) {
        String n = name.strip().toLowerCase(Locale.ROOT);
        return switch (n) {
            case "mm" -> MILLIMETRES;
            case "cm" -> new DepthUnit(Kind.METRES, 1e-2);
            case "m" -> METRES;
            case "px" -> PIXELS;
            case "near-white" -> NEAR_WHITE;
            case "far-white" -> FAR_WHITE;
            default -> {
                if (!n.matches("px/[0-9]{1,6}([.][0-9]{1,6})?")) {
                    throw new IllegalArgumentException(
                            name + " is no unit of depth; use mm, cm, m, px, px/256, near-white or far-white");
                }
                yield new DepthUnit(Kind.PIXELS, 1 / Double.parseDouble(n.substring(3)));
            }
        };
    }
}
