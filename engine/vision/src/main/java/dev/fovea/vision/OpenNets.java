package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import java.util.HashMap;
import java.util.Map;

/** The best network of a store for each task, opened when first asked for. */
final class OpenNets implements Nets, AutoCloseable {
    /** What was asked for. */
    private record Wish(String task, Class<?> in, Class<?> out) {}

    private final ModelStore store;
    private final Map<Wish, Net<?, ?>> open = new HashMap<>();
    private boolean closed;

    OpenNets(ModelStore store) {
        this.store = store;
    }

    @Override
    @SuppressWarnings("unchecked") // the wish names the types
    public synchronized <I extends Record, O extends Record> Stage<I, O> of(String task, Class<I> in, Class<O> out) {
        if (closed) {
            throw new IllegalStateException("this eye was closed and sees nothing new; open another");
        }
        return (Net<I, O>) open.computeIfAbsent(new Wish(task, in, out), wish -> store.open(task, in, out));
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(Net::close);
        open.clear();
    }
}
