package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is a burst: its pictures, in the order of their names. */
class FolderTest {
    @TempDir
    Path folder;

    @Test
    void numbersInNamesCountByTheirValue() {
        var names = List.of(
                "a",
                "IMG_1.jpg",
                "img_2.jpg",
                "IMG_02.png",
                "IMG_10.jpg",
                "IMG_10_1.jpg",
                "IMG_10_02.jpg",
                "IMG_99999999999999999999.jpg",
                "IMG_100000000000000000000.jpg",
                "z");
        var sorted = new ArrayList<>(names);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(sorted, new Random(seed));
            sorted.sort(NaturalOrder.NAMES);
            assertThat(sorted).containsExactlyElementsOf(names);
        }
    }

    private void picture(String name, float value) {
        var plane = new float[6];
        java.util.Arrays.fill(plane, value);
        Image.of(3, 2, Colour.GREY, plane).write(folder.resolve(name));
    }

    @Test
    void whatIsNoPictureIsPassedOver() throws IOException {
        picture("IMG_10.png", 1);
        picture("IMG_2.png", 0);
        picture("IMG_9.JPG", 0.5f);
        picture(".hidden.png", 0);
        Files.writeString(folder.resolve("notes.txt"), "hello");
        Files.writeString(folder.resolve("camera.json"), "{}");
        Files.writeString(folder.resolve(".DS_Store"), "x");
        Files.write(folder.resolve("IMG_2.mov"), "\0\0\0\u0018ftypqt  ".getBytes());
        Files.createDirectory(folder.resolve("truth"));
        Image.of(1, 1, Colour.LINEAR, new float[1], new float[1], new float[1]).write(folder.resolve("truth.hdr"));
        Files.copy(folder.resolve("IMG_2.png"), folder.resolve("picture-without-extension"));
        List<Path> found = Codecs.pictures(folder);
        assertThat(found.stream().map(f -> f.getFileName().toString()))
                .containsExactly("IMG_2.png", "IMG_9.JPG", "IMG_10.png", "picture-without-extension");
        Burst burst = Burst.read(folder);
        assertThat(burst.shots().stream().map(s -> ((Frame) s).bytes()[0] & 0xFF))
                .containsExactly(0, 128, 255, 0);
    }

    @Test
    void aDamagedPictureIsToldNotPassedOver() throws IOException {
        picture("IMG_1.png", 1);
        Files.write(folder.resolve("IMG_2.png"), new byte[0]);
        assertThatThrownBy(() -> Burst.read(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("IMG_2.png")
                .hasMessageContaining("is empty");
    }

    @Test
    void dngsStandForTheirJpegTwins() throws IOException {
        picture("IMG_1.jpg", 0);
        picture("IMG_2.jpg", 0);
        for (String name : new String[] {"IMG_2.DNG", "IMG_1.dng"}) {
            Files.write(folder.resolve(name), new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        assertThat(Codecs.pictures(folder).stream().map(f -> f.getFileName().toString()))
                .containsExactly("IMG_1.dng", "IMG_2.DNG");
    }

    @Test
    void foldersWithoutPicturesSayWhy() throws IOException {
        assertThatThrownBy(() -> Burst.read(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("holds no pictures");
        Files.write(folder.resolve("IMG_1.HEIC"), "\0\0\0\u0018ftypheic".getBytes());
        assertThatThrownBy(() -> Burst.read(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("IMG_1.HEIC is a HEIC");
    }

    @Test
    void namedFilesAreNeverPassedOver() throws IOException {
        picture("a.png", 0);
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        Path light = folder.resolve("light.hdr");
        Image.of(1, 1, Colour.LINEAR, new float[1], new float[1], new float[1]).write(light);
        for (Path file : List.of(text, light, folder.resolve("missing.png"))) {
            assertThatThrownBy(() -> Burst.read(folder.resolve("a.png"), file))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(file.toString());
        }
    }
}
