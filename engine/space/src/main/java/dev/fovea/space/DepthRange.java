package dev.fovea.space;

import dev.fovea.BadInput;
import java.util.Optional;

/**
 * How Google's depth metadata scale depth to 0..1: 0 is near, 1 is far.
 *
 * @param inverse evenly in 1 / depth, instead of in depth
 */
record DepthRange(boolean inverse, double near, double far) {
    /** The range that a file tells. */
    static DepthRange of(String format, Optional<Double> near, Optional<Double> far, String source) {
        double from = near.orElse(0.0), to = far.orElse(0.0);
        if (!(from > 0) || !(to > from)) {
            throw new BadInput(
                    source, "carries depth from " + from + " to " + to + ", which is no range", "save it again");
        }
        return new DepthRange(!format.equals("RangeLinear"), from, to);
    }

    /** The depth of a shade. */
    double depth(double shade) {
        return inverse ? far * near / (far - shade * (far - near)) : near + shade * (far - near);
    }

    /** The shade of a depth. */
    double shade(double depth) {
        return inverse ? far * (depth - near) / (depth * (far - near)) : (depth - near) / (far - near);
    }
}
