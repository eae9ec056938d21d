package dev.fovea.model;

/**
 * Values with a shape: row-major, the last dimension fastest. A component of a network's record is a tensor where its shape differs from
 * call to call, and a plain array where it does not. The arrays are not copied.
 */
public sealed interface Tensor {
    /** The dimensions, each at least 0; none for a single value. */
    int[] shape();

    /** Of what it is made. */
    Element element();

    /** How many values it holds. */
    int size();

    /** 32-bit floating point values. */
    record Floats(float[] values, int... shape) implements Tensor {
        /** @throws IllegalArgumentException if the shape has another number of values */
        public Floats {
            Shapes.check(values.length, shape);
        }

        @Override
        public Element element() {
            return Element.FLOAT;
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** Unsigned 8-bit integers. */
    record Bytes(byte[] values, int... shape) implements Tensor {
        /** @throws IllegalArgumentException if the shape has another number of values */
        public Bytes {
            Shapes.check(values.length, shape);
        }

        @Override
        public Element element() {
            return Element.BYTE;
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** 64-bit integers. */
    record Longs(long[] values, int... shape) implements Tensor {
        /** @throws IllegalArgumentException if the shape has another number of values */
        public Longs {
            Shapes.check(values.length, shape);
        }

        @Override
        public Element element() {
            return Element.LONG;
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
