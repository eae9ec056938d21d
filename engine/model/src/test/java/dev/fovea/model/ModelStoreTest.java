package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is present, what is best, and what is wrong with it. */
class ModelStoreTest {
    private static final byte[] OLD = Cards.bytes("old weights");
    private static final byte[] NEW = Cards.bytes("new weights");
    private static final Listing LISTING = new Listing(
            "oracle",
            "guessing",
            "Guesses well.",
            "MIT",
            "guess/oracle.onnx",
            OLD.length,
            Sha256.of(OLD),
            List.of(0.0, 1.0));

    @TempDir
    Path folder;

    @Test
    void everyJarMayBringModels() throws IOException {
        Cards.bundle(folder.resolve("a"), Cards.card("guessing", "first", OLD), OLD);
        Cards.bundle(folder.resolve("b"), Cards.card("guessing", "second", NEW), NEW);
        Cards.bundle(folder.resolve("b"), Cards.card("knowing", "third", NEW), NEW);
        ModelStore store = store(jar("a"), folder.resolve("b").toUri().toURL());
        assertThat(store.models()).extracting(Model::name).containsExactly("first", "second", "third");
        assertThat(store.models()).extracting(Model::tier).containsOnly(Model.Tier.BUNDLED);
        assertThat(store.named("first").weights()).isEqualTo(OLD);
        assertThat(store.models("knowing")).hasSize(1);
        assertThat(store.best("flying")).isEmpty();
    }

    @Test
    void theBestIsTheOneWithTheBestHeadline() throws IOException {
        Path root = folder.resolve("a");
        Cards.bundle(root, accurate("poor", 0.6), OLD);
        Cards.bundle(root, accurate("good", 0.97), OLD);
        Cards.bundle(root, accurate("fair", 0.8), OLD);
        pulled(OLD);
        ModelStore store = store(root.toUri().toURL());
        assertThat(store.models("guessing")).extracting(Model::name).containsExactly("good", "fair", "poor", "oracle");
        assertThat(store.best("guessing").orElseThrow().name()).isEqualTo("good");
    }

