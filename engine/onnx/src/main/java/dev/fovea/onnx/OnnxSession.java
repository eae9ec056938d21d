package dev.fovea.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.fovea.BadInput;
import dev.fovea.model.Element;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.Tensor;
import dev.fovea.model.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An open network. Calls borrow their buffers from a pool that never holds more than the machine has processors. */
final class OnnxSession implements NetRuntime.Session {
    private final String source;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final ArrayBlockingQueue<Buffers> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    private final AtomicBoolean swollen = new AtomicBoolean();

    OnnxSession(String source, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.source = source;
        this.environment = environment;
        this.session = session;
        this.inputs = specs(session.getInputInfo().values());
        this.outputs = specs(session.getOutputInfo().values());
    }

    @Override
    public List<TensorSpec> inputs() {
        return inputs;
    }

    @Override
    public List<TensorSpec> outputs() {
        return outputs;
    }

    @Override
    public List<Tensor> run(List<Tensor> values, List<String> wanted) {
        try {
            Buffers buffers = borrowed(values, wanted);
            List<Tensor> results;
            try {
                // What a large call returns is the runtime's until it was copied: that memory goes back with the next
                // call.
                boolean shrink = buffers.large() | swollen.getAndSet(buffers.large());
                results = buffers.run(session, values, shrink);
            } catch (OrtException | RuntimeException e) {
                buffers.close();
                throw e;
            }
            if (buffers.large() || !idle.offer(buffers)) {
                buffers.close();
            }
            return results;
        } catch (OrtException e) {
            throw new BadInput(source, "failed: " + reason(e), "use other weights or another input", e);
        }
    }

    @Override
    public void close() {
        for (Buffers b; (b = idle.poll()) != null; ) {
            b.close();
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(source + " cannot be closed", e);
        }
    }

    private Buffers borrowed(List<Tensor> values, List<String> wanted) throws OrtException {
        @Nullable Buffers buffers = idle.poll();
        if (buffers != null && buffers.fit(values, wanted)) {
            return buffers;
        }
        if (buffers != null) {
            buffers.close();
        }
        return Buffers.of(environment, inputs, outputs, values, wanted);
    }

    private static List<TensorSpec> specs(Collection<NodeInfo> nodes) {
        var specs = new ArrayList<TensorSpec>();
        for (NodeInfo node : nodes) {
            specs.add(
                    node.getInfo() instanceof TensorInfo tensor && addressable(tensor)
                            ? new TensorSpec(node.getName(), element(tensor), shape(tensor.getShape()))
                            : new TensorSpec(node.getName(), Element.OTHER));
        }
        return List.copyOf(specs);
    }

    private static boolean addressable(TensorInfo tensor) {
        return Arrays.stream(tensor.getShape()).allMatch(n -> n <= Integer.MAX_VALUE);
    }

    static Element element(TensorInfo tensor) {
        return switch (tensor.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Element.FLOAT;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Element.BYTE;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Element.LONG;
            default -> Element.OTHER;
        };
    }

    static int[] shape(long[] dimensions) {
        return Arrays.stream(dimensions)
                .mapToInt(n -> n < 0 ? TensorSpec.ANY : Math.toIntExact(n))
                .toArray();
    }

    /** The runtime's complaint as one line without its error code and source position. */
    static String reason(OrtException e) {
        String first =
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        String plain =
                first.replaceFirst("^Error code - [A-Z_]+ - message: ", "").replaceFirst("[.]+$", "");
        return plain.length() > 300 ? plain.substring(0, 300) : plain;
    }
}
