package dev.fovea.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * One input or output of a network, as the network declares it.
 *
 * @param name its name in the network
 * @param element of what it is made
 * @param shape its dimensions; {@link #ANY} where each call decides
 */
public record TensorSpec(String name, Element element, int... shape) {
    /** A dimension that each call decides. */
    public static final int ANY = -1;

    /** Whether no dimension is left open. */
    public boolean fixed() {
        return Shapes.fixed(shape);
    }

    /** How many values it has, or {@link Long#MAX_VALUE} if a dimension is open or there are more. */
    public long size() {
        return fixed() ? Shapes.size(shape) : Long.MAX_VALUE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorSpec t
                && name.equals(t.name)
                && element == t.element
                && Arrays.equals(shape, t.shape);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(shape);
    }

    /** As in {@code input float[1, 3, ?, ?]}. */
    @Override
    public String toString() {
        return name + " " + element.name().toLowerCase(Locale.ROOT) + Shapes.text(shape);
    }
}
