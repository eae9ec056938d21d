package dev.fovea.server;

import dev.fovea.Json;
import dev.fovea.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An order on its way: waits, runs, and is done, failed or cancelled. Whoever listens hears of every change. */
final class Job implements Work.Listener {
    /** Where a job is. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        boolean ended() {
            return compareTo(RUNNING) > 0;
        }
    }

    private final String id;
    private final String client;
    private final Service service;
    private final Path folder;
    private final Supplier<Order> order;
    private final long memory;
    private final long bytes;
    private State state = State.WAITING;
    private int position;
    private String step = "";
    private double fraction;
    private long begun;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private @Nullable Trouble trouble;
    private @Nullable Outcome outcome;
    private Instant used = Instant.now();
    private boolean asked;
    private long version;

    /**
     * @param order worked out when its turn comes: samples are rendered then
     * @param bytes that its inputs take on disk
     * @param memory bytes of heap that it needs at most
     */
    Job(String id, String client, Service service, Path folder, Supplier<Order> order, long bytes, long memory) {
        this.id = id;
        this.client = client;
        this.service = service;
        this.folder = folder;
        this.order = order;
        this.memory = memory;
        this.bytes = bytes;
    }

    String id() {
        return id;
    }

    String client() {
        return client;
    }

    Path folder() {
        return folder;
    }

    /** Bytes of heap that it needs at most. */
    long memory() {
        return memory;
    }

    synchronized State state() {
        return state;
    }

    /** Does the work, on the calling thread. */
    void run() {
        if (!begin()) {
            return;
        }
        try {
            Outcome done = Work.run(this, () -> service.serve(order.get()));
            end(State.DONE, done, null);
        } catch (Throwable e) {
            Trouble what = Trouble.of(e);
            end(what.status() == Trouble.CANCELLED ? State.CANCELLED : State.FAILED, null, what);
        }
    }

    private synchronized boolean begin() {
        if (state != State.WAITING) {
            return false;
        }
        state = State.RUNNING;
        changed();
        return true;
    }

    private synchronized void end(State how, @Nullable Outcome done, @Nullable Trouble what) {
        turn("", System.nanoTime());
        state = how;
        outcome = done;
        trouble = what;
        fraction = 1;
        used = Instant.now();
        changed();
    }

    @Override
    public synchronized void step(String name, double part) {
        boolean entered = !name.equals(step);
        if (entered) {
            turn(name, System.nanoTime());
        }
        if (entered || Math.abs(part - fraction) >= 0.01) {
            fraction = Math.clamp(part, 0, 1);
            changed();
        }
    }

    private void turn(String name, long now) {
        if (!step.isEmpty()) {
            seconds.merge(step, (now - begun) / 1e9, Double::sum);
        }
        step = name;
        begun = now;
        fraction = 0;
    }

    @Override
    public synchronized boolean cancelled() {
        return asked;
    }

    /** Stops it soon; one that waits at once. */
    synchronized void cancel() {
        asked = true;
        if (state == State.WAITING) {
            end(State.CANCELLED, null, Trouble.of(new dev.fovea.Cancelled()));
        }
    }

    /** Its place in the queue, from 1. */
    synchronized void position(int place) {
        if (state == State.WAITING && place != position) {
            position = place;
            changed();
        }
    }

    /** When it is forgotten unless somebody asks for it. */
    synchronized Instant expires(Duration keep) {
        return used.plus(keep);
    }

    /** Its outcome; none while it is not done. Being asked for, it lives longer. */
    synchronized Optional<Outcome> outcome() {
        used = Instant.now();
        return Optional.ofNullable(outcome);
    }

    /** Bytes of its inputs. */
    long bytes() {
        return bytes;
    }

    /** Whether it is a portrait, which answers more questions. */
    synchronized boolean portrait() {
        return outcome != null && outcome.portrait().isPresent();
    }

    /** Lets a portrait's memory go. */
    synchronized void rest() {
        if (outcome != null) {
            outcome.portrait().ifPresent(Portrait::rest);
        }
    }

    /** Waits until it has ended, at most so long. */
    synchronized void await(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toMillis(); !state.ended() && left > 0; ) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed() {
        version++;
        notifyAll();
    }

    /** A state with the number that tells it from older ones. */
    record Seen(long version, boolean last, String json) {}

    /** The state, once it is newer than the one known; the same one if nothing happens for a while. */
    synchronized Seen after(long known, Duration patience, Duration keep) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); version <= known && left > 0; ) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
        return new Seen(version, state.ended(), json(keep));
    }

    /** The job as its client sees it. */
    synchronized String json(Duration keep) {
        used = Instant.now();
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("id", id);
        told.put("service", service.name());
        told.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
        told.put("position", state == State.WAITING ? position : 0);
        told.put("step", step);
        told.put("fraction", Math.round(1000 * fraction) / 1000.0);
        told.put("seconds", rounded());
        told.put("error", trouble);
        Optional<Outcome> done = Optional.ofNullable(outcome);
        told.put(
                "files",
                done.map(o -> o.files().stream().map(this::told).toList()).orElse(List.of()));
        told.put("report", done.map(Outcome::report));
        told.put("portrait", done.flatMap(Outcome::portrait).isPresent());
        told.put("command", done.map(Outcome::command).orElse(""));
        told.put("java", done.map(Outcome::java).orElse(""));
        told.put("expires", expires(keep));
        return Trouble.FOLDERS.apply(Json.of(told));
    }

    private Map<String, Double> rounded() {
        var some = new LinkedHashMap<String, Double>();
        seconds.forEach((name, s) -> some.put(name, Math.round(1000 * s) / 1000.0));
        return some;
    }

    private Map<String, Object> told(Output file) {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", file.name());
        told.put("url", "/api/jobs/" + id + "/files/" + file.name());
        told.put("role", file.role().name().toLowerCase(java.util.Locale.ROOT));
        told.put("type", file.type());
        told.put("width", file.width());
        told.put("height", file.height());
        told.put("bytes", file.file().toFile().length());
        return told;
    }
}
