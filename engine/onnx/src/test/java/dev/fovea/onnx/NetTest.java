package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.model.Binding;
import dev.fovea.model.Model;
import dev.fovea.model.Net;
import dev.fovea.model.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks as functions between records. */
class NetTest {
    record X(float[] x) {}

    record Y(float[] y) {}

    @TempDir
    Path folder;

    @Test
    void aNetworkIsAFunction() {
        try (var net = open(Onnx.relu(1, 4), X.class, Y.class)) {
            assertThat(net.apply(new X(new float[] {-1, 2, -3, 4})).y()).containsExactly(0, 2, 0, 4);
            assertThat(net.inputs()).hasToString("[x float[1, 4]]");
        }
    }

    @Test
    void anArrayFillsTheOneOpenDimension() {
        try (var net = open(Onnx.relu(-1, 2), X.class, Y.class)) {
            assertThat(net.apply(new X(new float[] {-1, 2, -3, 4})).y()).containsExactly(0, 2, 0, 4);
            assertThat(net.apply(new X(new float[] {-1, 2})).y()).containsExactly(0, 2);
            assertThat(net.apply(new X(new float[0])).y()).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> net.apply(new X(new float[3])))
                    .withMessageContaining("3 values")
                    .withMessageContaining("[?, 2]");
        }
    }

    @Test
    void aTensorBringsItsShape() {
        record In(Tensor.Floats x) {}
        record Out(Tensor.Floats y) {}
        try (var net = open(Onnx.relu(1, -1, -2), In.class, Out.class)) {
            for (int height = 1; height < 5; height++) {
                Tensor.Floats y = net.apply(new In(new Tensor.Floats(new float[3 * height], 1, height, 3)))
                        .y();
                assertThat(y.shape()).containsExactly(1, height, 3);
                assertThat(y.values()).hasSize(3 * height);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> net.apply(new In(new Tensor.Floats(new float[4], 2, 2, 1))))
                    .withMessageContaining("[2, 2, 1]")
                    .withMessageContaining("[1, ?, ?]");
        }
    }

    @Test
    void aBindingFixesWhatTheNetworkLeavesOpen() {
        record In(
                @Binding(
                        value = "x",
                        shape = {1, 2, 2})
                float[] picture) {}
        try (var net = open(Onnx.relu(1, -1, -2), In.class, Y.class)) {
            assertThat(net.apply(new In(new float[] {-1, 2, -3, 4})).y()).containsExactly(0, 2, 0, 4);
        }
    }

    @Test
    void anOutputThatIsNotWhatTheCodeCountsOnIsRefused() {
        record Out(@Binding(shape = {1, 2}) float[] y) {}
        try (var net = open(Onnx.relu(-1, 2), X.class, Out.class)) {
            assertThat(net.apply(new X(new float[2])).y()).hasSize(2);
            assertThatThrownBy(() -> net.apply(new X(new float[4])))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("[2, 2] instead of y float[1, 2]");
        }
    }

    @Test
    void bytesAndLongsPassThrough() {
        record Bytes(byte[] x) {}
        record BytesOut(byte[] y) {}
        byte[] bytes = Onnx.network("Identity", Onnx.value("x", Onnx.UINT8, 3), Onnx.value("y", Onnx.UINT8, 3));
        try (var net = open(bytes, Bytes.class, BytesOut.class)) {
            assertThat(net.apply(new Bytes(new byte[] {0, 127, -1})).y()).containsExactly(0, 127, -1);
        }
        record Longs(long[] x) {}
        record LongsOut(Tensor.Longs y) {}
        byte[] longs = Onnx.network("Identity", Onnx.value("x", Onnx.INT64, -1), Onnx.value("y", Onnx.INT64, -1));
        try (var net = open(longs, Longs.class, LongsOut.class)) {
            assertThat(net.apply(new Longs(new long[] {Long.MIN_VALUE, 7})).y().values())
                    .containsExactly(Long.MIN_VALUE, 7);
        }
    }

    @Test
    void resultsBelongToTheCaller() {
        try (var net = open(Onnx.relu(1, 2), X.class, Y.class)) {
            float[] first = net.apply(new X(new float[] {1, 2})).y();
            net.apply(new X(new float[] {3, 4}));
            assertThat(first).containsExactly(1, 2);
        }
    }

    @Test
    void manyThreadsShareOneNetwork() {
        try (var net = open(Onnx.relu(1, 4), X.class, Y.class)) {
            var wrong = new ConcurrentLinkedQueue<Float>();
            Work.rows(2000, 10, (from, to) -> {
                for (int i = from; i < to; i++) {
                    float[] y = net.apply(new X(new float[] {i, -i, i, 1})).y();
                    if (y[0] != i || y[1] != 0 || y[3] != 1) {
                        wrong.add(y[0]);
                    }
                }
            });
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void weightsOfAnotherModelAreRefusedWithBothShapes() {
        record In(@Binding(shape = {1, 3, 8, 8}) float[] x) {}
        refused(Onnx.relu(1, 1, 8, 8), In.class, Y.class, "[1, 1, 8, 8]", "[1, 3, 8, 8]");
        refused(Onnx.relu(1, -1, 4, 8), In.class, Y.class, "[1, ?, 4, 8]", "[1, 3, 8, 8]");
        record Out(@Binding(shape = {1, 5}) float[] y) {}
        refused(Onnx.relu(1, 4), X.class, Out.class, "[1, 4]", "[1, 5]");
        record Named(float[] picture) {}
        refused(Onnx.relu(1, 4), Named.class, Y.class, "picture", "x float[1, 4]");
        record Boxes(float[] boxes) {}
        refused(Onnx.relu(1, 4), X.class, Boxes.class, "boxes", "y float[1, 4]");
        record Nothing() {}
        refused(Onnx.relu(1, 4), Nothing.class, Y.class, "x float[1, 4]");
        byte[] ints = Onnx.network("Identity", Onnx.value("x", Onnx.INT32, 3), Onnx.value("y", Onnx.INT32, 3));
        refused(ints, X.class, Y.class, "x other[3]", "x float[3]");
    }

    @Test
    void aRecordThatCannotBelongToAnyNetworkIsTheCallersMistake() {
        record Text(String x) {}
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Onnx.relu(1, 4), Text.class, Y.class))
                .withMessageContaining("float[]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Onnx.relu(1, -1, -2), X.class, Y.class))
                .withMessageContaining("Tensor");
    }

    @Test
    void aClosedNetworkSaysSo() {
        var net = open(Onnx.relu(1, 4), X.class, Y.class);
        net.close();
        net.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> net.apply(new X(new float[4])))
                .withMessageContaining("net")
                .withMessageContaining("closed");
    }

    @Test
    void aCallMayUseMoreThreads() {
        Model model = model(Onnx.relu(1, 4));
        try (var net = Net.open(model, X.class, Y.class, 2)) {
            assertThat(net.apply(new X(new float[] {-1, 2, -3, 4})).y()).containsExactly(0, 2, 0, 4);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Net.open(model, X.class, Y.class, 0));
    }

    private void refused(byte[] weights, Class<? extends Record> in, Class<? extends Record> out, String... words) {
        assertThatThrownBy(() -> open(weights, in, out))
                .isInstanceOf(BadInput.class)
                .message()
                .contains("net.onnx")
                .contains(words);
    }

    private <I extends Record, O extends Record> Net<I, O> open(byte[] weights, Class<I> in, Class<O> out) {
        return Net.open(model(weights), in, out);
    }

    private Model model(byte[] weights) {
        try {
            return Model.of(Files.write(folder.resolve("net.onnx"), weights));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
