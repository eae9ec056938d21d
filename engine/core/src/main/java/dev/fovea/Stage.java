package dev.fovea;

/**
 * Turns one value into another. Stateless: one stage may be shared by any number of threads.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
@FunctionalInterface
public interface Stage<I, O> {
    /**
     * Computes the result for one input.
     *
     * @throws BadInput if the input cannot be used
     * @throws Cancelled if the surrounding {@link Work} was cancelled
     */
    O apply(I in);

    /** This stage followed by another. */
    default <R> Stage<I, R> then(Stage<? super O, ? extends R> next) {
        return in -> next.apply(apply(in));
    }
}
