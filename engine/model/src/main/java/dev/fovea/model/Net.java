package dev.fovea.model;

import dev.fovea.BadInput;
import dev.fovea.Stage;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

/**
 * A network as a function from a record to a record. The components are its inputs and outputs by name: {@code float[]}, {@code byte[]}
 * or {@code long[]} where a shape is known when the network is opened (one open input dimension, such as the batch, is worked out from
 * the array's length), or a {@link Tensor} that brings its shape. All inputs must be there; outputs that nobody asks for are not
 * computed. Names and shapes can be pinned by {@link Binding}.
 *
 * <p>Any number of threads may share one network; by default each call runs in its caller's thread alone. In which numbers it computes,
 * and on what, the {@link Plan} of this machine says where there is one. It holds memory outside the heap until it is closed.
 *
 * @param <I> the inputs
 * @param <O> the outputs
 */
public final class Net<I extends Record, O extends Record> implements Stage<I, O>, AutoCloseable {
    private final Model model;
    private final NetRuntime.Session session;
    private final Variant variant;
    private final Ports<I> in;
    private final Ports<O> out;
    private final StampedLock open = new StampedLock();
    private boolean closed;

    private Net(Model model, Plan.Opened opened, Ports<I> in, Ports<O> out) {
        this.model = model;
        this.session = opened.session();
        this.variant = opened.variant();
        this.in = in;
        this.out = out;
    }

    /**
     * Opens a network that runs each call in its caller's thread, in the way that the plan of this machine says where there is one.
     *
     * @throws BadInput if the weights are missing, damaged or altered, or if their tensors are not those of the records, naming both
     * @throws IllegalStateException if the class path has no {@link NetRuntime}
     */
    public static <I extends Record, O extends Record> Net<I, O> open(Model model, Class<I> in, Class<O> out) {
        return open(model, in, out, 1);
    }

    /**
     * As above.
     *
     * @param threads how many threads one call may use; more than 1 starts threads that live as long as the network
     */
    public static <I extends Record, O extends Record> Net<I, O> open(
            Model model, Class<I> in, Class<O> out, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", but must be at least 1");
        }
        Plan.Opened opened = opened(runtime(), model, threads);
        try {
            Ports<I> inputs = Ports.inputs(in, opened.session().inputs(), model.source());
            Ports<O> outputs = Ports.outputs(out, opened.session().outputs(), model.source());
            return new Net<>(model, opened, inputs, outputs);
        } catch (RuntimeException e) {
            opened.session().close();
            throw e;
        }
    }

    private static Plan.Opened opened(NetRuntime runtime, Model model, int threads) {
        byte[] weights = model.weights();
        return model.plan()
                .flatMap(plan -> plan.open(runtime, model.source(), weights, threads))
                .orElseGet(
                        () -> new Plan.Opened(runtime.open(model.source(), weights, threads), Variant.plain(threads)));
    }

    /**
     * Runs the network once.
     *
     * @throws IllegalArgumentException if an array does not have as many values as its shape
     * @throws IllegalStateException if the network was closed
     */
    @Override
    public O apply(I values) {
        List<Tensor> tensors = in.tensors(values);
        Tape.hear(model, tensors);
        long stamp = open.readLock();
        try {
            if (closed) {
                throw new IllegalStateException(
                        "the network " + model.name() + " was closed and cannot be used any more");
            }
            return out.record(session.run(tensors, out.names()));
        } finally {
            open.unlockRead(stamp);
        }
    }

    /** What was opened. */
    public Model model() {
        return model;
    }

    /** How it is run. */
    public Variant variant() {
        return variant;
    }

    /** The network's inputs as this network takes them, in the order of the record's components. */
    public List<TensorSpec> inputs() {
        return in.specs();
    }

    /** The network's outputs as they are given, in the order of the record's components. */
    public List<TensorSpec> outputs() {
        return out.specs();
    }

    /** Gives back what the network holds, after calls that still run have ended. Closing twice does nothing. */
    @Override
    public void close() {
        long stamp = open.writeLock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } finally {
            open.unlockWrite(stamp);
        }
    }

    static NetRuntime runtime() {
        return NetRuntime.found()
                .orElseThrow(() -> new IllegalStateException(
                        "Nothing on the class path can run networks; add dev.fovea:fovea-onnx to the dependencies."));
    }
}
