package dev.fovea;

/**
 * Follows one stream and remembers what it has seen. Belongs to one stream and one thread.
 *
 * @param <I> one element of the stream
 * @param <O> the answer at that element
 */
@FunctionalInterface
public interface Tracker<I, O> {
    /** The answer at the next element of the stream. */
    O next(I in);
}
