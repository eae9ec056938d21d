package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.model.Net;

/** The networks that sights ask for, by task. Safe for any number of threads. */
public interface Nets {
    /**
     * The network for a task.
     *
     * @param task what it is for, as in {@code face-mesh}
     * @param in its inputs, as {@link Net} takes them
     * @param out its outputs
     * @throws dev.fovea.BadInput if there is none, or its tensors are not those of the records
     */
    <I extends Record, O extends Record> Stage<I, O> of(String task, Class<I> in, Class<O> out);
}
