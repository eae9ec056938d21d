package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards: what they must have, and what an evidence command writes. */
class ModelCardTest {
    private static final ModelCard CARD = Cards.card("guessing", "guess", Cards.bytes("weights"));

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() {
        file = folder.resolve("card.json");
        CARD.write(file);
    }

    static Stream<String> fields() {
        return Stream.of(ModelCard.class.getRecordComponents())
                .map(c -> c.getName())
                .filter(name -> !name.equals("tolerance"));
    }

    @Test
    void aCardComesBackAsItWasWritten() throws IOException {
        assertThat(ModelCard.read(file)).isEqualTo(CARD);
        assertThat(CARD.gaps()).isEmpty();
        assertThat(folder).isDirectoryNotContaining(f -> f.toString().endsWith(".part"));
        byte[] once = Files.readAllBytes(file);
        ModelCard.read(file).write(file);
        assertThat(file).hasBinaryContent(once);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldIsRequired(String field) throws IOException {
        Map<String, Object> fields = json();
        fields.remove(field);
        refused(fields, "lacks the field " + field);
        fields.put(field, null);
        refused(fields, field);
    }

    @Test
    void whereNothingSaysHowFarAnOutputMayDeviateTheCardHasAGap() throws IOException {
        Map<String, Object> fields = json();
        fields.remove("tolerance");
        assertThat(parsed(fields).gaps()).containsExactly("the tolerance of y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"output\": \"z\"}",
                "{\"deviation\": 0}",
                "{\"share\": 1.1}",
                "{\"share\": 0}",
                "{\"where\": \"z\"}"
            })
    void aToleranceMakesSense(String change) throws IOException {
        Map<String, Object> fields = json();
        var tolerance = new java.util.LinkedHashMap<String, Object>(
                Map.of("output", "y", "deviation", 1, "share", 1, "where", "", "least", 0));
        tolerance.putAll(com.fasterxml.jackson.jr.ob.JSON.std.mapFrom(change));
        fields.put("tolerance", List.of(tolerance));
        refused(fields, "tolerance[0]." + change.split("\"", 3)[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inputs", "outputs", "trainedOn", "worksFor", "failsFor", "peopleAtRisk"})
    void someListsMustNotBeEmpty(String field) throws IOException {
        Map<String, Object> fields = json();
        fields.put(field, List.of());
        refused(fields, field);
    }

    @ParameterizedTest
    @CsvSource({
        "task, Face Detection",
        "name, ../../etc",
        "summary, ''",
        "sha256, abc",
        "sha256, 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "bytes, many",
        "figures, none",
        "licence, ' '"
    })
    void absurdValuesAreRefused(String field, String value) throws IOException {
        Map<String, Object> fields = json();
        fields.put(field, value);
        refused(fields, field);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.5, 1e300})
    void absurdSizesAreRefused(double bytes) throws IOException {
        Map<String, Object> fields = json();
        fields.put("bytes", bytes);
        refused(fields, "bytes");
    }

    @Test
    void absurdPortsNameTheirPlace() throws IOException {
        for (Object shape : List.of(List.of(-2), List.of(1.5), List.of(1, 1, 1, 1, 1, 1, 1, 1, 1), "wide")) {
            refused(withPort("shape", shape), "inputs[0].shape");
        }
        for (Object range : List.of(List.of(1), List.of(1, 0), List.of("a", "b"))) {
            refused(withPort("range", range), "inputs[0].range");
        }
    }

    @Test
    void whatIsNoCardIsOneSentence() throws IOException {
        for (String text : List.of("", "[]", "null", "{", "a letter", "[".repeat(100_000), "{\"task\":".repeat(5000))) {
            assertThatThrownBy(() -> ModelCard.parse("card.json", Cards.bytes(text)))
                    .isInstanceOf(BadInput.class)
                    .message()
                    .startsWith("card.json")
                    .hasLineCount(1);
        }
        assertThatThrownBy(() -> ModelCard.parse("card.json", new byte[2 << 20]))
                .isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> ModelCard.read(folder.resolve("none.json")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("none.json");
    }

    @Test
    void alteredCardsAreReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (long seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            byte[] altered = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            }
            try {
                ModelCard.parse("card.json", altered);
            } catch (BadInput refused) {
                assertThat(refused.getMessage()).as("seed %d", seed).startsWith("card.json");
            }
        }
    }

    @Test
    void anEvidenceCommandReplacesItsFiguresAndKeepsOthers() {
        var better = new ModelCard.Figure("accuracy", "held-out", 0.95, "", ModelCard.Better.HIGHER, "again");
        var more = new ModelCard.Figure("accuracy", "in the dark", 0.5, "", ModelCard.Better.HIGHER, "again");
        var faster = new ModelCard.Speed("4", 0.25, "a processor", "again");
        CARD.withFigures(List.of(more, better)).withSpeed(List.of(faster)).write(file);
        ModelCard read = ModelCard.read(file);
        assertThat(read.figures()).containsExactly(better, more);
        assertThat(read.speed()).containsExactly(faster);
    }

    @Test
    void whatIsNotMeasuredIsAGap() throws IOException {
        Map<String, Object> fields = json();
        fields.put("figures", List.of());
        fields.put("speed", List.of());
        assertThat(parsed(fields).gaps()).containsExactly("figures", "speed");
        fields.put("figures", json().get("figures"));
        fields.put("headline", "recall");
        assertThat(parsed(fields).gaps()).containsExactly("the headline figure recall", "speed");
    }

    private Map<String, Object> json() throws IOException {
        return new LinkedHashMap<>(JSON.std.mapFrom(Files.readAllBytes(file)));
    }

    private Map<String, Object> withPort(String field, Object value) throws IOException {
        Map<String, Object> fields = json();
        var port = new LinkedHashMap<String, Object>(Map.of("name", "x", "shape", List.of(1), "range", List.of()));
        port.put("meaning", "Anything.");
        port.put(field, value);
        fields.put("inputs", new ArrayList<>(List.of(port)));
        return fields;
    }

    private static ModelCard parsed(Map<String, Object> fields) throws IOException {
        return ModelCard.parse("card.json", Cards.bytes(JSON.std.asString(fields)));
    }

    private static void refused(Map<String, Object> fields, String words) {
        assertThatThrownBy(() -> parsed(fields))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("card.json")
                .hasMessageContaining(words);
    }
}
