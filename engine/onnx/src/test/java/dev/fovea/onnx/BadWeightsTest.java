package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.model.Model;
import dev.fovea.model.Net;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no networks, and networks that mean harm. */
class BadWeightsTest {
    record X(float[] x) {}

    record Y(float[] y) {}

    @TempDir
    Path folder;

    static Stream<Arguments> rubbish() {
        byte[] relu = Onnx.relu(1, 4);
        byte[] ort = relu.clone();
        System.arraycopy("ORTM".getBytes(StandardCharsets.US_ASCII), 0, ort, 4, 4);
        return Stream.of(
                Arguments.of("empty", new byte[0]),
                Arguments.of("text", "This is a letter, not a network.".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("zeros", new byte[1000]),
                Arguments.of("half", Arrays.copyOf(relu, relu.length / 2)),
                Arguments.of("the runtime's own format", ort),
                Arguments.of("an unknown operation", Onnx.network("Explode", in(4), out(4))),
                Arguments.of("no nodes", Onnx.model(new Onnx.Message().text(2, "g"))),
                Arguments.of("an absurd shape", Onnx.relu(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)),
                Arguments.of("a promise of 8 GB", Onnx.network("Relu", in(Integer.MAX_VALUE), out(Integer.MAX_VALUE))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rubbish(String what, byte[] content) {
        assertThatThrownBy(() -> open(content).close())
                .as(what)
                .isInstanceOf(BadInput.class)
                .message()
                .contains("net.onnx")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "secret.bin", "../secret.bin", "*/_ORT_MEM_ADDR_/*"})
    void weightsInOtherFilesAreNotFollowed(String file) {
        byte[] top = Onnx.plus(Onnx.elsewhere(file, 4), 4);
        Onnx.Message constant = Onnx.node("Constant")
                .part(
                        5,
                        new Onnx.Message()
                                .text(1, "value")
                                .part(5, Onnx.elsewhere(file, 4))
                                .number(20, 4));
        byte[] inANode = Onnx.model(new Onnx.Message().part(1, constant).part(12, out(4)));
        Onnx.Message branch = Onnx.node("If")
                .part(5, new Onnx.Message().text(1, "then_branch").part(6, new Onnx.Message().part(1, constant)));
        byte[] inABranch =
                Onnx.model(new Onnx.Message().part(1, branch).part(11, in(4)).part(12, out(4)));
        byte[] inAFunction = new Onnx.Message()
                .part(25, new Onnx.Message().text(1, "f").part(7, constant))
                .bytes(7, new Onnx.Message().text(2, "g").content())
                .content();
        for (byte[] hostile : new byte[][] {top, inANode, inABranch, inAFunction}) {
            assertThatThrownBy(() -> open(hostile)).isInstanceOf(BadInput.class).hasMessageContaining("another file");
        }
    }

    @Test
    void deepNestingIsRefused() {
        Onnx.Message graph = new Onnx.Message().text(2, "innermost");
        for (int i = 0; i < 2000; i++) {
            graph = new Onnx.Message().part(1, new Onnx.Message().part(5, new Onnx.Message().part(6, graph)));
        }
        byte[] deep = Onnx.model(graph);
        assertThatThrownBy(() -> open(deep)).isInstanceOf(BadInput.class).hasMessageContaining("nested");
    }

    /** How many values are not 0 shows only when the network runs; this one promises three. */
    @Test
    void aLyingOutputShapeIsNeverASilentWrongAnswer() throws IOException {
        record Places(long[] y) {}
        byte[] lie = Onnx.network("NonZero", in(4), Onnx.value("y", Onnx.INT64, 1, 3));
        Path file = Files.write(folder.resolve("net.onnx"), lie);
        try (var net = Net.open(Model.of(file), X.class, Places.class)) {
            assertThat(net.apply(new X(new float[] {1, 0, 1, 1})).y()).containsExactly(0, 2, 3);
            assertThatThrownBy(() -> net.apply(new X(new float[] {1, 0, 0, 1})))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("net.onnx");
            assertThat(net.apply(new X(new float[] {1, 1, 1, 0})).y()).containsExactly(0, 1, 2);
        }
    }

    /** Whatever is done to a file, it opens or is refused in one sentence. */
    @Test
    void alteredBytesAreRefusedOrHarmless() {
        byte[] whole = Onnx.relu(1, 4);
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            byte[] altered = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int i = 0; i < 1 + random.nextInt(3) && altered.length > 0; i++) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            }
            try (var net = open(altered)) {
                net.apply(new X(new float[4]));
            } catch (BadInput | IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed %d", seed).hasLineCount(1);
            }
        }
    }

    @Test
    void aMissingFileIsOneSentence() {
        assertThatThrownBy(() -> Model.of(folder.resolve("nowhere.onnx")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("nowhere.onnx");
    }

    private static Onnx.Message in(int... shape) {
        return Onnx.value("x", Onnx.FLOAT, shape);
    }

    private static Onnx.Message out(int... shape) {
        return Onnx.value("y", Onnx.FLOAT, shape);
    }

    private Net<X, Y> open(byte[] content) {
        try {
            return Net.open(Model.of(Files.write(folder.resolve("net.onnx"), content)), X.class, Y.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
