package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.video.VideoEncoding;
import dev.fovea.video.VideoWriter;
import dev.fovea.vision.EyeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeing from the command line, with pictures that show no face, and with drawn heads. */
class SeeCommandTest {
    private static final String EYE = "\\{\"open\":([0-9.]+),\"confidence\":([0-9.]+)}";
    private static final Pattern EYES = Pattern.compile("\"eyes\":\\[" + EYE + "," + EYE + "]");

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
    void whoSleepsIsTold() throws IOException {
        EyeState[] awake = eyes("awake.jpg");
        EyeState[] asleep = eyes("asleep.jpg");
        for (int i = 0; i < 2; i++) {
            assertThat(awake[i].open()).isGreaterThan(0.6);
            assertThat(awake[i].confidence()).isGreaterThan(0.5);
            assertThat(asleep[i].open()).isLessThan(0.3);
            assertThat(asleep[i].confidence()).isGreaterThan(0.5);
        }
    }

    /** The eyes of the only face of a drawn head's picture, as the JSON has them. */
    private EyeState[] eyes(String name) throws IOException {
        Path file = folder.resolve(name);
        try (var in = Objects.requireNonNull(SeeCommandTest.class.getResourceAsStream(name))) {
            Files.write(file, in.readAllBytes());
        }
        Ran ran = Ran.fovea("see", file.toString(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        Matcher eyes = EYES.matcher(ran.out());
        assertThat(eyes.find()).as(ran.out()).isTrue();
        return new EyeState[] {eye(eyes.group(1), eyes.group(2)), eye(eyes.group(3), eyes.group(4))};
    }

    private static EyeState eye(String open, String confidence) {
        return new EyeState(Double.parseDouble(open), Double.parseDouble(confidence));
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
    void mattesAreGreyPicturesOfEightBitsAndOfThePicturesSize() throws IOException {
        lamp("a.jpg");
        lamp("b.tiff");
        Path mattes = folder.resolve("mattes");
        Ran ran = Ran.fovea("see", folder.toString(), "--matte", mattes.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(mattes.toFile().list()).containsExactlyInAnyOrder("a.png", "b.png");
        byte[] png = Files.readAllBytes(mattes.resolve("a.png"));
        // the header's bit depth and colour type: 8 bits, grey
        assertThat(new byte[] {png[24], png[25]}).containsExactly(8, 0);
        Image matte = Image.read(mattes.resolve("a.png"));
        assertThat(List.of(matte.width(), matte.height())).containsExactly(64, 48);
    }

    @Test
    void aFilmHasAMatteAFrame() {
        Path clip = folder.resolve("clip.mp4");
        try (var writer = VideoWriter.to(clip, VideoEncoding.NORMAL)) {
            for (int i = 0; i < 3; i++) {
                writer.write(Frame.of(Pictures.lamp(64, 48), Duration.ofMillis(40L * i), "frame " + i));
            }
            writer.finish();
        }
        Path mattes = folder.resolve("mattes");
        Ran ran = Ran.fovea("see", clip.toString(), "--matte", mattes.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(mattes.toFile().list())
                .containsExactlyInAnyOrder("clip-000001.png", "clip-000002.png", "clip-000003.png");
        assertThat(Image.read(mattes.resolve("clip-000002.png")).width()).isEqualTo(64);
    }

    @Test
    void neitherDrawingsNorMattesTakeAPicturesPlace() {
        Path lamp = lamp("lamp.png");
        Ran.fovea("see", folder.toString(), "--matte", folder.toString()).refuses("lamp.png");
        Ran.fovea("see", lamp.toString(), "--matte", folder.toString()).refuses("lamp.png");
        Ran.fovea("see", folder.toString(), "-o", folder.toString()).refuses("lamp.png");
        Ran.fovea("see", lamp.toString(), "--matte", lamp.toString()).refuses("lamp.png");
        assertThat(Image.read(lamp)).isEqualTo(Image.read(lamp("again.png")));
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
