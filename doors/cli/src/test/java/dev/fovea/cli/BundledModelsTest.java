package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Model;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.TensorSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every model on the class path is listed, has a complete card that tells the truth, and all together are small. */
class BundledModelsTest {
    private static final long MOST_BYTES = 8_000_000;

    @TempDir
    Path nothing;

    @Test
    void everyFolderIsListed() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry);
            if (Files.isDirectory(place)) {
                assertThat(listed(place)).as(entry).containsAll(folders(place));
            } else if (place.getFileName().toString().startsWith("fovea-")) {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    assertThat(listed(jar.getPath("/"))).as(entry).containsAll(folders(jar.getPath("/")));
                }
            }
        }
    }

    @Test
    void everyCardIsComplete() {
        for (Model model : bundled()) {
            ModelCard card = model.card().orElseThrow();
            assertThat(model.source()).startsWith("models/" + card.task() + "-").endsWith("/model.onnx");
            assertThat(card.gaps()).as("what the card of %s lacks", card.name()).isEmpty();
            assertThat(Path.of("../..", card.recipe())).as(card.name()).isDirectory();
            assertThat(model.weights()).as(card.name()).hasSize(Math.toIntExact(card.bytes()));
        }
        assertThat(bundled()).extracting(Model::name).doesNotHaveDuplicates();
    }

    @Test
    void everyCardNamesTheTensorsOfItsNetwork() {
        NetRuntime runtime = NetRuntime.found().orElseThrow();
        for (Model model : bundled()) {
            ModelCard card = model.card().orElseThrow();
            try (var session = runtime.open(model.source(), model.weights(), 1)) {
                assertThat(card.inputs().stream().map(BundledModelsTest::text))
                        .as(card.name())
                        .containsExactlyInAnyOrderElementsOf(texts(session.inputs()));
                assertThat(card.outputs().stream().map(BundledModelsTest::text))
                        .as(card.name())
                        .containsExactlyInAnyOrderElementsOf(texts(session.outputs()));
            }
        }
    }

    @Test
    void modelsOfOneTaskAreComparedByOneFigure() {
        for (Model model : bundled()) {
            for (Model other : bundled()) {
                if (model.task().equals(other.task())) {
                    assertThat(other.card().orElseThrow().headline())
                            .isEqualTo(model.card().orElseThrow().headline());
                }
            }
        }
    }

    @Test
    void allTogetherAreSmall() {
        assertThat(bundled().stream().mapToLong(m -> m.weights().length).sum()).isLessThan(MOST_BYTES);
    }

    private List<Model> bundled() {
        return ModelStore.of(nothing).models();
    }

    private static List<String> texts(List<TensorSpec> specs) {
        return specs.stream()
                .map(s -> s.name() + " " + java.util.Arrays.toString(s.shape()))
                .toList();
    }

    private static String text(ModelCard.Port port) {
        return port.name() + " " + port.shape();
    }

    private static List<String> listed(Path root) throws IOException {
        Path index = root.resolve("META-INF/fovea/models");
        return Files.exists(index) ? Files.readAllLines(index) : List.of();
    }

    private static List<String> folders(Path root) throws IOException {
        Path models = root.resolve("models");
        if (!Files.isDirectory(models)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(models)) {
            return folders.map(f -> "models/" + f.getFileName().toString().replace("/", ""))
                    .toList();
        }
    }
}
