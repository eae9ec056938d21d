package dev.fovea.server;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's camera, painted. The newest frame wins: one that has not been begun when the next arrives is dropped and counted. There is one
 * frame in work and one waiting, and nothing is begun before the client has taken what was sent last: a slow one costs no memory.
 */
final class LiveStream implements AutoCloseable {
    private static final long STATISTICS_NANOS = 1_000_000_000L;
    /** How much a frame counts in the mean time. */
    private static final double LATELY = 0.1;

    /** Whoever the frames go back to. Frames and text return when it is ready for more; all is called from the stream's own thread. */
    interface Client {
        /**
         * A painted frame.
         *
         * @param ms that it took
         */
        void frame(int number, float ms, byte[] jpeg);

        void text(String json);

        /** Nothing more will come: something went wrong inside. */
        void failed();
    }

    /**
     * What happened so far.
     *
     * @param received frames that came
     * @param sent those that went back
     * @param dropped those that a newer one took the place of
     * @param ms that a frame took of late, on the mean
     */
    record Counts(long received, long sent, long dropped, double ms) {}

    private record Done(int number, LivePainter.Painted painted, double ms) {}

    private record Arrived(int number, byte[] jpeg, Duration at) {}

    private final Client client;
    private final Supplier<Eye> eye;
    private final List<Effects.Kind> kinds;
    private final Semaphore gate;
    private final Thread thread;
    private final long begun = System.nanoTime();
    private @Nullable Arrived waiting;
    private @Nullable String wishes;
    private boolean closed;
    private long received;
    private long sent;
    private long dropped;
    private double ms;

    /**
     * Begins to work.
     *
     * @param kinds the effects that there are
     * @param gate lets as many frames of all streams through at once as there are processors, in the order they came
     * @param name of the thread
     */
    LiveStream(String name, Supplier<Eye> eye, List<Effects.Kind> kinds, Semaphore gate, Client client) {
        this.eye = eye;
        this.kinds = kinds;
        this.gate = gate;
        this.client = client;
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** A frame has come. */
    synchronized void frame(int number, byte[] jpeg) {
        received++;
        dropped += waiting == null ? 0 : 1;
        waiting = new Arrived(number, jpeg, Duration.ofNanos(System.nanoTime() - begun));
        notifyAll();
    }

    /** Settings have come, as JSON. */
    synchronized void settings(String json) {
        wishes = json;
        notifyAll();
    }

    /** What happened so far. */
    synchronized Counts counts() {
        return new Counts(received, sent, dropped, Math.round(100 * ms) / 100.0);
    }

    private void run() {
        try (var painter = new LivePainter(eye.get())) {
            long told = System.nanoTime();
            while (awaken()) {
                change(painter);
                paint(painter);
                if (System.nanoTime() - told > STATISTICS_NANOS) {
                    told = System.nanoTime();
                    client.text(Json.of(Map.of("stats", counts())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            client.text(error(e));
            client.failed();
        } finally {
            close();
        }
    }

    /** Waits until there is something to do; false if that is to end. */
    private synchronized boolean awaken() throws InterruptedException {
        while (!closed && waiting == null && wishes == null) {
            wait();
        }
        return !closed;
    }

    private void change(LivePainter painter) {
        String json = newestWishes();
        if (json != null) {
            try {
                painter.set(LiveSettings.parse(json, kinds));
            } catch (IllegalArgumentException e) {
                client.text(error(e));
            }
        }
    }

    private synchronized @Nullable String newestWishes() {
        String json = wishes;
        wishes = null;
        return json;
    }

    private void paint(LivePainter painter) throws InterruptedException {
        try {
            @Nullable Done done;
            gate.acquire();
            try {
                done = next(painter);
            } finally {
                gate.release();
            }
            if (done != null) {
                deliver(done);
            }
        } catch (BadInput | OutOfMemoryError e) {
            client.text(error(e));
        }
    }

    /** The newest frame at the moment its turn has come. */
    private @Nullable Done next(LivePainter painter) {
        Arrived frame = newest();
        if (frame == null) {
            return null;
        }
        long from = System.nanoTime();
        LivePainter.Painted painted = painter.next(frame.number, frame.jpeg, frame.at);
        return new Done(frame.number, painted, (System.nanoTime() - from) / 1e6);
    }

    private synchronized @Nullable Arrived newest() {
        Arrived frame = waiting;
        waiting = null;
        return frame;
    }

    private void deliver(Done done) {
        synchronized (this) {
            if (closed) {
                return;
            }
            sent++;
            ms += (done.ms - ms) * (sent == 1 ? 1 : LATELY);
        }
        done.painted.seen().ifPresent(client::text);
        client.frame(done.number, (float) done.ms, done.painted.jpeg());
    }

    private static String error(Throwable e) {
        return Json.of(Map.of("error", Trouble.of(e).error()));
    }

    /** Ends it: a frame in work is not sent any more. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting = null;
        notifyAll();
    }

    /** Whether nothing of it is left. */
    boolean over() {
        return !thread.isAlive();
    }

    /**
     * Waits until nothing of it is left.
     *
     * @return false if it still was not after that time
     */
    boolean await(Duration time) throws InterruptedException {
        return thread.join(time);
    }
}
