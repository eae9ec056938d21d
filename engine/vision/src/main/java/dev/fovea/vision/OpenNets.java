package dev.fovea.vision;

import dev.fovea.BadInput;
import dev.fovea.Stage;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The best network of a store for each task, opened when first asked for. */
final class OpenNets implements Nets, AutoCloseable {
    /** What was asked for: the best for a task, or the one of a name. */
    private record Wish(String what, boolean byName, Class<?> in, Class<?> out) {}

    private final ModelStore store;
    private final Map<Wish, Net<?, ?>> open = new HashMap<>();
    private boolean closed;

    OpenNets(ModelStore store) {
        this.store = store;
    }

    @Override
    public <I extends Record, O extends Record> Stage<I, O> of(String task, Class<I> in, Class<O> out) {
        return net(new Wish(task, false, in, out), () -> store.open(task, in, out));
    }

    @Override
    public <I extends Record, O extends Record> Stage<I, O> named(String name, Class<I> in, Class<O> out) {
        return net(new Wish(name, true, in, out), () -> Net.open(store.named(name), in, out));
    }

    @Override
    public String best(String task) {
        return store.best(task)
                .orElseThrow(
                        () -> new BadInput("The class path", "has no model for " + task, "add the jar that brings it"))
                .name();
    }

    @SuppressWarnings("unchecked") // the wish names the types
    private synchronized <I extends Record, O extends Record> Net<I, O> net(Wish wish, Supplier<Net<I, O>> opened) {
        if (closed) {
            throw new IllegalStateException("this eye was closed and sees nothing new; open another");
        }
        return (Net<I, O>) open.computeIfAbsent(wish, w -> opened.get());
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(Net::close);
        open.clear();
    }
}
