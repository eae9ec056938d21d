package dev.fovea.model;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The Java types that a component of a network's record may have. */
enum Kind {
    FLOAT_ARRAY(float[].class, Element.FLOAT),
    BYTE_ARRAY(byte[].class, Element.BYTE),
    LONG_ARRAY(long[].class, Element.LONG),
    FLOATS(Tensor.Floats.class, Element.FLOAT),
    BYTES(Tensor.Bytes.class, Element.BYTE),
    LONGS(Tensor.Longs.class, Element.LONG);

    private final Class<?> type;
    private final Element element;

    Kind(Class<?> type, Element element) {
        this.type = type;
        this.element = element;
    }

    /** @throws IllegalArgumentException if the component is neither an array nor a tensor */
    static Kind of(RecordComponent component) {
        return Arrays.stream(values())
                .filter(kind -> kind.type == component.getType())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(component
                        + " cannot be a network's; use float[], byte[], long[] or one of the records of Tensor"));
    }

    Element element() {
        return element;
    }

    /** Whether values come without a shape. */
    boolean array() {
        return type.isArray();
    }

    /** A component's value with its shape, checked against what the network takes. */
    Tensor tensor(Object value, TensorSpec spec) {
        Tensor tensor = switch (value) {
            case float[] v -> new Tensor.Floats(v, filled(spec, v.length));
            case byte[] v -> new Tensor.Bytes(v, filled(spec, v.length));
            case long[] v -> new Tensor.Longs(v, filled(spec, v.length));
            case Tensor t -> t;
            default -> throw new IllegalStateException("not a tensor: " + value.getClass());
        };
        if (!Shapes.allows(spec.shape(), tensor.shape())) {
            throw new IllegalArgumentException(
                    "the input is " + Shapes.text(tensor.shape()) + ", but the network takes " + spec);
        }
        return tensor;
    }

    /** A tensor as a component's value. */
    Object value(Tensor tensor) {
        if (!array()) {
            return tensor;
        }
        return switch (tensor) {
            case Tensor.Floats t -> t.values();
            case Tensor.Bytes t -> t.values();
            case Tensor.Longs t -> t.values();
        };
    }

    /** The shape that so many values have: what is open follows from their number. */
    private static int[] filled(TensorSpec spec, int values) {
        if (spec.fixed()) {
            return matching(spec, spec.shape(), values);
        }
        long known = Shapes.size(Arrays.stream(spec.shape())
                .map(n -> n == TensorSpec.ANY ? 1 : n)
                .toArray());
        int open = known == 0 ? 0 : (int) (values / known);
        return matching(
                spec,
                Arrays.stream(spec.shape())
                        .map(n -> n == TensorSpec.ANY ? open : n)
                        .toArray(),
                values);
    }

    private static int[] matching(TensorSpec spec, int[] shape, int values) {
        if (Shapes.size(shape) != values) {
            throw new IllegalArgumentException("the input has " + values + " values, but the network takes " + spec);
        }
        return shape;
    }
}
