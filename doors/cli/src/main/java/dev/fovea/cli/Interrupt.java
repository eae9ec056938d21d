package dev.fovea.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: work is asked to stop, and the process ends only when it has cleaned up behind itself. */
final class Interrupt {
    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean asked;

    /** One that listens to the process's signals. */
    static Interrupt hooked() {
        var interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(new Thread(interrupt::stop, "fovea-interrupt"));
        return interrupt;
    }

    /** Whether work should stop. */
    boolean asked() {
        return asked;
    }

    /** Asks work to stop. */
    void ask() {
        asked = true;
    }

    /** Tells that nothing is left to clean up. */
    void finished() {
        finished.countDown();
    }

    private void stop() {
        ask();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return; // a step without a check hangs: better to end than to keep a person waiting
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
