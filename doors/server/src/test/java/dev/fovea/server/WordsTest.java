package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fovea.vision.Effects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of the pages, in both languages. */
class WordsTest {
    private static final Pattern VALUE = Pattern.compile("\\{\\w+}");

    private static Map<String, Object> words(String language) {
        try (var in = StudioServer.class.getResourceAsStream("pages/words/" + language + ".json")) {
            return JSON.std.mapFrom(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everyEnglishWordHasAChineseOneWithTheSameValues() {
        Map<String, Object> chinese = words("zh");
        words("en").forEach((key, english) -> {
            assertThat(chinese).containsKey(key);
            assertThat(values(chinese.get(key))).as(key).isEqualTo(values(english));
        });
    }

    private static List<String> values(Object words) {
        return VALUE.matcher((String) words)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatTheServerSaysInEnglishCanBeSaidInChinese(@TempDir Path folder) {
        var wanted = new TreeSet<String>();
        try (var studio = StudioServer.start(Settings.local(0).withFolder(folder));
                var client = new Client(studio)) {
            for (String list : List.of("/api/services", "/api/effects")) {
                for (Object each : client.get(list).list()) {
                    var told = (Map<String, Object>) each;
                    String name = (String) told.get("name");
                    wanted.add("about." + name);
                    ((List<Map<String, Object>>) told.get("knobs"))
                            .forEach(knob -> wanted.add("knob." + name + "." + knob.get("name")));
                }
            }
        }
        assertThat(Effects.all()).isNotEmpty();
        assertThat(words("zh").keySet()).containsAll(wanted);
    }
}
