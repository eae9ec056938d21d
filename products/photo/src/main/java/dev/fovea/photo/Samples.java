package dev.fovea.photo;

import dev.fovea.image.Cfa;
import dev.fovea.image.Frame;
import dev.fovea.image.Raw;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What the frames of a burst measured, sample by sample: nothing is interpolated. Values are white-balanced, so that grey is grey in all
 * colours.
 */
abstract sealed class Samples {
    private final int width;
    private final int height;
    private final Cfa cfa;
    private final float[] gains;
    private final DoubleUnaryOperator variance;

    private Samples(int width, int height, Cfa cfa, float[] gains, DoubleUnaryOperator variance) {
        this.width = width;
        this.height = height;
        this.cfa = cfa;
        this.gains = gains;
        this.variance = variance;
    }

    /**
     * Of sensor values.
     *
     * @param variance of the noise of normalised values
     */
    static Samples of(List<Raw> shots, DoubleUnaryOperator variance) {
        return new Mosaics(shots, variance);
    }

    /**
     * Of developed frames, interleaved.
     *
     * @param variance of the noise of display values
     */
    static Samples ofFrames(List<Frame> shots, DoubleUnaryOperator variance) {
        return new Developed(shots, variance);
    }

    final int width() {
        return width;
    }

    final int height() {
        return height;
    }

    /** Colours: 1 or 3. */
    final int colours() {
        return gains.length;
    }

    /** The mosaic, or {@link Cfa#NONE} if every sample has all colours. */
    final Cfa cfa() {
        return cfa;
    }

    /** What a colour's values are multiplied by. */
    final float gain(int colour) {
        return gains[colour];
    }

    /** The variance of a sample's noise where the picture has that value. */
    final double variance(int colour, double value) {
        double g = gains[colour];
        return g * g * variance.applyAsDouble(value / g);
    }

    /**
     * Reads a square of one frame: one plane if it is a mosaic, else a plane for each colour. What lies outside the frame or is saturated
     * is not a number.
     *
     * @param side length of the square, and of the rows of {@code out}
     */
    abstract void read(int frame, int x, int y, int side, float[][] out);

    /** Sensor values. */
    private static final class Mosaics extends Samples {
        private final List<Raw> shots;
        private final float[][] tables;

        Mosaics(List<Raw> shots, DoubleUnaryOperator variance) {
            Raw first = shots.getFirst();
            super(first.width(), first.height(), first.cfa(), first.colour().gains(), variance);
            this.shots = shots;
            this.tables = new float[cfa().mosaic() ? 4 : 3][65536];
            for (int p = 0; p < tables.length; p++) {
                float gain =
                        gain(cfa().mosaic() ? cfa().colourAt(p & 1, p >> 1) : p) / (first.white() - first.black(p));
                for (int i = 0; i < tables[p].length; i++) {
                    tables[p][i] = i < first.white() || first.white() > 65534 ? (i - first.black(p)) * gain : Float.NaN;
                }
            }
        }

        @Override
        void read(int frame, int x, int y, int side, float[][] out) {
            Raw raw = shots.get(frame);
            boolean mosaic = cfa().mosaic();
            for (int p = 0; p < (mosaic ? 1 : 3); p++) {
                short[] samples = raw.plane(p);
                for (int j = 0; j < side; j++) {
                    int row = y + j;
                    for (int i = 0; i < side; i++) {
                        int column = x + i;
                        boolean inside = row >= 0 && row < height() && column >= 0 && column < width();
                        float[] table = tables[mosaic ? (row & 1) * 2 + (column & 1) : p];
                        out[p][j * side + i] = inside ? table[samples[row * width() + column] & 0xFFFF] : Float.NaN;
                    }
                }
            }
        }
    }

    /** Display values. */
    private static final class Developed extends Samples {
        private final List<Frame> shots;
        private final boolean deep;

        Developed(List<Frame> shots, DoubleUnaryOperator variance) {
            Frame first = shots.getFirst();
            super(first.width(), first.height(), Cfa.NONE, ones(first.format().grey() ? 1 : 3), variance);
            this.shots = shots;
            this.deep = first.format() == Frame.Format.RGB16 || first.format() == Frame.Format.GREY16;
        }

        private static float[] ones(int n) {
            float[] ones = new float[n];
            java.util.Arrays.fill(ones, 1);
            return ones;
        }

        @Override
        void read(int frame, int x, int y, int side, float[][] out) {
            byte[] bytes = shots.get(frame).bytes();
            int n = colours();
            for (int j = 0; j < side; j++) {
                int row = y + j;
                for (int i = 0; i < side; i++) {
                    int column = x + i;
                    boolean inside = row >= 0 && row < height() && column >= 0 && column < width();
                    for (int p = 0; p < n; p++) {
                        out[p][j * side + i] = inside ? value(bytes, (row * width() + column) * n + p) : Float.NaN;
                    }
                }
            }
        }

        private float value(byte[] bytes, int i) {
            return deep ? ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] & 0xFF) << 8) / 65535f : (bytes[i] & 0xFF) / 255f;
        }
    }
}
