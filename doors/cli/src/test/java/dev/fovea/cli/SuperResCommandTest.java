package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuperResCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 48, 40", "1.5, 72, 60", "2, 96, 80", "3, 144, 120"})
    void aFolderBecomesOneLargerPicture(String scale, int width, int height) throws IOException {
        Path out = folder.resolve("big.png");
        Ran ran = Ran.fovea("superres", frames().toString(), "--scale", scale, "-o", out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.out())
                .startsWith(out + ": " + width + " x " + height + " pixels from 2 frames")
                .hasLineCount(1);
        assertThat(Image.read(out).width()).isEqualTo(width);
    }

    @Test
    void rawFramesAreEnlargedAndExplained() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        for (String name : List.of("a.dng", "b.dng", "c.dng")) {
            Pictures.raw(64, 48).write(in.resolve(name));
        }
        Path out = folder.resolve("big.tif");
        Path why = folder.resolve("why");
        Ran ran = Ran.fovea(
                "superres", in.toString(), "-o", out.toString(), "--look", "natural", "--explain", why.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Image.read(out).height()).isEqualTo(96);
        assertThat(why.resolve("motion-1.png")).exists();
    }

    @Test
    void jsonTellsWhatHappened() throws IOException {
        Path out = folder.resolve("big.png");
        Ran ran = Ran.fovea("superres", frames().toString(), "-o", out.toString(), "--json", "--reference", "1");
        assertThat(ran.out())
                .startsWith("{\"reference\":1,\"width\":96,\"height\":80,\"frames\":[{\"source\":")
                .contains("\"resolving\":")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--scale 0.5", "--scale 3.5", "--scale two", "--reference 2", "--blur -1", "--look pretty"})
    void wrongUseIsRefused(String words) throws IOException {
        var all = new java.util.ArrayList<>(List.of("superres", frames().toString()));
        all.addAll(List.of(words.split(" ")));
        all.addAll(List.of("-o", folder.resolve("big.png").toString()));
        Ran.fovea(all.toArray(String[]::new)).refuses(words.split(" ")[0].substring(2));
    }

    @Test
    void anEnlargedPictureIsNoRaw() throws IOException {
        Ran.fovea(
                        "superres",
                        frames().toString(),
                        "-o",
                        folder.resolve("big.dng").toString())
                .refuses("big.dng");
    }

    private Path frames() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        for (String name : List.of("a.png", "b.png")) {
            Pictures.lamp(48, 40).write(in.resolve(name));
        }
        return in;
    }
}
