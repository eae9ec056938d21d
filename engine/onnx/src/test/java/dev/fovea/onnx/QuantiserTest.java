package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.Cancelled;
import dev.fovea.Work;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.Precision;
import dev.fovea.model.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks in integers answer nearly what they answer in floating point. */
class QuantiserTest {
    private final OnnxRuntime runtime = new OnnxRuntime();

    @ParameterizedTest
    @ValueSource(ints = {11, 13})
    void convolutionsInIntegersAnswerNearlyTheSame(int version) {
        byte[] network = Convolutions.network(version);
        Map<Precision, byte[]> made = runtime.quantised("net", network, Convolutions.inputs(6, 1, 3, 24, 20));
        assertThat(made).containsOnlyKeys(Precision.INT8, Precision.INT8_INNER, Precision.INT8_HEAVY);
        made.forEach((precision, content) -> assertThat(error(network, content, Convolutions.inputs(4, 1, 3, 24, 20)))
                .as("%s", precision)
                .isBetween(1e-6, 0.04));
    }

    @Test
    void theMoreIsInIntegersTheSmallerIsTheFile() {
        byte[] network = Convolutions.network(13);
        Map<Precision, byte[]> made = runtime.quantised("net", network, Convolutions.inputs(2, 1, 3, 24, 20));
        long whole = integers(made.get(Precision.INT8));
        assertThat(whole).isEqualTo(4);
        assertThat(integers(made.get(Precision.INT8_INNER))).isEqualTo(2);
        assertThat(integers(made.get(Precision.INT8_HEAVY))).isEqualTo(1);
    }

    @Test
    void productsInIntegersAnswerNearlyTheSame() {
        byte[] network = Convolutions.products();
        byte[] made =
                runtime.quantised("net", network, Convolutions.inputs(20, 3, 8)).get(Precision.INT8);
        assertThat(error(network, made, Convolutions.inputs(5, 7, 8))).isBetween(1e-6, 0.02);
    }

    @Test
    void theSameExamplesMakeTheSameNetwork() {
        byte[] network = Convolutions.network(13);
        List<List<Tensor>> examples = Convolutions.inputs(3, 1, 3, 16, 16);
        assertThat(runtime.quantised("net", network, examples).get(Precision.INT8))
                .isEqualTo(runtime.quantised("net", network, examples).get(Precision.INT8));
    }

    @Test
    void whatHasNothingToMakeIntegersOfSaysSo() {
        assertThatThrownBy(() -> runtime.quantised("net.onnx", Onnx.relu(1, 4), Convolutions.inputs(2, 1, 4)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("net.onnx")
                .hasMessageContaining("no convolution");
        assertThatThrownBy(() -> runtime.quantised("net.onnx", new byte[9], Convolutions.inputs(2, 1, 4)))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void makingThemCanBeCancelled() {
        var asked = new Work.Listener() {
            @Override
            public void step(String name, double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Work.run(
                        asked, () -> runtime.quantised("net", Convolutions.products(), Convolutions.inputs(2, 3, 8))))
                .isInstanceOf(Cancelled.class);
    }

    @Test
    void whatIsNotHereCannotRunIt() {
        assertThat(runtime.providers()).startsWith(NetRuntime.PROCESSOR);
        assertThatThrownBy(() -> runtime.open("net.onnx", Onnx.relu(1, 4), 1, "abacus"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("abacus");
    }

    /** The root of the mean squared error in relation to that of the answers. */
    private double error(byte[] right, byte[] other, List<List<Tensor>> inputs) {
        double error = 0;
        double power = 0;
        try (var a = runtime.open("right", right, 1);
                var b = runtime.open("other", other, 1)) {
            for (List<Tensor> input : inputs) {
                float[] wanted = ((Tensor.Floats) a.run(input, List.of("y")).getFirst()).values();
                float[] given = ((Tensor.Floats) b.run(input, List.of("y")).getFirst()).values();
                assertThat(given).hasSameSizeAs(wanted);
                for (int i = 0; i < wanted.length; i++) {
                    error += Math.pow(given[i] - wanted[i], 2);
                    power += Math.pow(wanted[i], 2);
                }
            }
        }
        return Math.sqrt(error / power);
    }

    /** How many convolutions take values that were 8 bits. */
    private static long integers(byte[] network) {
        Graph graph = Graph.of(network);
        var eight = graph.nodes().stream()
                .filter(n -> n.operation().equals("DequantizeLinear"))
                .flatMap(n -> n.out().stream())
                .toList();
        return graph.nodes().stream()
                .filter(n -> n.operation().equals("Conv"))
                .filter(n -> eight.contains(n.in().get(1)))
                .count();
    }
}
