package dev.fovea.vision;

import dev.fovea.BadInput;
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
     * @throws BadInput if there is none, or its tensors are not those of the records
     */
    <I extends Record, O extends Record> Stage<I, O> of(String task, Class<I> in, Class<O> out);

    /**
     * The network of a name: one of several for a task, such as a public one.
     *
     * @throws BadInput if it is not here, or its tensors are not those of the records
     */
    default <I extends Record, O extends Record> Stage<I, O> named(String name, Class<I> in, Class<O> out) {
        throw new BadInput("The model " + name, "is not here", "ask an eye that was opened with a store of models");
    }

    /**
     * The name of the best network for a task.
     *
     * @throws BadInput if there is none
     */
    default String best(String task) {
        throw new BadInput("The eye", "has no network for " + task, "ask one that was opened with a store of models");
    }
}
