package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is written whole or not at all. */
class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
        Path target = Files.writeString(folder.resolve("a.png"), "old");
        assertThatThrownBy(() -> AtomicFile.write(target, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("make room");
        assertThat(target).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("a.png");
    }

    @Test
    void anyOtherFailureLeavesNothingEither() {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a"), out -> {
                    throw new IllegalStateException("a mistake");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDeviceThatIsFullIsToldInOneSentence() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        assertThatThrownBy(() -> AtomicFile.write(full, out -> out.write(new byte[1 << 20])))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("/dev/full cannot be written");
    }

    @Test
    void placesThatCannotBeAreNamed() throws IOException {
        Image image = Samples.slopes(4, 4, Colour.SRGB, 8, 1);
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> image.write(folder.resolve("none/a.png")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> image.write(file.resolve("a.png")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is no folder");
        Path taken = Files.createDirectory(folder.resolve("taken.png"));
        assertThatThrownBy(() -> image.write(taken))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is a folder");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", "taken.png");
    }

    @Test
    void aLinkIsFollowedNotReplaced() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFile.write(link, out -> out.write('x'));
        assertThat(real).hasContent("x");
        assertThat(link).isSymbolicLink();
    }
}
