package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.Encoding;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NightCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"night.jpg", "night.png", "night.tif", "NIGHT.PNG"})
    void aFolderBecomesOnePictureOfTheSameSize(String name) throws IOException {
        Path out = folder.resolve(name);
        Ran ran = Ran.fovea("night", burst("a.png", "b.png", "c.png").toString(), "-o", out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith(out + ": 48 x 40 pixels from 3 frames").hasLineCount(1);
        assertThat(ran.complaints()).isEmpty();
        Image picture = Image.read(out);
        assertThat(picture.width()).isEqualTo(48);
        assertThat(picture.height()).isEqualTo(40);
    }

    @Test
    void oneFrameIsABurst() throws IOException {
        works("night", burst("a.png").toString());
    }

    @Test
    void picturesAreKnownByTheirContent() throws IOException {
        Path in = burst("a.png", "b.png");
        Files.move(in.resolve("b.png"), in.resolve("b.jpg"));
        works("night", in.toString());
    }

    @Test
    void otherFilesInAFolderArePassedOver() throws IOException {
        Path in = burst("a.png", "b.png");
        Files.writeString(in.resolve("notes.txt"), "taken at night");
        Files.writeString(in.resolve(".hidden"), "");
        Files.createDirectory(in.resolve("truth"));
        Pictures.lamp(9, 9).write(in.resolve("truth/clean.png"));
        works("night", in.toString());
    }

    @Test
    void aRawBurstBecomesAPictureOrAMergedRaw() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        for (String name : List.of("a.dng", "b.dng", "c.dng")) {
            Pictures.raw(64, 48).write(in.resolve(name));
        }
        works("night", in.toString());
        Path merged = folder.resolve("merged.dng");
        assertThat(Ran.fovea("night", in.toString(), "-o", merged.toString()).code())
                .isZero();
        assertThat(Shot.read(merged).width()).isEqualTo(64);
    }

    @Test
    void framesOfOnePixelAreABurst() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        for (String name : List.of("a.png", "b.png", "c.png")) {
            Pictures.lamp(1, 1).write(in.resolve(name));
        }
        works("night", in.toString());
    }

    @Test
    void jsonTellsWhatHappened() throws IOException {
        Path out = folder.resolve("night.png");
        Ran ran = Ran.fovea(
                "night", burst("a.png", "b.png").toString(), "-o", out.toString(), "--json", "--reference", "1");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith("{\"reference\":1,\"width\":48,\"height\":40,\"frames\":[{\"source\":")
                .contains("\"seconds\":{\"reading\":", "\"outputs\":[\"" + out + "\"]}")
                .hasLineCount(1);
    }

    @Test
    void explainSavesWhatWasSeen() throws IOException {
        Path explain = folder.resolve("deep/why");
        Ran ran = Ran.fovea(
                "night",
                burst("a.png", "b.png").toString(),
                "-o",
                folder.resolve("night.png").toString(),
                "--explain",
                explain.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        try (var files = Files.list(explain)) {
            assertThat(files.map(Path::toString).collect(Collectors.toList()))
                    .isNotEmpty()
                    .allMatch(name -> name.endsWith(".png"));
        }
    }

    @Test
    void whatTheCameraWroteIsKept() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Pictures.lamp(48, 40).write(in.resolve("a.jpg"), Pictures.takenWith("Lantern 3"), Encoding.NORMAL);
        Path out = folder.resolve("night.jpg");
        assertThat(Ran.fovea("night", in.toString(), "-o", out.toString()).code())
                .isZero();
        assertThat(Shot.read(out).exif().camera()).isEqualTo("Lantern 3");
    }

    @Test
    @Timeout(120)
    void controlCStopsAndLeavesNothing() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        Path in = Files.createDirectory(folder.resolve("in"));
        Pictures.noise(900, 700).write(in.resolve("00.png"));
        for (int i = 1; i < 20; i++) {
            Files.copy(in.resolve("00.png"), in.resolve(String.format("%02d.png", i)));
        }
        Path out = folder.resolve("night.png");
        Process process = Ran.started("exec \"$0\" \"$@\"", "night", in.toString(), "-o", out.toString());
        var err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        assertThat(err.readLine()).startsWith("reading");
        new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid())
                .start()
                .waitFor();
        List<String> rest = err.readAllLines();
        assertThat(process.waitFor()).as(String.join("\n", rest)).isEqualTo(Main.CANCELLED);
        assertThat(rest.getLast()).isEqualTo("Cancelled.");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(in);
        }
    }

    private void works(String... words) throws IOException {
        Path out = folder.resolve("works.png");
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "-o";
        all[words.length + 1] = out.toString();
        Ran ran = Ran.fovea(all);
        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(out).isNotEmptyFile();
        Files.delete(out);
    }

    private Path burst(String... names) throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        for (String name : names) {
            Pictures.lamp(48, 40).write(in.resolve(name));
        }
        return in;
    }
}
