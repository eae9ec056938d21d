package dev.fovea.server;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The jobs of a studio. They begin in the order they came, as many at once as there are processors and as the memory that they said they
 * need allows; those that are done are forgotten, with their files, when nobody has asked for them for a while.
 */
final class Jobs implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SWEEP_SECONDS = 5;

    private final Settings.Limits limits;
    private final Workbench bench;
    private final int together = Runtime.getRuntime().availableProcessors();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final List<Job> running = new ArrayList<>();
    private final Deque<Job> portraits = new ArrayDeque<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fovea-sweep").factory());
    private long taken;
    private boolean closed;

    Jobs(Settings.Limits limits, Workbench bench) {
        this.limits = limits;
        this.bench = bench;
        var unused = sweeper.scheduleWithFixedDelay(
                () -> sweep(Instant.now()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** A name that nobody guesses. */
    static String unguessable() {
        var bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Refuses a client before anything of it is read, if there are too many jobs already.
     *
     * @param bytes that it is about to send
     */
    synchronized void admit(String client, long bytes) {
        if (closed) {
            throw new Trouble.Refused(Trouble.FULL, "The studio is closing.");
        }
        if (waiting.stream().filter(j -> j.client().equals(client)).count() >= limits.each()) {
            throw new Trouble.Refused(
                    Trouble.TOO_MANY,
                    "You have " + limits.each() + " jobs waiting already; try again when some are done.");
        }
        if (waiting.size() >= limits.waiting()) {
            throw new Trouble.Refused(
                    Trouble.FULL, "There are " + waiting.size() + " jobs waiting already; try again in a minute.");
        }
        if (bytes > limits.requestBytes()) {
            throw new Trouble.Refused(
                    Trouble.TOO_LARGE,
                    "These files have " + (bytes >> 20) + " MiB, more than the " + (limits.requestBytes() >> 20)
                            + " MiB that the studio takes at once.");
        }
        if (taken + bytes > limits.diskBytes() || bytes > bench.free() / 2) {
            throw new Trouble.Refused(
                    Trouble.FULL, "There is no room for " + (bytes >> 20) + " MiB more; try again when jobs are done.");
        }
    }

    /** Lets a job wait for its turn. */
    synchronized void add(Job job) {
        if (job.memory() > limits.memoryBytes()) {
            throw new Trouble.Refused(
                    Trouble.TOO_LARGE,
                    "This may need " + (job.memory() >> 20) + " MiB of memory, and the studio may use "
                            + (limits.memoryBytes() >> 20)
                            + "; use fewer or smaller pictures, or start it with more, as in FOVEA_OPTS=-Xmx8g.");
        }
        admit(job.client(), 0);
        jobs.put(job.id(), job);
        waiting.add(job);
        taken += job.bytes();
        next();
    }

    /** Starts those whose turn it is. The first in the queue is never overtaken: a large one would wait for ever. */
    private void next() {
        long used = running.stream().mapToLong(Job::memory).sum();
        while (!waiting.isEmpty()
                && running.size() < together
                && (running.isEmpty() || used + waiting.element().memory() <= limits.memoryBytes())) {
            Job job = waiting.remove();
            running.add(job);
            used += job.memory();
            Thread.ofPlatform().daemon().name("fovea-job-" + job.id()).start(() -> run(job));
        }
        int place = 1;
        for (Job job : waiting) {
            job.position(place++);
        }
    }

    private void run(Job job) {
        try {
            job.run();
        } finally {
            ended(job);
        }
    }

    private synchronized void ended(Job job) {
        running.remove(job);
        if (job.portrait()) {
            ready(job);
        }
        if (!jobs.containsKey(job.id())) {
            forgotten(job);
        }
        next();
    }

    /** Keeps the portraits that were used last in memory. */
    private void ready(Job job) {
        portraits.remove(job);
        portraits.addFirst(job);
        while (portraits.size() > limits.portraits()) {
            portraits.removeLast().rest();
        }
    }

    /**
     * The job of that name.
     *
     * @throws Trouble.Refused if there is none, or none any more
     */
    synchronized Job find(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw new Trouble.Refused(Trouble.UNKNOWN, "There is no such job, or it has been forgotten; ask anew.");
        }
        if (portraits.contains(job)) {
            ready(job);
        }
        return job;
    }

    /** Stops a job and forgets it with all its files. */
    synchronized void forget(String id) {
        Job job = find(id);
        jobs.remove(id);
        job.cancel();
        if (waiting.remove(job) || !running.contains(job)) {
            forgotten(job);
        }
        next();
    }

    private void forgotten(Job job) {
        taken -= job.bytes();
        portraits.remove(job);
        Workbench.delete(job.folder());
    }

    /** Forgets what nobody has asked for. */
    synchronized void sweep(Instant now) {
        for (Job job : List.copyOf(jobs.values())) {
            if (job.state().ended() && job.expires(limits.keep()).isBefore(now)) {
                forget(job.id());
            }
        }
    }

    /** How long files are kept. */
    Duration keep() {
        return limits.keep();
    }

    /** How many wait and run. */
    synchronized int busy() {
        return waiting.size() + running.size();
    }

    @Override
    public void close() {
        List<Job> all;
        synchronized (this) {
            closed = true;
            waiting.forEach(Job::cancel);
            waiting.clear();
            all = List.copyOf(running);
            all.forEach(Job::cancel);
        }
        sweeper.shutdownNow();
        all.forEach(job -> job.await(Duration.ofSeconds(10)));
    }
}
