package dev.fovea.model;

import java.util.Locale;

/** In which numbers a network computes. */
public enum Precision {
    /** 32-bit floating point throughout, as its weights are. */
    FLOAT,
    /** 8-bit integers in every convolution and product, and in what carries values from one to the next. */
    INT8,
    /** As {@link #INT8}, the first and the last convolution or product of each path left in floating point. */
    INT8_INNER,
    /** As {@link #INT8_INNER}, but only where much of the work is. */
    INT8_HEAVY;

    /** In small letters: {@code int8-inner}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