    @Test
    void aPublicModelIsPresentOncePulled() throws IOException {
        ModelStore store = store();
        assertThat(store.models()).isEmpty();
        assertThatThrownBy(() -> store.named("oracle"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("./fovea models pull oracle");
        assertThatThrownBy(() -> store.named("nobody"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("nobody");
        pulled(OLD);
        assertThat(store.best("guessing").orElseThrow().tier()).isEqualTo(Model.Tier.PUBLIC);
        assertThat(store.named("oracle").licence()).isEqualTo("MIT");
        assertThat(store.named("oracle").weights()).isEqualTo(OLD);
    }

    @Test
    void alteredWeightsAreRefused() throws IOException {
        Path root = folder.resolve("a");
        Cards.bundle(root, Cards.card("guessing", "first", OLD), NEW);
        pulled(NEW);
        ModelStore store = store(root.toUri().toURL());
        assertThatThrownBy(() -> store.named("first").weights())
                .isInstanceOf(BadInput.class)
                .hasMessageContainingAll("model.onnx", "altered", Sha256.of(NEW), Sha256.of(OLD));
        assertThatThrownBy(() -> store.named("oracle").weights())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("./fovea models pull oracle");
        assertThat(store.verify()).allSatisfy(v -> assertThat(v.problem()).isPresent());
        pulled(OLD);
        assertThat(store.verify().getLast().problem()).isEmpty();
    }

    @Test
    void aJarThatLacksWhatItListsIsOneSentence() throws IOException {
        Path root = folder.resolve("a");
        Cards.bundle(root, Cards.card("guessing", "first", OLD), OLD);
        Path model = root.resolve("models/guessing-first");
        Files.delete(model.resolve("model.onnx"));
        ModelStore store = store(root.toUri().toURL());
        assertThatThrownBy(() -> store.named("first").weights())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model.onnx");
        Files.delete(model.resolve("card.json"));
        assertThatThrownBy(store::models).isInstanceOf(BadInput.class).hasMessageContaining("card.json");
    }

    @Test
    void onlyModelsThatSpeakOfTheAskedTensorsAreOpened() throws IOException {
        record Other(float[] picture) {}
        record Y(float[] y) {}
        Cards.bundle(folder.resolve("a"), Cards.card("guessing", "first", OLD), OLD);
        ModelStore store = store(folder.resolve("a").toUri().toURL());
        assertThatThrownBy(() -> store.open("guessing", Other.class, Y.class))
                .isInstanceOf(BadInput.class)
                .hasMessageContainingAll("guessing", "Other");
    }

    @Test
    void withoutARuntimeTheCureIsNamed() throws IOException {
        record X(float[] x) {}
        record Y(float[] y) {}
        Cards.bundle(folder.resolve("a"), Cards.card("guessing", "first", OLD), OLD);
        ModelStore store = store(folder.resolve("a").toUri().toURL());
        assertThatThrownBy(() -> store.open("guessing", X.class, Y.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dev.fovea:fovea-onnx");
    }

    @Test
    void aFolderWithACardIsAModel() throws IOException {
        Cards.bundle(folder, Cards.card("guessing", "first", OLD), OLD);
        Model model = Model.of(folder.resolve("models/guessing-first"));
        assertThat(model.card()).isPresent();
        assertThat(model.weights()).isEqualTo(OLD);
        Files.write(folder.resolve("models/guessing-first/model.onnx"), NEW);
        assertThatThrownBy(model::weights).isInstanceOf(BadInput.class);
    }

    @Test
    void theCatalogueIsComplete() {
        Catalogue catalogue = Catalogue.standard();
        assertThat(catalogue.listings()).hasSize(10);
        assertThat(catalogue.listings()).extracting(Listing::name).doesNotHaveDuplicates();
        assertThat(catalogue.listings()).extracting(Listing::file).doesNotHaveDuplicates();
        assertThat(catalogue.listings()).extracting(Listing::licence).containsOnly("MIT", "Apache-2.0");
        for (Listing listing : catalogue.listings()) {
            assertThat(URI.create(catalogue.address() + listing.path())).hasScheme("https");
            assertThat(catalogue.licence(listing)).endsWith("/LICENSE");
        }
    }

    @Test
    void aCatalogueWithAbsurdPathsIsRefused() {
        String whole = """
            {"owner": "o", "address": "https://example.org/", "licences": "https://example.org/%%s/LICENSE", "models": [
              {"name": "n", "task": "t", "summary": "s", "licence": "MIT", "path": "%s", "bytes": 1, "sha256": "%s", "range": [0, 1]}]}
            """;
        assertThat(Catalogue.parse("c", Cards.bytes(whole.formatted("a/b.onnx", "0".repeat(64))))
                        .listings())
                .hasSize(1);
        for (String path : List.of("../b.onnx", "a/../b.onnx", "/a/b.onnx", "a/b.exe", "a\\\\b.onnx")) {
            assertThatThrownBy(() -> Catalogue.parse("c", Cards.bytes(whole.formatted(path, "0".repeat(64)))))
                    .isInstanceOf(BadInput.class);
        }
    }

    @Test
    void aClassPathOnTheNetworkIsNotFollowed() throws IOException {
        for (String place : List.of("http://127.0.0.1:9/", "jar:http://127.0.0.1:9/a.jar!/")) {
            URL remote = URI.create(place + ClassPath.INDEX).toURL();
            var loader = new ClassLoader(null) {
                @Override
                protected java.util.Enumeration<URL> findResources(String name) {
                    return java.util.Collections.enumeration(List.of(remote));
                }
            };
            ModelStore store = ModelStore.of(loader, Shelf.of(folder), catalogue());
            assertThatThrownBy(store::models)
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("is not on this machine");
        }
    }

    private void pulled(byte[] content) throws IOException {
        Files.createDirectories(folder.resolve("public"));
        Files.write(folder.resolve("public", LISTING.file()), content);
    }

    private static ModelCard accurate(String name, double accuracy) {
        return Cards.card("guessing", name, OLD)
                .withFigures(List.of(new ModelCard.Figure(
                        "accuracy", "held-out", accuracy, "", ModelCard.Better.HIGHER, "./fovea bench guess")));
    }

    private URL jar(String root) throws IOException {
        Path jar = folder.resolve(root + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(folder.resolve(root))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.resolve(root).relativize(file).toString().replace('\\', '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
            }
        }
        return jar.toUri().toURL();
    }

    private ModelStore store(URL... classPath) {
        return ModelStore.of(new URLClassLoader(classPath, null), Shelf.of(folder.resolve("public")), catalogue());
    }

    private static Catalogue catalogue() {
        return new Catalogue("o", "https://example.org/", "https://example.org/%s/LICENSE", List.of(LISTING));
    }
}
