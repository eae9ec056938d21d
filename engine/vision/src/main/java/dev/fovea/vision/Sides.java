package dev.fovea.vision;

/**
 * Two of a kind, as they lie in the picture: the person's right eye is {@code left} unless the picture is mirrored.
 *
 * @param left the one on the picture's left, seen along the face's own eye line
 * @param right the other
 * @param <T> what there are two of
 */
public record Sides<T>(T left, T right) {}
