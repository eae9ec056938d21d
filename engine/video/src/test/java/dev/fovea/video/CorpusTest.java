package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Replays what the fuzzers found worth keeping: every input is a picture or a video, or refused in one sentence. */
class CorpusTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyInputIsReadOrASentence() throws IOException, URISyntaxException {
        Path root = Path.of(
                Objects.requireNonNull(CorpusTest.class.getResource("/fuzz")).toURI());
        return files(root).stream()
                .map(decoder -> DynamicTest.dynamicTest("" + decoder.getFileName(), () -> {
                    for (Path input : files(decoder)) {
                        replay(input, "" + decoder.getFileName());
                    }
                }));
    }

    private void replay(Path input, String extension) throws IOException {
        Path file = Files.copy(input, folder.resolve(input.getFileName() + "." + extension));
        assertTimeout(Duration.ofSeconds(5), () -> {
            try {
                if (extension.equals("heic")) {
                    assertThat(Image.read(file).width()).isPositive();
                } else {
                    play(file);
                }
            } catch (BadInput e) {
                assertThat(e).hasMessageStartingWith(file.toString()).hasMessageEndingWith(".");
            }
        });
        Files.delete(file);
    }

    private static void play(Path file) {
        try (Video video = Video.open(file)) {
            Iterator<Frame> frames = video.iterator();
            for (int i = 0; i < 40 && frames.hasNext(); i++) {
                assertThat(frames.next().width()).isEqualTo(video.width());
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
