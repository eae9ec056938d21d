package dev.fovea;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Three things at once, in order: while one element is worked on, the next one is produced and the one before is consumed. Two elements
 * wait between the steps, no more. The work runs in the caller's thread, so that it may be a {@link Tracker}; all three see the
 * surrounding {@link Work}: its progress, its cancelling and its threads. With one thread everything happens in turn.
 */
public final class Pipeline {
    private static final int WAITING = 2;

    private Pipeline() {}

    /**
     * Runs all elements through. Returns when the last one is consumed; the first failure stops all three and is thrown.
     *
     * @param source what is produced; used by one thread
     * @param work what happens to each element
     * @param sink gets the results in the source's order; used by one thread
     * @throws Cancelled if the surrounding work was cancelled
     */
    public static <I, O> void run(
            Iterator<? extends I> source, Function<? super I, ? extends O> work, Consumer<? super O> sink) {
        if (Work.threads() == 1) {
            while (source.hasNext()) {
                sink.accept(work.apply(source.next()));
            }
            return;
        }
        var failure = new AtomicReference<@Nullable Throwable>();
        var in = new Pipe<I>(failure);
        var out = new Pipe<O>(failure);
        CountDownLatch helpers = new CountDownLatch(2);
        Work.beside(() -> part(failure, helpers, in, out, () -> {
            while (source.hasNext()) {
                in.put(source.next());
            }
            in.end();
        }));
        Work.beside(() -> part(failure, helpers, in, out, () -> out.drain(sink)));
        part(failure, new CountDownLatch(1), in, out, () -> {
            in.drain(i -> out.put(work.apply(i)));
            out.end();
        });
        Work.await(helpers);
        Work.rethrow(failure.get());
    }

    private static void part(
            AtomicReference<@Nullable Throwable> failure, CountDownLatch done, Pipe<?> in, Pipe<?> out, Runnable part) {
        try {
            part.run();
        } catch (Throwable t) {
            if (t != Pipe.STOPPED) {
                failure.compareAndSet(null, t);
            }
            in.wake();
            out.wake();
        } finally {
            done.countDown();
        }
    }

    /** A short queue between two threads that ends or fails. */
    private static final class Pipe<T> {
        /** Thrown in a thread that waits when another one failed: its failure is the one to tell. */
        static final RuntimeException STOPPED = new IllegalStateException("stopped");

        private final Queue<T> queue = new ArrayDeque<>(WAITING);
        private final AtomicReference<@Nullable Throwable> failure;
        private boolean ended;

        Pipe(AtomicReference<@Nullable Throwable> failure) {
            this.failure = failure;
        }

        synchronized void put(T element) {
            await(() -> queue.size() < WAITING);
            queue.add(element);
            notifyAll();
        }

        synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized void wake() {
            notifyAll();
        }

        void drain(Consumer<? super T> to) {
            for (T element = take(); element != null; element = take()) {
                Work.check();
                to.accept(element);
            }
        }

        private synchronized @Nullable T take() {
            await(() -> ended || !queue.isEmpty());
            T element = queue.poll();
            notifyAll();
            return element;
        }

        private void await(java.util.function.BooleanSupplier ready) {
            boolean interrupted = false;
            while (!ready.getAsBoolean() && failure.get() == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure.get() != null) {
                throw STOPPED;
            }
        }
    }
}
