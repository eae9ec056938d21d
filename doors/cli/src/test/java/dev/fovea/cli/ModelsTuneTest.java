package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import dev.fovea.model.Precision;
import dev.fovea.sample.Visage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./fovea models tune}. */
@Timeout(300)
class ModelsTuneTest {
    private static final String NAME = "persona";

    record Crop(float[] image) {}

    record Mesh(float[] points, float[] presence) {}

    @TempDir
    Path folder;

    private Path plan = Path.of("");
    private Path pictures = Path.of("");

    @BeforeEach
    void useAFolder() throws IOException {
        plan = folder.resolve("models/tuned/plan.json");
        pictures = Files.createDirectory(folder.resolve("pictures"));
        System.setProperty("fovea.models", folder.resolve("models").toString());
        System.setProperty("fovea.plan", "on");
        for (int i = 0; i < 2; i++) {
            Visage.drawn(96, 0.7, i).write(pictures.resolve(i + ".png"));
        }
    }

    @AfterEach
    void useTheUsualFolder() {
        System.clearProperty("fovea.models");
        System.setProperty("fovea.plan", "off");
    }

    @Test
    void aPlanIsMadeObeyedVerifiedAndForgotten() throws IOException {
        Ran dry = tune("--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("p50 ms", NAME, "float, 1 thread", "int8, 1 thread", "Nothing was written");
        assertThat(plan).doesNotExist();
        assertThat(variant()).isEqualTo("float, 1 thread");

        Ran made = tune("--json");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("\"planned\":true", "\"p90\":", "\"losses\":[{\"output\":\"points\"");
        var entry = ModelStore.standard().plan().entries().getFirst();
        assertThat(entry.network()).isEqualTo(NAME);
        assertThat(variant()).isEqualTo(entry.variant().toString());
        assertThat(variantOf(ModelStore.standard().untuned())).isEqualTo("float, 1 thread");
        if (entry.precision() != Precision.FLOAT) {
            Files.write(folder.resolve("models/tuned", entry.weights()), new byte[9]);
            assertThat(variant()).isEqualTo("float, 1 thread");
        }
        assertThat(tune("--forget").out()).contains("entries forgotten");
        assertThat(variant()).isEqualTo("float, 1 thread");
    }

    @Test
    void whatWasPlannedIsVerified() {
        tune("--json");
        Ran ran = tune("--verify");
        assertThat(ran.out()).contains("as planned", NAME);
        assertThat(ran.code()).as(ran.err()).isIn(Main.DONE, Main.BAD_INPUT); // a busy machine may say anything
        assertThat(Ran.fovea("models", "tune", "--verify", "--only", "fovea", "--data", pictures.toString())
                        .out())
                .contains("the plan says nothing");
    }

    @Test
    void refusalsAreOneSentence() throws IOException {
        Ran.fovea("models", "tune", "--only", "nobody").refuses("nobody");
        Ran.fovea("models", "tune", "--only", "yunet").refuses("pull yunet");
        Ran.fovea("models", "tune", "--seconds", "0").refuses("--seconds");
        Ran.fovea("models", "tune", "--dry-run", "--forget").refuses("--forget");
        Ran.fovea("models", "tune", "--verify").refuses("no plan");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Ran.fovea("models", "tune", "--data", empty.toString()).refuses("empty");
        Files.createDirectories(plan.getParent());
        Files.writeString(plan, "damaged");
        Ran.fovea("models", "tune", "--verify").refuses("plan.json");
        assertThat(variant()).isEqualTo("float, 1 thread");
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldBeforeAnythingIsMeasured() throws IOException {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/tuned"), "a file in the way");
        Ran.fovea("models", "tune").refuses("tuned");
    }

    private Ran tune(String... more) {
        var words = new java.util.ArrayList<>(
                List.of("models", "tune", "--only", NAME, "--seconds", "0.1", "--data", pictures.toString()));
        words.addAll(List.of(more));
        return Ran.fovea(words.toArray(String[]::new));
    }

    private static String variant() {
        return variantOf(ModelStore.standard());
    }

    private static String variantOf(ModelStore store) {
        try (var net = Net.open(store.named(NAME), Crop.class, Mesh.class)) {
            return net.variant().toString();
        }
    }
}
