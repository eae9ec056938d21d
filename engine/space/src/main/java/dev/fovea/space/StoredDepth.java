package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Turn;

/**
 * Depth as a file stores it: numbers, and what they mean.
 *
 * @param numbers width × height of them, row-major; NaN where the file says that nothing is known
 * @param unit what they mean
 * @param white the number of white, for the units between black and white; 0 if the numbers are no shades
 * @param whole whether they are whole numbers, of which 0 means unknown
 * @param described whether the file itself says what they mean
 * @param turn what sets them upright
 */
public record StoredDepth(
        int width,
        int height,
        float[] numbers,
        DepthUnit unit,
        float white,
        boolean whole,
        boolean described,
        Turn turn) {
    /** The disparity of what is white and near, and of what is black and far, as parts of the width: like two lenses of a telephone. */
    private static final float NEAREST = 1 / 25f;

    private static final float FARTHEST = 1 / 500f;

    /** An infinitely far pixel, which is known, too. */
    private static final float INFINITELY_FAR = 1e-3f;

    /** Checks sizes. */
    public StoredDepth {
        Disparity.check(width, height, numbers);
    }

    /** Numbers whose meaning the file itself tells. */
    static StoredDepth described(int width, int height, float[] numbers, DepthUnit unit, Turn turn) {
        return new StoredDepth(width, height, numbers, unit, 0, false, true, turn);
    }

    /** The same numbers with another meaning. */
    StoredDepth in(DepthUnit other, String source) {
        if (described) {
            throw new BadInput(source, "says itself what its depth means", "leave the unit out");
        }
        boolean shades = other.kind() != DepthUnit.Kind.METRES && other.kind() != DepthUnit.Kind.PIXELS;
        if (shades && white == 0) {
            throw new BadInput(source, "holds numbers, not shades between black and white", "give mm, cm, m or px");
        }
        return new StoredDepth(width, height, numbers, other, white, whole, false, turn);
    }

    /** What they mean, upright. */
    Depth depth(String source) {
        var values = new float[numbers.length];
        switch (unit.kind()) {
            case METRES, PIXELS -> scaled(source, values);
            case NEAR_WHITE -> shaded(values, true);
            case FAR_WHITE -> shaded(values, false);
            case SHADES -> shaded(values, lowerIsBrighter());
        }
        checkKnown(source, values);
        Depth depth = unit.kind() == DepthUnit.Kind.METRES
                ? DepthMap.of(width, height, values)
                : Disparity.of(width, height, values);
        return depth.turned(turn);
    }

    private void scaled(String source, float[] values) {
        boolean metres = unit.kind() == DepthUnit.Kind.METRES;
        int negative = 0;
        for (int i = 0; i < values.length; i++) {
            float v = (float) (numbers[i] * unit.scale());
            negative += v < 0 ? 1 : 0;
            if (v == 0) {
                v = metres || whole ? Float.NaN : INFINITELY_FAR;
            }
            values[i] = Float.isInfinite(v) ? Float.NaN : v;
        }
        if (negative > 0) {
            String share = String.format(java.util.Locale.ROOT, "%.1f %%", 100.0 * negative / values.length);
            throw new BadInput(
                    source,
                    "holds negative " + (metres ? "depth" : "disparity") + " at " + share + " of its pixels",
                    metres
                            ? "mark unknown pixels with 0 or NaN"
                            : "swap left and right, or mark unknown pixels with infinity");
        }
    }

    private void shaded(float[] values, boolean nearWhite) {
        for (int i = 0; i < values.length; i++) {
            float near = Math.clamp(numbers[i] / white, 0f, 1f);
            values[i] = (FARTHEST + (NEAREST - FARTHEST) * (nearWhite ? near : 1 - near)) * width;
        }
    }

    /** Of nearly every picture the lower part is nearer than the upper one: the ground, a body below its head. */
    private boolean lowerIsBrighter() {
        double upper = 0, lower = 0;
        StoredDepth upright = upright();
        int third = Math.max(1, upright.height / 3) * upright.width;
        for (int i = 0; i < third; i++) {
            upper += upright.numbers[i];
            lower += upright.numbers[numbers.length - 1 - i];
        }
        return lower >= upper;
    }

    private StoredDepth upright() {
        if (turn == Turn.NONE) {
            return this;
        }
        Disparity turned = Disparity.of(width, height, numbers).turned(turn);
        return new StoredDepth(
                turned.width(), turned.height(), turned.pixels(), unit, white, whole, described, Turn.NONE);
    }

    private static void checkKnown(String source, float[] values) {
        for (float v : values) {
            if (!Float.isNaN(v)) {
                return;
            }
        }
        throw new BadInput(source, "knows the depth of no pixel", "give another depth map");
    }
}
