package dev.fovea.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Sums and words about shapes. */
final class Shapes {
    private Shapes() {}

    /** Whether no dimension is left open. */
    static boolean fixed(int... shape) {
        return Arrays.stream(shape).noneMatch(n -> n == TensorSpec.ANY);
    }

    /** How many values a shape has, of which none is open; the largest number there is instead of any larger one. */
    static long size(int... shape) {
        long size = 1;
        for (int n : shape) {
            size = Math.multiplyHigh(size, (long) n) == 0 ? size * n : Long.MAX_VALUE;
        }
        return Arrays.stream(shape).anyMatch(n -> n == 0) ? 0 : size < 0 ? Long.MAX_VALUE : size;
    }

    /** @throws IllegalArgumentException if so many values do not fill the shape */
    static void check(int values, int... shape) {
        if (Arrays.stream(shape).anyMatch(n -> n < 0) || size(shape) != values) {
            throw new IllegalArgumentException(values + " values do not fill the shape " + text(shape));
        }
    }

    /** Whether a shape is one of those that a pattern with open dimensions allows. */
    static boolean allows(int[] pattern, int[] shape) {
        if (pattern.length != shape.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (pattern[i] != TensorSpec.ANY && pattern[i] != shape[i]) {
                return false;
            }
        }
        return true;
    }

    /** As people write it: {@code [1, 3, ?, ?]}. */
    static String text(int... shape) {
        return Arrays.stream(shape)
                .mapToObj(n -> n == TensorSpec.ANY ? "?" : Integer.toString(n))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
