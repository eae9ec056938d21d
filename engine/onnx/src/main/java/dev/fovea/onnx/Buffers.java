package dev.fovea.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.TensorInfo;
import dev.fovea.model.Element;
import dev.fovea.model.Tensor;
import dev.fovea.model.TensorSpec;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Memory outside the heap for one call at a time: inputs of one set of shapes, and those outputs whose shape is known beforehand. The
 * runtime makes the others itself.
 */
final class Buffers implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    /** An output that promises more values than this is not believed before it is there. */
    private static final long MOST_PINNED = 1L << 24;

    /** Calls with more values than this give back what they need: else one large picture would stay paid for. */
    private static final long MOST_KEPT = 1L << 22;

    /** A tensor over memory that we own. */
    private record Slot(TensorSpec spec, ByteBuffer bytes, OnnxTensor tensor) {}

    private final Arena arena = Arena.ofShared();
    private final List<Slot> inputs = new ArrayList<>();
    private final List<String> wanted;
    private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    private final Map<String, Slot> pinned = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> targets = new LinkedHashMap<>();
    private final Set<String> others;

    private Buffers(List<String> wanted) {
        this.wanted = wanted;
        this.others = new HashSet<>(wanted);
    }

    /** Memory for calls with inputs of the shapes of some values. */
    static Buffers of(
            OrtEnvironment environment,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs,
            List<Tensor> values,
            List<String> wanted)
            throws OrtException {
        var buffers = new Buffers(wanted);
        try {
            for (int i = 0; i < inputs.size(); i++) {
                buffers.feed(environment, inputs.get(i), values.get(i));
            }
            for (TensorSpec spec : outputs) {
                if (wanted.contains(spec.name()) && spec.size() <= MOST_PINNED) {
                    buffers.pin(environment, spec);
                }
            }
            return buffers;
        } catch (OrtException | RuntimeException e) {
            buffers.close();
            throw e;
        }
    }

    /** Whether a call with these values can use this memory. */
    boolean fit(List<Tensor> values, List<String> names) {
        if (names != wanted || values.size() != inputs.size()) {
            return false;
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (!Arrays.equals(inputs.get(i).spec.shape(), values.get(i).shape())) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is too much to be kept for the next call. */
    boolean large() {
        return inputs.stream().mapToLong(slot -> slot.spec.size()).sum() > MOST_KEPT;
    }

    /**
     * One call.
     *
     * @param shrink whether the runtime shall give back memory that it does not use any more
     */
    List<Tensor> run(OrtSession session, List<Tensor> values, boolean shrink) throws OrtException {
        for (int i = 0; i < inputs.size(); i++) {
            write(values.get(i), inputs.get(i).bytes);
        }
        if (!shrink) {
            return results(session.run(fed, others, targets));
        }
        try (var options = new RunOptions()) {
            options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
            return results(session.run(fed, others, targets, options));
        }
    }

    private List<Tensor> results(OrtSession.Result made) {
        try (OrtSession.Result result = made) {
            var tensors = new Tensor[wanted.size()];
            for (int i = 0; i < tensors.length; i++) {
                Slot slot = pinned.get(wanted.get(i));
                tensors[i] = slot != null
                        ? read(slot.spec.element(), slot.bytes, slot.spec.shape())
                        : made(result.get(wanted.get(i)).orElseThrow());
            }
            return List.of(tensors);
        }
    }

    @Override
    public void close() {
        fed.values().forEach(OnnxTensor::close);
        targets.values().forEach(OnnxTensor::close);
        arena.close();
    }

    private void feed(OrtEnvironment environment, TensorSpec spec, Tensor value) throws OrtException {
        Slot slot = slot(environment, new TensorSpec(spec.name(), spec.element(), value.shape()));
        inputs.add(slot);
        fed.put(spec.name(), slot.tensor);
    }

    private void pin(OrtEnvironment environment, TensorSpec spec) throws OrtException {
        Slot slot = slot(environment, spec);
        pinned.put(spec.name(), slot);
        targets.put(spec.name(), slot.tensor);
        others.remove(spec.name());
    }

    private Slot slot(OrtEnvironment environment, TensorSpec spec) throws OrtException {
        long[] shape = Arrays.stream(spec.shape()).asLongStream().toArray();
        ByteBuffer bytes = arena.allocate(spec.size() * width(spec.element()), ALIGNMENT)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        return new Slot(spec, bytes, tensor(environment, spec.element(), bytes, shape));
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Element element, ByteBuffer bytes, long[] shape)
            throws OrtException {
        return switch (element) {
            case FLOAT -> OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape);
            case BYTE -> OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
            case LONG -> OnnxTensor.createTensor(environment, bytes.asLongBuffer(), shape);
            case OTHER -> throw new IllegalStateException("no record can ask for such a tensor");
        };
    }

    private static int width(Element element) {
        return switch (element) {
            case FLOAT -> Float.BYTES;
            case BYTE -> Byte.BYTES;
            case LONG -> Long.BYTES;
            case OTHER -> throw new IllegalStateException("no record can ask for such a tensor");
        };
    }

    private static void write(Tensor value, ByteBuffer bytes) {
        switch (value) {
            case Tensor.Floats t -> bytes.asFloatBuffer().put(t.values());
            case Tensor.Bytes t -> bytes.duplicate().put(t.values());
            case Tensor.Longs t -> bytes.asLongBuffer().put(t.values());
        }
    }

    private static Tensor read(Element element, ByteBuffer bytes, int[] shape) {
        int size = Math.toIntExact(bytes.capacity() / width(element));
        return switch (element) {
            case FLOAT -> {
                var values = new float[size];
                bytes.asFloatBuffer().get(values);
                yield new Tensor.Floats(values, shape);
            }
            case BYTE -> {
                var values = new byte[size];
                bytes.duplicate().get(values);
                yield new Tensor.Bytes(values, shape);
            }
            case LONG -> {
                var values = new long[size];
                bytes.asLongBuffer().get(values);
                yield new Tensor.Longs(values, shape);
            }
            case OTHER -> throw new IllegalStateException("no record can ask for such a tensor");
        };
    }

    /** A tensor that the runtime made: its own copy methods give arrays on the heap. */
    private static Tensor made(OnnxValue value) {
        var tensor = (OnnxTensor) value;
        TensorInfo info = tensor.getInfo();
        int[] shape = OnnxSession.shape(info.getShape());
        boolean empty = info.getNumElements() == 0;
        return switch (OnnxSession.element(info)) {
            case FLOAT ->
                new Tensor.Floats(empty ? new float[0] : tensor.getFloatBuffer().array(), shape);
            case BYTE ->
                new Tensor.Bytes(empty ? new byte[0] : tensor.getByteBuffer().array(), shape);
            case LONG ->
                new Tensor.Longs(empty ? new long[0] : tensor.getLongBuffer().array(), shape);
            case OTHER -> throw new IllegalStateException("no record can ask for such a tensor");
        };
    }
}
