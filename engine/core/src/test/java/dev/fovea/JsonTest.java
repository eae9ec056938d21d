package dev.fovea;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Point(double x, int y, Optional<String> name) {}

    @Test
    void recordsAreObjectsInTheOrderOfTheirComponents() {
        assertThat(Json.of(new Point(0.5, -3, Optional.empty()))).isEqualTo("{\"x\":0.5,\"y\":-3,\"name\":null}");
    }

    @Test
    void collectionsNestAndPathsAreText() {
        assertThat(Json.of(Map.of("files", List.of(Path.of("a/b.jpg"), Path.of("c")))))
                .isEqualTo("{\"files\":[\"a/b.jpg\",\"c\"]}");
    }

    @Test
    void numbersThatJsonLacksAreNull() {
        assertThat(Json.of(Arrays.asList(Double.NaN, Float.POSITIVE_INFINITY, 1e300, 2.0, null, true)))
                .isEqualTo("[null,null,1.0E300,2,null,true]");
    }

    @Test
    void textIsEscaped() {
        assertThat(Json.of("a\"b\\c\n\u0001é")).isEqualTo("\"a\\\"b\\\\c\\n\\u0001é\"");
    }
}
