package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.fovea.BadInput;
import dev.fovea.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is obeyed where it fits, and is only ever advice. */
class PlanTest {
    private static final String FILE = "oracle-int8-0123.onnx";

    @TempDir
    Path folder;

    private final FakeRuntime runtime = new FakeRuntime().offer(Precision.INT8, 5, 4, 0);
    private Plan plan = new Plan(Path.of(""));

    @BeforeEach
    void write() {
        plan = new Plan(folder.resolve("tuned"));
        plan.put(List.of(entry(1)), Map.of(FILE, weights()));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(plan.entries()).containsExactly(entry(1));
        assertThat(opened(1)).contains(new Variant(Precision.INT8, 1, NetRuntime.PROCESSOR));
    }

    @Test
    void itSaysNothingForAnotherNumberOfThreads() {
        assertThat(opened(2)).isEmpty();
    }

    @Test
    void anotherRuntimeOrChipIsNotItsAffair() {
        runtime.version = "2";
        assertThat(opened(1)).isEmpty();
    }

    @Test
    void otherWeightsAreNotItsAffair() {
        assertThat(plan.open(runtime, "oracle", Cards.bytes("others"), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{\"networks\": 7}",
                "{\"networks\": [{\"network\": \"oracle\"}]}",
                "{\"networks\": [{\"network\": \"oracle\", \"sha256\": \"../../x\"}]}"
            })
    void aDamagedPlanIsPassedOver(String content) throws IOException {
        Files.writeString(plan.folder().resolve("plan.json"), content);
        assertThat(opened(1)).isEmpty();
        assertThatThrownBy(plan::entries)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("plan.json")
                .hasMessageContaining("models tune");
        plan.put(List.of(entry(1)), Map.of(FILE, weights()));
        assertThat(opened(1)).isPresent();
    }

    @Test
    void weightsThatWereAlteredOrLostArePassedOver() throws IOException {
        Files.writeString(plan.folder().resolve(FILE), "altered");
        assertThat(opened(1)).isEmpty();
        Files.delete(plan.folder().resolve(FILE));
        assertThat(opened(1)).isEmpty();
    }

    @Test
    void aFileOutsideOfItsFolderIsRefused() throws IOException {
        Path file = plan.folder().resolve("plan.json");
        Files.writeString(file, Files.readString(file).replace(FILE, "../" + FILE));
        assertThatThrownBy(plan::entries).isInstanceOf(BadInput.class).hasMessageContaining("damaged");
        assertThat(opened(1)).isEmpty();
    }

    @Test
    void newEntriesReplaceThoseOfTheSameNetworkAndChip() {
        Plan.Entry other =
                new Plan.Entry("other", "f".repeat(64), entry(1).chip(), 1, Precision.FLOAT, "cpu", "", "", 2, 1);
        Plan.Entry elsewhere =
                new Plan.Entry("oracle", entry(1).sha256(), "0".repeat(16), 1, Precision.FLOAT, "cpu", "", "", 2, 1);
        plan.put(List.of(other, elsewhere), Map.of());
        Plan.Entry plain =
                new Plan.Entry("oracle", entry(1).sha256(), entry(1).chip(), 1, Precision.FLOAT, "cpu", "", "", 2, 1);
        plan.put(List.of(plain), Map.of());
        assertThat(plan.entries()).containsExactlyInAnyOrder(other, elsewhere, plain);
        assertThat(plan.folder().resolve(FILE)).doesNotExist();
    }

    @Test
    void whatIsForgottenIsGone() {
        assertThat(plan.forget(e -> e.network().equals("other"))).isZero();
        assertThat(plan.forget(e -> true)).isEqualTo(1);
        assertThat(plan.entries()).isEmpty();
        assertThat(plan.folder().resolve(FILE)).doesNotExist();
        assertThat(new Plan(folder.resolve("nowhere")).forget(e -> true)).isZero();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> new Plan(file.resolve("tuned")).checkWritable())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("FOVEA_MODELS");
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeFalse(!locked.toFile().setWritable(false) || Files.isWritable(locked)); // the superuser writes everywhere
        assertThatThrownBy(() -> new Plan(locked.resolve("tuned")).checkWritable())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("locked");
    }

    @Test
    void manyOpenWhileItIsWritten() {
        var found = new ConcurrentLinkedQueue<Optional<Variant>>();
        Work.rows(200, 10, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (i == 55) {
                    plan.put(List.of(entry(1)), Map.of(FILE, weights()));
                }
                synchronized (runtime) {
                    found.add(opened(1));
                }
            }
        });
        assertThat(found).hasSize(200).allMatch(Optional::isPresent);
    }

    @Test
    void whoeverWritesAtTheSameTimeIsToldToWait() throws Exception {
        Files.createDirectories(plan.folder());
        try (var channel = java.nio.channels.FileChannel.open(
                        plan.folder().resolve("lock"), java.nio.file.StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> plan.put(List.of(entry(1)), Map.of()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("another Fovea");
        }
    }

    private Optional<Variant> opened(int threads) {
        return plan.open(runtime, "oracle", FakeRuntime.FLOATS, threads).map(o -> {
            o.session().close();
            return o.variant();
        });
    }

    private Plan.Entry entry(int threads) {
        return new Plan.Entry(
                "oracle",
                Sha256.of(FakeRuntime.FLOATS),
                Chip.here(new FakeRuntime()).id(),
                threads,
                Precision.INT8,
                NetRuntime.PROCESSOR,
                FILE,
                Sha256.of(weights()),
                5,
                0.5);
    }

    private static byte[] weights() {
        return Cards.bytes(Precision.INT8.toString());
    }
}
