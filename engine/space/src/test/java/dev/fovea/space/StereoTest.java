package dev.fovea.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Homography;
import dev.fovea.image.Image;
import dev.fovea.image.Turn;
import dev.fovea.image.Warp;
import dev.fovea.sample.SampleStereo;
import dev.fovea.sample.Scenes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stereo on a rendered pair whose disparity is known exactly. */
class StereoTest {
    private static final int W = 320;
    private static final int H = 240;
    private static final SampleStereo.Pair SHOT =
            SampleStereo.NORMAL.withSize(W, H).shoot();
    private static final StereoPair PAIR = new StereoPair(SHOT.left(), SHOT.right());

    /** Percent of the pixels seen by both that are more than so many pixels wrong. */
    private static double bad(Disparity found, double much) {
        float[] truth = SHOT.disparity();
        boolean[] both = SHOT.seenByBoth();
        int n = 0, bad = 0;
        for (int i = 0; i < truth.length; i++) {
            n += both[i] ? 1 : 0;
            bad += both[i] && !(Math.abs(found.pixels()[i] - truth[i]) <= much) ? 1 : 0;
        }
        return 100.0 * bad / n;
    }

    private static Image changed(Image image, float gain, float offset) {
        var planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = image.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = Math.clamp(planes[c][i] * gain + offset, 0f, 1f);
            }
        }
        return Image.of(image.width(), image.height(), Colour.SRGB, planes);
    }

    @Test
    void aRenderedPairIsMeasured() {
        Disparity found = new Stereo().apply(PAIR);
        assertThat(bad(found, 2)).isLessThan(2.5);
        assertThat(bad(found, 1)).isLessThan(5);
    }

    @Test
    void theRangeMayBeGiven() {
        assertThat(bad(new Stereo(32, false).apply(PAIR), 2)).isLessThan(2.5);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.0", "1.3, -0.05", "0.7, 0.2"})
    void anotherExposureOfOneLensChangesLittle(float gain, float offset) {
        var pair = new StereoPair(SHOT.left(), changed(SHOT.right(), gain, offset));
        assertThat(bad(new Stereo().apply(pair), 2)).isLessThan(4);
    }

    @Test
    void aDarkNoisyPairIsMeasured() {
        SampleStereo.Pair light =
                SampleStereo.NORMAL.withSize(W, H).withNoise(0).shoot();
        var noise = new java.util.SplittableRandom(3);
        var views = new Image[2];
        for (int v = 0; v < 2; v++) {
            Image from = v == 0 ? light.left() : light.right();
            var planes = new float[3][W * H];
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < W * H; i++) {
                    double value = 0.12 * from.plane(c)[i] + 0.005 * noise.nextGaussian();
                    planes[c][i] = Math.clamp(Math.round(255 * value) / 255f, 0f, 1f);
                }
            }
            views[v] = Image.of(W, H, Colour.SRGB, planes);
        }
        assertThat(bad(new Stereo().apply(new StereoPair(views[0], views[1])), 2))
                .isLessThan(12);
    }

    @Test
    void aPairUpsideDownGivesTheSameUpsideDown() {
        var flipped = new StereoPair(Turn.FLIP.apply(SHOT.left()), Turn.FLIP.apply(SHOT.right()));
        Disparity there = new Stereo(32, false).apply(PAIR);
        Disparity back = new Stereo(32, false).apply(flipped).turned(Turn.FLIP);
        int same = 0;
        for (int i = 0; i < W * H; i++) {
            same += Math.abs(there.pixels()[i] - back.pixels()[i]) < 0.5 ? 1 : 0;
        }
        assertThat(same).isGreaterThan(W * H * 96 / 100);
    }

    @Test
    void movingTheRightViewMovesEveryDisparityByAsMuch() {
        int w = W - 20;
        var near = new StereoPair(new Crop(20, 0, w, H).apply(SHOT.left()), new Crop(20, 0, w, H).apply(SHOT.right()));
        var far = new StereoPair(new Crop(20, 0, w, H).apply(SHOT.left()), new Crop(12, 0, w, H).apply(SHOT.right()));
        // the right view begins 8 pixels further left, so that everything lies 8 pixels further right in it
        Disparity more = new Stereo(32, false).apply(near), less = new Stereo(32, false).apply(far);
        int same = 0, n = 0;
        for (int i = 0; i < w * H; i++) {
            boolean inside = more.pixels()[i] > 9 && i % w > 40;
            n += inside ? 1 : 0;
            same += inside && Math.abs(more.pixels()[i] - less.pixels()[i] - 8) < 1 ? 1 : 0;
        }
        assertThat(n).isGreaterThan(2000);
        assertThat(same).isGreaterThan(n * 9 / 10);
    }

    @Test
    void whatOneLensDoesNotSeeMayStayUnknown() {
        Disparity found = new Stereo(32, true).apply(PAIR);
        boolean[] both = SHOT.seenByBoth();
        int hidden = 0, unknown = 0, seen = 0, known = 0;
        for (int i = 0; i < both.length; i++) {
            boolean nan = Float.isNaN(found.pixels()[i]);
            hidden += both[i] ? 0 : 1;
            unknown += !both[i] && nan ? 1 : 0;
            seen += both[i] ? 1 : 0;
            known += both[i] && !nan ? 1 : 0;
        }
        assertThat(unknown).isGreaterThan(hidden * 6 / 10);
        assertThat(known).isGreaterThan(seen * 9 / 10);
    }

    @Test
    void swappedViewsAreToldSo() {
        var swapped = new StereoPair(SHOT.right(), SHOT.left());
        assertThatThrownBy(() -> new Stereo().apply(swapped))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("left and right swapped");
    }

    @Test
    void unrelatedViewsAreToldSo() {
        Image other = Scenes.patchwork(W, H, 3).to(Colour.SRGB);
        assertThatThrownBy(() -> new Stereo().apply(new StereoPair(SHOT.left(), other)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("does not show one scene");
        assertThatThrownBy(() -> new Rectify().apply(new StereoPair(SHOT.left(), other)))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void viewsWithoutTextureAreToldSo() {
        var grey = new float[W * H];
        Arrays.fill(grey, 0.5f);
        Image flat = Image.of(W, H, Colour.SRGB, grey, grey, grey);
        assertThatThrownBy(() -> new Stereo().apply(new StereoPair(flat, flat)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no texture");
    }

    @Test
    void viewsOfOtherSizeAreToldSo() {
        Image small = new Crop(0, 0, W - 1, H).apply(SHOT.right());
        assertThatThrownBy(() -> new StereoPair(SHOT.left(), small))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("give two pictures of one size");
    }

    @Test
    void aRectifiedPairIsLeftAsItIs() {
        Rectified rectified = new Rectify().apply(PAIR);
        assertThat(rectified.pair()).isSameAs(PAIR);
        assertThat(rectified.place()).isEmpty();
    }

    /** A camera turned by a degree or so about all axes. */
    private static Homography turned(double x, double y, double z) {
        double f = SHOT.focal(), cx = (W - 1) / 2.0, cy = (H - 1) / 2.0;
        double[] k = {f, 0, cx, 0, f, cy, 0, 0, 1};
        double[] back = {1 / f, 0, -cx / f, 0, 1 / f, -cy / f, 0, 0, 1};
        double[] small = {1, -z, y, z, 1, -x, -y, x, 1};
        return QuasiEuclidean.homography(QuasiEuclidean.times(k, QuasiEuclidean.times(small, back)));
    }

    @Test
    void aTurnedCameraIsTurnedBack() {
        Image right = Warp.of(SHOT.right(), turned(0.012, -0.006, 0.02));
        Rectified rectified = new Rectify().apply(new StereoPair(SHOT.left(), right));
        assertThat(rectified.place()).isPresent();
        Disparity found = rectified.onPicture(new Stereo().apply(rectified.pair()));
        // disparity is known up to an offset: how far the camera was turned about the vertical cannot be seen
        float[] truth = SHOT.disparity();
        boolean[] both = SHOT.seenByBoth();
        var differences = new float[W * H];
        int n = 0;
        for (int i = 0; i < truth.length; i++) {
            if (both[i] && i % W > 20 && i % W < W - 20 && i / W > 10 && i / W < H - 10) {
                differences[n++] = found.pixels()[i] - truth[i];
            }
        }
        Arrays.sort(differences, 0, n);
        float middle = differences[n / 2];
        int wrong = 0;
        for (int i = 0; i < n; i++) {
            wrong += Math.abs(differences[i] - middle) > 2 ? 1 : 0;
        }
        assertThat(wrong).isLessThan(n * 12 / 100);
    }

    @Test
    void knownLensesGiveMetres() {
        String k = "[" + SHOT.focal() + ", 0, " + (W - 1) / 2.0 + ", 0, " + SHOT.focal() + ", " + (H - 1) / 2.0
                + ", 0, 0, 1]";
        String json = "{\"width\": " + W + ", \"height\": " + H + ", \"K1\": " + k + ", \"K2\": " + k
                + ", \"R\": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], \"T\": [-0.06, 0, 0]}";
        Rectified rectified = StereoCalibration.parse("lenses.json", json).apply(PAIR);
        assertThat(rectified.pair()).isSameAs(PAIR);
        Disparity disparity = new Stereo(32, false).apply(rectified.pair());
        float[] metres = ((DepthMap) rectified.depth(disparity)).metres();
        boolean[] both = SHOT.seenByBoth();
        int good = 0, n = 0;
        for (int i = 0; i < metres.length; i++) {
            n += both[i] ? 1 : 0;
            good += both[i] && Math.abs(metres[i] / SHOT.leftMetres()[i] - 1) < 0.1 ? 1 : 0;
        }
        assertThat(good).isGreaterThan(n * 95 / 100);
    }

    @Test
    void turnedLensesThatAreKnownAreTurnedBack() {
        double f = SHOT.focal(), cx = (W - 1) / 2.0, cy = (H - 1) / 2.0, z = 0.02;
        Image right = Warp.of(SHOT.right(), turned(0, 0, z));
        // the warp takes pixel p from turned(p): the camera stands turned the other way
        String k = "data: [" + f + ", 0., " + cx + ", 0., " + f + ", " + cy + ", 0., 0., 1.]";
        String yaml = "%YAML:1.0\n---\nM1: !!opencv-matrix\n   rows: 3\n   cols: 3\n   dt: d\n   " + k
                + "\nM2: !!opencv-matrix\n   rows: 3\n   cols: 3\n   dt: d\n   " + k
                + "\nR: !!opencv-matrix\n   rows: 3\n   cols: 3\n   dt: d\n   data: [" + Math.cos(z) + ", "
                + Math.sin(z) + ", 0., " + -Math.sin(z) + ", " + Math.cos(z) + ", 0., 0., 0., 1.]\n"
                + "T: !!opencv-matrix\n   rows: 3\n   cols: 1\n   dt: d\n   data: [" + -0.06 * Math.cos(z) + ", "
                + 0.06 * Math.sin(z) + ", 0.]\n";
        Rectified rectified = StereoCalibration.parse("lenses.yml", yaml).apply(new StereoPair(SHOT.left(), right));
        Disparity found = rectified.onPicture(new Stereo(32, false).apply(rectified.pair()));
        assertThat(bad(found, 2)).isLessThan(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | lacks K1",
                "{\"K1\": [1, 2]} | numbers in K1",
                "{\"K1\": [1,0,0,0,1,0,0,0,1], \"K2\": [1,0,0,0,1,0,0,0,1], \"R\": [2,0,0,0,1,0,0,0,1], \"T\": [1,0,0]} | no rotation",
                "{\"K1\": [1,0,0,0,1,0,0,0,1], \"K2\": [1,0,0,0,1,0,0,0,1], \"R\": [1,0,0,0,1,0,0,0,1], \"T\": [0,0,0]} | in one place",
                "{\"K1\": [0,0,0,0,1,0,0,0,1], \"K2\": [1,0,0,0,1,0,0,0,1], \"R\": [1,0,0,0,1,0,0,0,1], \"T\": [1,0,0]} | focal length"
            })
    void aCalibrationThatCannotBeIsToldSo(String text, String problem) {
        assertThatThrownBy(() -> StereoCalibration.parse("lenses.json", text))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("lenses.json")
                .hasMessageContaining(problem);
    }

    @Test
    void lensesTheWrongWayRoundAreToldSo() {
        String text = "{\"K1\": [300,0,160,0,300,120,0,0,1], \"K2\": [300,0,160,0,300,120,0,0,1],"
                + " \"R\": [1,0,0,0,1,0,0,0,1], \"T\": [0.06,0,0]}";
        var calibration = StereoCalibration.parse("lenses.json", text);
        assertThatThrownBy(() -> calibration.apply(PAIR))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("wrong way round");
    }
}
