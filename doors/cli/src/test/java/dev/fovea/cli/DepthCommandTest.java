package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Image;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Depth from two pictures, as a user asks for it, on the sample pair. */
class DepthCommandTest {
    @TempDir
    static Path sample;

    @TempDir
    Path folder;

    @BeforeAll
    static void render() {
        Ran ran = Ran.fovea("sample", "stereo", sample.toString(), "--size", "256x192");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).hasLineCount(1).contains("a pair of 256x192 pixels");
    }

    private static String at(String name) {
        return sample.resolve(name).toString();
    }

    private static double wrong(Disparity found) {
        Disparity truth = (Disparity) Depth.read(sample.resolve("truth/disparity.pfm"));
        int wrong = 0;
        for (int i = 0; i < truth.pixels().length; i++) {
            wrong += Math.abs(found.pixels()[i] - truth.pixels()[i]) <= 2 ? 0 : 1;
        }
        return (double) wrong / truth.pixels().length;
    }

    @Test
    void aPairBecomesAPictureWithDepthInside() {
        Path shot = folder.resolve("shot.depth.jpg");
        Ran ran = Ran.fovea("depth", at("left.jpg"), at("right.jpg"), "-o", shot.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.out()).hasLineCount(1).startsWith(shot + ": 256 x 192 pixels, disparity ");
        assertThat(Image.read(shot)).isEqualTo(Image.read(sample.resolve("left.jpg")));
        assertThat(wrong((Disparity) Depth.read(shot))).isLessThan(0.12);
    }

    @Test
    void aPairBecomesDisparity() {
        Path pfm = folder.resolve("disparity.pfm");
        Ran ran = Ran.fovea("depth", at("left.png"), at("right.png"), "-o", pfm.toString(), "--max-disparity", "32");
        assertThat(ran.code()).as(ran.err()).isZero();
        Disparity dense = (Disparity) Depth.read(pfm);
        assertThat(dense.pixels()).doesNotContain(Float.NaN);
        assertThat(wrong(dense)).isLessThan(0.12);
    }

    @Test
    void withHolesWhatOneLensSeesAloneIsUnknown() {
        Path pfm = folder.resolve("disparity.pfm");
        Ran ran = Ran.fovea("depth", at("left.png"), at("right.png"), "-o", pfm.toString(), "--holes", "--json");
        assertThat(ran.out())
                .startsWith("{\"output\":\"" + pfm
                        + "\",\"width\":256,\"height\":192,\"rectified\":false,\"unit\":\"pixels\"")
                .contains("\"known\":0.");
        int unknown = 0;
        for (float v : ((Disparity) Depth.read(pfm)).pixels()) {
            unknown += Float.isNaN(v) ? 1 : 0;
        }
        assertThat(unknown).isBetween(500, 15_000);
    }

    @Test
    void knownLensesGiveMillimetres() {
        Path png = folder.resolve("depth.png");
        Ran ran = Ran.fovea(
                "depth", at("left.png"), at("right.png"), "--lenses", at("lenses.json"), "-o", png.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("metres");
        float[] found = ((DepthMap) Depth.read(png)).metres();
        float[] truth = ((DepthMap) Depth.read(sample.resolve("truth/depth.png"))).metres();
        int good = 0;
        for (int i = 0; i < truth.length; i++) {
            good += Math.abs(found[i] / truth[i] - 1) < 0.1 ? 1 : 0;
        }
        assertThat(good).isGreaterThan(truth.length * 8 / 10);
    }

    @Test
    void whatCannotBeMeasuredIsToldInOneSentence() throws IOException {
        Path out = folder.resolve("d.pfm");
        Ran.fovea("depth", at("right.png"), at("left.png"), "-o", out.toString())
                .refuses("swapped");
        Path other = folder.resolve("other.png");
        Pictures.noise(256, 192).write(other);
        Ran.fovea("depth", at("left.png"), other.toString(), "-o", out.toString())
                .refuses("pair");
        Path small = folder.resolve("small.png");
        Pictures.noise(64, 48).write(small);
        Ran.fovea("depth", at("left.png"), small.toString(), "-o", out.toString())
                .refuses("64 x 48");
        Ran.fovea(
                        "depth",
                        at("left.png"),
                        at("right.png"),
                        "-o",
                        folder.resolve("d.png").toString())
                .refuses("--lenses");
        Ran.fovea("depth", at("left.png"), at("right.png"), "-o", at("left.png"))
                .refuses("left.png");
        Ran.fovea("depth", at("left.png"), at("right.png"), "-o", out.toString(), "--max-disparity", "-3")
                .refuses("--max-disparity");
        Ran.fovea("depth", at("left.png"), at("nothing.png"), "-o", out.toString())
                .refuses("nothing.png");
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void aSampleIsReplacedAndNothingElse() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("letter.txt"), "dear");
        Ran.fovea("sample", "stereo", own.toString(), "--size", "64x48").refuses("letter.txt");
    }
}
