package dev.fovea.vision;

/**
 * How an eye looks.
 *
 * @param open how far it is open: the gap between its lids over that of the same eye at rest, 0 (shut) to 1; at least {@link #HALF} counts
 *     as open
 * @param confidence how sure that is, 0..1: low for eyes behind dark glasses, hair or hands, on the far side of a turned head, blurred, or of
 *     few pixels; below a half the openness says nothing
 */
public record EyeState(double open, double confidence) {
    /** The openness that parts open eyes from closed ones. */
    public static final double HALF = 0.5;

    /** Of an eye that cannot be looked at. */
    static final EyeState UNKNOWN = new EyeState(0, 0);
}
