package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is opened is closed: native memory does not grow. */
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Megabytes in 50 rounds: a frame that is left behind in each would be more. */
    private static final double SETTLED = 5;

    @TempDir
    private Path folder;

    /** Megabytes of this process after garbage collection, which gives the heap's free part back. */
    private static double resident() throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        String line = Files.readAllLines(STATUS).stream()
                .filter(l -> l.startsWith("RssAnon"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
    }

    @Test
    void readingWritingAndFailingManyTimesLeavesNothingBehind() throws IOException {
        assumeTrue(Files.exists(STATUS), "the system does not tell");
        Path file = Clips.write(folder.resolve("a.mp4"), VideoEncoding.NORMAL, Clips.frames(320, 240, 10));
        Path broken = Files.write(folder.resolve("b.mp4"), java.util.Arrays.copyOf(Files.readAllBytes(file), 3000));
        var heif = new HeifBuilder();
        Path picture = Files.write(folder.resolve("a.heic"), heif.file("heic", heif.grid(180, 100)));
        rounds(file, broken, picture, 15);
        // A leak grows in every window; compilers and allocators, which also take memory, settle.
        double least = Double.MAX_VALUE;
        for (int window = 0; window < 5 && least >= SETTLED; window++) {
            double before = resident();
            rounds(file, broken, picture, 50);
            least = Math.min(least, resident() - before);
        }
        assertThat(least).isLessThan(SETTLED);
    }

    private void rounds(Path file, Path broken, Path picture, int rounds) {
        for (int n = 0; n < rounds; n++) {
            try (var jpeg = new LiveJpeg(80)) {
                for (Frame frame : Clips.read(file)) {
                    jpeg.decode(jpeg.encode(frame), Duration.ZERO, "live");
                }
            }
            Rewrite.of(file, folder.resolve("c.mp4"), VideoEncoding.NORMAL, f -> f);
            dev.fovea.image.Image.read(picture);
            try {
                Clips.read(broken);
            } catch (dev.fovea.BadInput e) {
                assertThat(e).hasMessageContaining("b.mp4");
            }
        }
    }
}
