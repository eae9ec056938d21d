package dev.fovea.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fovea.BadInput;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays what the fuzzer started from and found worth keeping: every input is depth, or refused in one sentence. */
class CorpusTest {
    @TestFactory
    Stream<DynamicTest> everyInputIsDepthOrASentence() throws IOException, URISyntaxException {
        Path corpus = Path.of(Objects.requireNonNull(CorpusTest.class.getResource("/fuzz/depth"))
                .toURI());
        try (Stream<Path> all = Files.list(corpus)) {
            List<Path> files = all.sorted().toList();
            return files.stream().map(file -> DynamicTest.dynamicTest("" + file.getFileName(), () -> replay(file)));
        }
    }

    private static void replay(Path file) {
        assertTimeout(Duration.ofSeconds(5), () -> {
            try {
                assertThat(Depth.read(file).width()).isPositive();
            } catch (BadInput e) {
                assertThat(e).hasMessageStartingWith(file.toString()).hasMessageEndingWith(".");
            }
        });
    }
}
