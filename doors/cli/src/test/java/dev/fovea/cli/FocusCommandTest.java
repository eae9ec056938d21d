package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Image;
import dev.fovea.image.Quality;
import dev.fovea.image.Shot;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture focused after the shot, as a user asks for it. */
class FocusCommandTest {
    private static final Path PORTRAIT =
            Path.of(System.getProperty("fovea.data", "../../../shared/data"), "rgbd/iphone/front_facing/photo.jpg");
    private static final int W = 96;
    private static final int H = 72;

    @TempDir
    Path folder;

    @BeforeEach
    void shoot() {
        Pictures.noise(W, H).write(at("photo.png"));
        Pictures.noise(W, H).write(at("photo.jpg"), Pictures.takenWith("One"), Encoding.NORMAL);
        disparity(20, 2).write(at("depth.pfm"));
    }

    @Test
    void theNearestLargeThingIsInFocusAndTheOutputSaysSo() {
        Ran ran = focus("photo.png", "--depth", "depth.pfm", "--aperture", "1.8");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.out())
                .hasLineCount(1)
                .startsWith(at("out.png")
                        + ": 96 x 72 pixels, in focus is the nearest large thing, for there is no face, at ")
                .contains("f/1.8");
        Image before = Image.read(at("photo.png"));
        Image after = Image.read(at("out.png"));
        assertThat(after.plane(0)[H / 2 * W + W / 2]).isEqualTo(before.plane(0)[H / 2 * W + W / 2]);
        assertThat(Quality.psnr(after, before)).isLessThan(25);
    }

    @Test
    void aPointIsInFocusWhereItIsNamed() {
        Ran ran = focus("photo.png", "--depth", "depth.pfm", "--at", "5,6", "--blur", "0.5", "--json");
        assertThat(ran.out())
                .startsWith("{\"width\":96,\"height\":72,\"focus\":\"POINT\",\"x\":5,\"y\":6,\"disparity\":2,")
                .contains("\"aperture\":null,\"blur\":0.5,\"faces\":0")
                .hasLineCount(1);
        Image before = Image.read(at("photo.png"));
        assertThat(Image.read(at("out.png")).plane(1)[6 * W + 5]).isEqualTo(before.plane(1)[6 * W + 5]);
    }

    @Test
    void withoutBlurNothingChanges() {
        assertThat(focus("photo.png", "--depth", "depth.pfm", "--blur", "0").code())
                .isZero();
        assertThat(Image.read(at("out.png"))).isEqualTo(Image.read(at("photo.png")));
    }

    @Test
    void whatTheCameraWroteIsKept() {
        Path out = at("out.jpg");
        Ran ran = Ran.fovea(
                "focus", at("photo.jpg").toString(), "--depth", at("depth.pfm").toString(), "-o", out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Shot.read(out).exif().camera())
                .isEqualTo(Shot.read(at("photo.jpg")).exif().camera());
    }

    @Test
    void millimetresAreDepthAsWell() {
        var metres = new float[W * H];
        Arrays.fill(metres, 3);
        Arrays.fill(metres, 0, 20 * W, 1);
        DepthMap.of(W, H, metres).write(at("mm.png"));
        Ran ran = focus("photo.png", "--depth", "mm.png", "--at", "40,10", "--json");
        assertThat(ran.out()).contains("\"disparity\":1,");
    }

    @Test
    void withoutDepthThePersonStaysSharpAndTheOutputSaysSo() {
        assumeTrue(Files.exists(PORTRAIT), "no real portrait here");
        Path out = at("out.png");
        Ran ran = Ran.fovea("focus", PORTRAIT.toString(), "-o", out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).hasLineCount(1).contains("there is no depth, so the person stays sharp");
        Image before = Image.read(PORTRAIT);
        Image after = Image.read(out);
        int middle = before.height() / 2 * before.width() + before.width() / 2;
        assertThat(after.plane(0)[middle]).isCloseTo(before.plane(0)[middle], within(2 / 255f));
        assertThat(Quality.psnr(after, before)).isLessThan(45);
    }

    @Test
    void withoutDepthAndWithoutAPersonNothingCanBeFocused() {
        focus("photo.png").refuses("carries no depth and shows no person; give its depth with --depth");
        focus("photo.png", "--at", "5,6").refuses("carries no depth");
        focus("photo.png", "--blur", "2").refuses("carries no depth");
        focus("photo.png", "--blades", "6").refuses("carries no depth");
        assertThat(at("out.png")).doesNotExist();
    }

    @Test
    void aGreyPictureIsNotTakenForItsOwnDepth() {
        Pictures.noise(W, H).to(Colour.GREY).write(at("grey.png"));
        focus("grey.png").refuses("grey.png carries no depth");
    }

    @Test
    void whatCannotBeDoneIsOneSentence() throws IOException {
        focus("photo.png", "--depth", "nowhere.pfm").refuses("nowhere.pfm");
        focus("photo.png", "--depth", "depth.pfm", "--at", "96,5").refuses("96,5");
        focus("photo.png", "--depth", "depth.pfm", "--at", "-4,5").refuses("-4,5");
        focus("photo.png", "--depth", "depth.pfm", "--at", "here").refuses("here");
        focus("photo.png", "--depth", "depth.pfm", "--aperture", "0").refuses("aperture is 0");
        focus("photo.png", "--depth", "depth.pfm", "--blur", "-1").refuses("blur is -1");
        focus("photo.png", "--depth", "depth.pfm", "--blur", "1", "--aperture", "2")
                .refuses("--blur");
        focus("photo.png", "--depth", "depth.pfm", "--blades", "2").refuses("blades is 2");
        focus("photo.png", "--depth", "depth.pfm", "--depth-unit", "miles").refuses("miles");
        focus("photo.png", "--depth-unit", "mm").refuses("--depth");
        Disparity.of(50, 50, new float[2500]).write(at("square.pfm"));
        focus("photo.png", "--depth", "square.pfm").refuses("square.pfm");
        disparity(5, -2).write(at("negative.pfm"));
        focus("photo.png", "--depth", "negative.pfm").refuses("negative.pfm");
        var nothing = new float[W * H];
        Arrays.fill(nothing, Float.NaN);
        Disparity.of(W, H, nothing).write(at("nothing.pfm"));
        focus("photo.png", "--depth", "nothing.pfm").refuses("nothing.pfm");
        Files.write(at("clip.mp4"), new byte[200]);
        focus("clip.mp4", "--depth", "depth.pfm").refuses("clip.mp4");
        assertThat(at("out.png")).doesNotExist();
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private Ran focus(String picture, String... words) {
        var all = new java.util.ArrayList<>(java.util.List.of(
                "focus", at(picture).toString(), "-o", at("out.png").toString()));
        for (String word : words) {
            all.add(word.endsWith(".pfm") || word.endsWith(".png") ? at(word).toString() : word);
        }
        return Ran.fovea(all.toArray(String[]::new));
    }

    /** A thing in the middle before a wall. */
    private static Disparity disparity(float front, float back) {
        var d = new float[W * H];
        for (int i = 0; i < d.length; i++) {
            d[i] = Math.abs(i % W - W / 2) < 20 && Math.abs(i / W - H / 2) < 20 ? front : back;
        }
        return Disparity.of(W, H, d);
    }
}
