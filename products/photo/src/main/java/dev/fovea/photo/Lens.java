package dev.fovea.photo;

import dev.fovea.Knob;
import dev.fovea.Knobs;

/**
 * What the opening of a lens looks like, which is what points out of focus look like.
 *
 * @param blades see its knob
 * @param catsEye see its knob
 * @param highlights see its knob
 */
public record Lens(
        @Knob(
                normal = 0,
                max = 9,
                step = 1,
                help =
                        "The lens's shape: 0 is round, 4 a square as of a light field, 3 and 5 to 9 the blades of an iris.")
        int blades,

        @Knob(normal = 0.35, max = 1, step = 0.05, help = "How much the lens's shape narrows towards the corners.")
        double catsEye,

        @Knob(
                normal = 0.5,
                max = 1,
                step = 0.05,
                help = "How much brighter small lights were than the picture could hold, so that they bloom.")
        double highlights) {
    /** Round, as a wide open lens: narrowed towards the corners, with lights that bloom. */
    public static final Lens NORMAL = new Lens(0, 0.35, 0.5);

    /** Round everywhere, light as it is in the picture. */
    public static final Lens ROUND = new Lens(0, 0, 0);

    /** The square that the views of a light field fill; light as it is in the picture. */
    public static final Lens SQUARE = new Lens(4, 0, 0);

    /** Checks the knobs. */
    public Lens {
        Knobs.check(Lens.class, blades, catsEye, highlights);
        if (blades == 1 || blades == 2) {
            throw new IllegalArgumentException("blades is " + blades + ", but no lens has so few; 0 is round");
        }
    }
}
