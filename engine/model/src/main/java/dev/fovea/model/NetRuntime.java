package dev.fovea.model;

import dev.fovea.BadInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Runs networks: the service that fovea-onnx provides, found on the class path. */
public interface NetRuntime {
    /** The provider that is always there: the processor itself. */
    String PROCESSOR = "cpu";

    /** The one on the class path, if there is one. */
    static Optional<NetRuntime> found() {
        return ServiceLoader.load(NetRuntime.class, ClassPath.loader()).findFirst();
    }

    /** Its name and version. */
    String name();

    /**
     * Makes a network ready to run.
     *
     * @param source what to call the weights in complaints
     * @param weights the file's content
     * @param threads how many threads one call may use, its caller's included; at least 1
     * @throws dev.fovea.BadInput if the weights are damaged or need what this runtime has not
     */
    Session open(String source, byte[] weights, int threads);

    /** On what this runtime can compute here: {@link #PROCESSOR} first, then others such as {@code cuda}. */
    default List<String> providers() {
        return List.of(PROCESSOR);
    }

    /**
     * As above, on one of the {@link #providers}.
     *
     * @throws dev.fovea.BadInput also if the provider is not here or cannot run this network
     */
    default Session open(String source, byte[] weights, int threads, String provider) {
        if (!provider.equals(PROCESSOR)) {
            throw new BadInput(source, "cannot run on " + provider + ", which is not here", "run it on " + PROCESSOR);
        }
        return open(source, weights, threads);
    }

    /**
     * Makes networks that compute in integers of one that computes in floating point, calibrated on examples.
     *
     * @param source what to call the weights in complaints
     * @param weights the file's content
     * @param examples what the network is given, in the order of its inputs; at least one
     * @return the content of a file for each precision that makes sense for this network
     * @throws dev.fovea.BadInput if it cannot be done, saying why
     */
    default Map<Precision, byte[]> quantised(String source, byte[] weights, List<List<Tensor>> examples) {
        throw new BadInput(source, "cannot be made of integers by " + name(), "it stays as it is");
    }

    /** A network ready to run. Any number of threads may call {@link #run} at once; none does so during or after {@link #close}. */
    interface Session extends AutoCloseable {
        /** What goes in, in the network's order. */
        List<TensorSpec> inputs();

        /** What can come out, in the network's order. */
        List<TensorSpec> outputs();

        /**
         * Runs the network once.
         *
         * @param inputs one tensor for each of {@link #inputs}, of its element and an allowed shape
         * @param outputs the names of what is wanted
         * @return one tensor for each name, whose arrays belong to the caller
         */
        List<Tensor> run(List<Tensor> inputs, List<String> outputs);

        /** Gives back what the network holds of the system. */
        @Override
        void close();
    }
}
