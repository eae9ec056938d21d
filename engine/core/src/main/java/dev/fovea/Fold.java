package dev.fovea;

import java.io.Serializable;

/**
 * A tracker whose memory is a value: it can be stored, replayed and run unchanged inside a stream engine.
 *
 * @param <S> the memory, an immutable value
 * @param <I> one element of the stream
 * @param <O> the answer at that element
 */
public interface Fold<S, I, O> extends Serializable {
    /** The memory before the first element. */
    S start();

    /** The memory after one more element, and the answer at it. */
    Step<S, O> step(S memory, I in);

    /** A tracker that starts from {@link #start()} and holds the memory itself. */
    default Tracker<I, O> tracker() {
        return new Tracker<>() {
            private S memory = start();

            @Override
            public O next(I in) {
                Step<S, O> step = step(memory, in);
                memory = step.memory();
                return step.out();
            }
        };
    }

    /**
     * One step of a fold.
     *
     * @param memory what is remembered from here on
     * @param out the answer
     */
    record Step<S, O>(S memory, O out) {}
}
