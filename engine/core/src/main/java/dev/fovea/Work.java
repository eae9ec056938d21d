package dev.fovea;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of threads, progress and cancelling.
 *
 * <p>{@link #run} binds a listener; inside, {@link #step} reports progress and {@link #rows} is the only parallel loop. Bands are fixed by
 * the caller and reductions are added in band order, so a result has the same bits for any number of threads. One budget of helper
 * threads serves the whole process: nested and concurrent loops share it, and a loop that gets no helper runs in its own thread.
 */
public final class Work {
    /** Hears of progress and may cancel. Called from the thread that runs the work. */
    public interface Listener {
        /**
         * A step has been reached.
         *
         * @param name the step's name, in the user's words
         * @param fraction how much of the step is done, 0..1
         */
        void step(String name, double fraction);

        /** Whether the work should stop at the next opportunity; asked from any thread. */
        default boolean cancelled() {
            return false;
        }
    }

    /** The body of a parallel loop. */
    @FunctionalInterface
    public interface Band {
        /** Does the rows {@code from} (inclusive) to {@code to} (exclusive). */
        void rows(int from, int to);
    }

    /** The body of a parallel reduction. */
    @FunctionalInterface
    public interface Part<R> {
        /** The partial result of the rows {@code from} (inclusive) to {@code to} (exclusive). */
        R of(int from, int to);
    }

    private record Context(Listener listener, int threads) {}

    private static final Listener SILENT = (name, fraction) -> {};
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final Context DEFAULT = new Context(SILENT, PROCESSORS);
    private static final ScopedValue<Context> CONTEXT = ScopedValue.newInstance();
    private static final Semaphore HELPERS = new Semaphore(PROCESSORS - 1);
    private static final ExecutorService POOL = Executors.newCachedThreadPool(daemons());

    private Work() {}

    /** Runs a task whose steps are told to the listener, and which stops soon after the listener says so. */
    public static <T> T run(Listener listener, Supplier<T> task) {
        return ScopedValue.where(CONTEXT, new Context(listener, context().threads))
                .call(task::get);
    }

    /**
     * Runs a task with at most so many threads, this one included.
     *
     * @param threads at least 1; more than the machine has is the same as all
     */
    public static <T> T threads(int threads, Supplier<T> task) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", but must be at least 1");
        }
        return ScopedValue.where(CONTEXT, new Context(context().listener, Math.min(threads, PROCESSORS)))
                .call(task::get);
    }

    /** How many threads a loop started here may use. */
    public static int threads() {
        return context().threads;
    }

    /**
     * Reports progress.
     *
     * @param name the step's name, in the user's words
     * @param fraction how much of the step is done, 0..1
     * @throws Cancelled if the listener asks for it
     */
    public static void step(String name, double fraction) {
        check();
        context().listener.step(name, fraction);
    }

    /**
     * Throws if the surrounding work was cancelled.
     *
     * @throws Cancelled if the listener asks for it
     */
    public static void check() {
        if (context().listener.cancelled()) {
            throw new Cancelled();
        }
    }

    /**
     * The parallel loop: calls the body for every band of 0..n, in any order, on this thread and free helpers.
     *
     * @param n how many rows (or tiles, or anything countable)
     * @param band how many rows a call gets; the last may get fewer
     * @throws Cancelled between bands, if the listener asks for it
     */
    public static void rows(int n, int band, Band body) {
        if (band < 1) {
            throw new IllegalArgumentException("band is " + band + ", but must be at least 1");
        }
        int bands = (int) (((long) n + band - 1) / band);
        if (bands <= 0) {
            return;
        }
        var loop = new Loop(bands, i -> body.rows(i * band, (int) Math.min(n, (i + 1L) * band)));
        loop.run(context());
    }

    /**
     * A parallel reduction: partial results of fixed bands, combined in band order.
     *
     * @return the combination of all parts
     * @throws IllegalArgumentException if n is 0
     */
    public static <R> R sum(int n, int band, Part<R> part, BinaryOperator<R> plus) {
        if (n < 1) {
            throw new IllegalArgumentException("nothing to sum: n is " + n);
        }
        int bands = (int) (((long) n + band - 1) / band);
        List<@Nullable R> parts = new ArrayList<>(java.util.Collections.nCopies(bands, null));
        rows(n, band, (from, to) -> parts.set(from / band, part.of(from, to)));
        R all = java.util.Objects.requireNonNull(parts.getFirst());
        for (R p : parts.subList(1, bands)) {
            all = plus.apply(all, java.util.Objects.requireNonNull(p));
        }
        return all;
    }

    /** Runs a task on a thread of its own, which sees this work's listener and threads; what waits for it is the caller's affair. */
    static void beside(Runnable task) {
        Context context = context();
        POOL.execute(() -> ScopedValue.where(CONTEXT, context).run(task));
    }

    static void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void rethrow(@Nullable Throwable t) {
        switch (t) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(t);
        }
    }

    private static Context context() {
        return CONTEXT.isBound() ? CONTEXT.get() : DEFAULT;
    }

    private static ThreadFactory daemons() {
        var count = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, "fovea-work-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** One running loop: threads take the next band until none is left; the first failure stops the others. */
    private static final class Loop {
        private final int bands;
        private final java.util.function.IntConsumer body;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Loop(int bands, java.util.function.IntConsumer body) {
            this.bands = bands;
            this.body = body;
        }

        void run(Context context) {
            int wanted = Math.min(context.threads, bands) - 1;
            int helpers = 0;
            while (helpers < wanted && HELPERS.tryAcquire()) {
                helpers++;
            }
            var done = new CountDownLatch(helpers);
            // A helper's own nested loops find no budget of theirs: they inherit the context, and run in the helper.
            for (int i = 0; i < helpers; i++) {
                POOL.execute(() -> {
                    try {
                        ScopedValue.where(CONTEXT, context).run(() -> take(context));
                    } finally {
                        HELPERS.release();
                        done.countDown();
                    }
                });
            }
            take(context);
            await(done);
            rethrow(failure.get());
        }

        private void take(Context context) {
            try {
                for (int i; failure.get() == null && (i = next.getAndIncrement()) < bands; ) {
                    if (context.listener.cancelled()) {
                        throw new Cancelled();
                    }
                    body.accept(i);
                }
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
            }
        }
    }
}
