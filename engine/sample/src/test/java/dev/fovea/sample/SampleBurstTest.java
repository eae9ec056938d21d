package dev.fovea.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleBurstTest {
    private static final SampleBurst SMALL = SampleBurst.NORMAL.withSize(96, 72).withFrames(2);

    @TempDir
    Path folder;

    @Test
    void aWrittenBurstReadsBackAsItWasTaken() {
        SimulatedBurst taken = SMALL.write(folder.resolve("out"));
        Burst read = Burst.read(folder.resolve("out"));
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.raw()).isTrue();
        var first = (Raw) read.shots().getFirst();
        assertThat(first.cfa()).isEqualTo(Cfa.RGGB);
        assertThat(first.plane(0)).isEqualTo(((Raw) taken.burst().shots().getFirst()).plane(0));
        assertThat(first.noise()).contains(SMALL.noise());
        assertThat(first.exif().camera()).isEqualTo("Fovea Sample");
        assertThat(first.exif().iso()).hasValue(3200);
    }

    @Test
    void theJpegTwinsAndTheTruthLieBesideIt() {
        SMALL.write(folder);
        assertThat(folder.resolve("IMG_0002.dng")).exists();
        assertThat(Image.read(folder.resolve("IMG_0002.jpg")).width()).isEqualTo(96);
        assertThat(Image.read(folder.resolve("truth/truth.png")).height()).isEqualTo(72);
        assertThat(Image.read(folder.resolve("truth/fine.png")).height()).isEqualTo(144);
        assertThat(Image.read(folder.resolve("truth/truth.hdr")).colour().linear())
                .isTrue();
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedInOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> SMALL.write(file.resolve("out")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatThrownBy(() -> SMALL.withSize(4, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SMALL.withFrames(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
