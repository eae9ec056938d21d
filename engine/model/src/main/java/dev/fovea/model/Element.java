package dev.fovea.model;

/** What a tensor is made of. */
public enum Element {
    /** 32-bit floating point: {@code float[]}. */
    FLOAT,
    /** Unsigned 8-bit integers, as pictures are stored: {@code byte[]}. */
    BYTE,
    /** 64-bit integers: {@code long[]}. */
    LONG,
    /** Anything else: a network may have it, a record cannot ask for it. */
    OTHER
}
