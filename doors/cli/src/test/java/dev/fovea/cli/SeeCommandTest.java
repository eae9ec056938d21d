package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeing from the command line, with pictures that show no face. */
class SeeCommandTest {
    @TempDir
    Path folder;

    @Test
    void aPictureWithoutFacesIsAnAnswer() {
        Path lamp = lamp("lamp.jpg");
        Ran ran = Ran.fovea("see", lamp.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo(lamp + ": no face\n");
        assertThat(folder.toFile().list()).containsExactly("lamp.jpg");
    }

    @Test
    void jsonHasOneObject() {
        Path lamp = lamp("lamp.png");
        Ran ran = Ran.fovea("see", lamp.toString(), "--json");
        assertThat(ran.out()).isEqualTo("{\"file\":\"" + lamp + "\",\"width\":64,\"height\":48,\"faces\":[]}\n");
    }

    @Test
    void numbersAreAddedWhereTheyAreWantedAndOnlyOfNetworksThatAreHere() {
        Path lamp = lamp("lamp.png");
        assertThat(Ran.fovea("see", lamp.toString(), "--json", "--embedding").out())
                .isEqualTo(Ran.fovea("see", lamp.toString(), "--json").out());
        Ran.fovea("see", lamp.toString(), "--embedder", "nobody").refuses("nobody");
    }

    @Test
    void ofAFolderEveryReadablePictureGivesALine() throws IOException {
        lamp("b.png");
        lamp("a.jpg");
        Path broken = lamp("c.png");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 60));
        Files.writeString(folder.resolve("letter.txt"), "Dear Sir");
        Ran ran = Ran.fovea("see", folder.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "{\"file\":\"a.jpg\",\"width\":64,\"height\":48,\"faces\":[]}",
                        "{\"file\":\"b.png\",\"width\":64,\"height\":48,\"faces\":[]}");
        assertThat(ran.complaints())
                .hasSize(1)
                .first()
                .asString()
                .contains("c.png")
                .endsWith(".");
    }

    @Test
    void drawingsGoWhereTheyShall() {
        lamp("a.jpg");
        lamp("b.png");
        Path drawn = folder.resolve("drawn");
        assertThat(Ran.fovea("see", folder.toString(), "-o", drawn.toString()).code())
                .isZero();
        assertThat(drawn.toFile().list()).containsExactlyInAnyOrder("a.png", "b.png");
        Path one = folder.resolve("one.png");
        Ran.fovea("see", folder.resolve("a.jpg").toString(), "-o", one.toString());
        assertThat(Image.read(one).width()).isEqualTo(64);
    }

    @Test
    void whatCannotBeDoneIsOneSentence() throws IOException {
        Path lamp = lamp("lamp.jpg");
        Ran.fovea("see", folder.resolve("nowhere.jpg").toString()).refuses("nowhere.jpg");
        Ran.fovea("see", lamp.toString(), "-o", lamp.toString()).refuses("lamp.jpg");
        Ran.fovea("see", lamp.toString(), "-o", folder.resolve("seen.xyz").toString())
                .refuses("seen.xyz");
        Ran.fovea("see", lamp.toString(), "-o", folder.resolve("no/seen.png").toString())
                .refuses("seen.png");
        Path letter = Files.writeString(folder.resolve("letter.jpg"), "Dear Sir");
        Ran.fovea("see", letter.toString()).refuses("letter.jpg");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Ran.fovea("see", empty.toString()).refuses("empty");
        Path clip = Files.write(folder.resolve("clip.mp4"), new byte[200]);
        Ran.fovea("see", clip.toString()).refuses("clip.mp4");
        Ran.fovea("see", clip.toString(), lamp.toString()).refuses("video");
        Ran.fovea("see").refuses("");
    }

    private Path lamp(String name) {
        Path file = folder.resolve(name);
        Pictures.lamp(64, 48).write(file);
        return file;
    }
}
