package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Burst;
import dev.fovea.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BurstCommandTest {
    @TempDir
    Path folder;

    @Test
    void aBurstIsRenderedWithItsTruthAndCanBeMerged() throws IOException {
        Path burst = folder.resolve("new/burst");
        Ran ran = sample(burst, "3");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).hasLineCount(1).contains("3 frames of 96x64 pixels");
        for (String name : new String[] {"IMG_0001.dng", "IMG_0003.jpg", "truth/truth.hdr", "truth/truth.png"}) {
            assertThat(burst.resolve(name)).isNotEmptyFile();
        }
        Burst read = Burst.read(burst);
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.raw()).isTrue();
        assertThat(read.shots().getFirst().exif().exposureSeconds()).hasValue(1.0 / 15);
        assertThat(Image.read(burst.resolve("truth/truth.png")).width()).isEqualTo(96);
        Path night = folder.resolve("night.jpg");
        assertThat(Ran.fovea("night", burst.toString(), "-o", night.toString()).code())
                .isZero();
        assertThat(night).isNotEmptyFile();
    }

    @Test
    void anEarlierBurstIsReplacedAndNothingElse() throws IOException {
        assertThat(sample(folder, "3").code()).isZero();
        assertThat(sample(folder, "3").code()).isZero();
        sample(folder, "2").refuses("IMG_0003");
        Files.writeString(folder.resolve("letter.txt"), "Dear Sir");
        sample(folder, "3").refuses("letter.txt");
    }

    private static Ran sample(Path to, String frames) {
        return Ran.fovea("sample", "burst", to.toString(), "--size", "96x64", "--frames", frames, "--seed", "7");
    }
}
