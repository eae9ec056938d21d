package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Quality;
import dev.fovea.image.Turn;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures focused after the shot. */
class RefocusTest {
    private static final int W = 160;
    private static final int H = 120;

    @ParameterizedTest(name = "focus {0}, blur {1}, {2} blades")
    @CsvSource({"9, 1.5, 0, 40", "9, 1.5, 4, 40", "2, 1.5, 0, 33", "2, 1.5, 4, 33", "5, 2, 0, 33", "12, 1, 0, 38"})
    void itIsWhatARealLensSees(double focus, double blur, int blades, double atLeast) {
        var scene = new SheetAndWall(W, H, 9, 2);
        var wish = new Bokeh(focus, blur, new Lens(blades, 0, 0));
        Image ours = wish.apply(scene.picture(), scene.disparity());
        assertThat(Quality.psnr(ours, scene.through(wish))).isGreaterThan(atLeast);
    }

    @Test
    void withoutBlurItIsTheVeryPicture() {
        var scene = new SheetAndWall(W, H, 9, 2);
        Image picture = scene.picture();
        assertThat(new Bokeh(5, 0, Lens.NORMAL).apply(picture, scene.disparity()))
                .isSameAs(picture);
    }

    @Test
    void whatIsInFocusStaysAsItIs() {
        var scene = new SheetAndWall(W, H, 9, 2);
        Image picture = scene.picture();
        Image focused = new Bokeh(9, 2, Lens.ROUND).apply(picture, scene.disparity());
        for (int y = 0; y < H; y++) {
            for (int x = 0; scene.sheet(x + 5, y); x++) {
                assertThat(focused.plane(1)[y * W + x])
                        .as("%d,%d", x, y)
                        .isCloseTo(picture.plane(1)[y * W + x], within(1e-6f));
            }
        }
    }

    @ParameterizedTest(name = "{0} blades")
    @ValueSource(ints = {0, 3, 4, 5, 6, 9})
    void aPlainPictureStaysPlain(int blades) {
        var plane = new float[W * H];
        Arrays.fill(plane, 0.4f);
        Image grey = Image.of(W, H, Colour.LINEAR_GREY, plane);
        Disparity disparity = new SheetAndWall(W, H, 9, 2).disparity();
        Image blurred = new Bokeh(4, 5, new Lens(blades, 0.5, 0.5)).apply(grey, disparity);
        for (float v : blurred.plane(0)) {
            assertThat(v).isCloseTo(0.4f, within(1e-4f));
        }
    }

    @ParameterizedTest(name = "{0} blades, {1} pixels wide")
    @CsvSource({"0, 9", "0, 40", "4, 9", "4, 30", "5, 20", "7, 44"})
    void aLampBecomesTheLensAndKeepsItsLight(int blades, double diameter) {
        var plane = new float[W * H];
        plane[H / 2 * W + W / 2] = 1;
        Image lamp = Image.of(W, H, Colour.LINEAR_GREY, plane);
        Image disc = new Bokeh(0, diameter / 8, new Lens(blades, 0, 0)).apply(lamp, flat(8));
        double sum = 0;
        int lit = 0;
        float most = 0;
        for (float v : disc.plane(0)) {
            sum += v;
            most = Math.max(most, v);
        }
        for (float v : disc.plane(0)) {
            lit += v > most / 2 ? 1 : 0;
        }
        double area = blades == 4 ? diameter * diameter : Math.PI / 4 * diameter * diameter;
        assertThat(sum).isCloseTo(1, within(0.01));
        assertThat(lit / area).isCloseTo(1, within(0.25));
    }

    @Test
    void smallLightsBloom() {
        var plane = new float[W * H];
        plane[H / 2 * W + W / 2] = 1;
        Image lamp = Image.of(W, H, Colour.LINEAR_GREY, plane);
        Image dull = new Bokeh(0, 2, new Lens(0, 0, 0)).apply(lamp, flat(8));
        Image bright = new Bokeh(0, 2, new Lens(0, 0, 1)).apply(lamp, flat(8));
        int middle = H / 2 * W + W / 2;
        assertThat(bright.plane(0)[middle]).isGreaterThan(5 * dull.plane(0)[middle]);
    }

    @Test
    void aBlurredThingBleedsOverASharpWallAndNeverTheOtherWayRound() {
        var scene = new SheetAndWall(W, H, 9, 2);
        Image red = painted(scene);
        Image wallSharp = new Bokeh(2, 2, Lens.ROUND).apply(red, scene.disparity());
        Image sheetSharp = new Bokeh(9, 2, Lens.ROUND).apply(red, scene.disparity());
        int y = H / 2;
        int edge = 0;
        while (scene.sheet(edge, y)) {
            edge++;
        }
        int outside = y * W + edge + 4;
        int inside = y * W + edge - 4;
        assertThat(wallSharp.plane(0)[outside]).as("red over the wall").isGreaterThan(0.05f);
        assertThat(wallSharp.plane(2)[inside]).as("the wall shows through").isGreaterThan(0.05f);
        assertThat(sheetSharp.plane(0)[outside])
                .as("no red beside the sharp sheet")
                .isLessThan(1e-3f);
        assertThat(sheetSharp.plane(2)[inside])
                .as("no wall over the sharp sheet")
                .isLessThan(1e-3f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {9, 2, 5})
    void mirroredItIsMirrored(double focus) {
        var scene = new SheetAndWall(256, 64, 9, 2);
        var wish = new Bokeh(focus, 1.5, Lens.NORMAL);
        Image ours = wish.apply(scene.picture(), scene.disparity());
        Image mirrored =
                wish.apply(Turn.MIRROR.apply(scene.picture()), scene.disparity().turned(Turn.MIRROR));
        assertThat(Quality.psnr(Turn.MIRROR.apply(mirrored), ours)).isGreaterThan(60);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        var scene = new SheetAndWall(300, 260, 9, 2);
        var wish = new Bokeh(5, 3, Lens.NORMAL);
        Image one = Work.threads(1, () -> wish.apply(scene.picture(), scene.disparity()));
        assertThat(wish.apply(scene.picture(), scene.disparity())).isEqualTo(one);
    }

    @Test
    void metresAreInverted() {
        var scene = new SheetAndWall(W, H, 1, 0.25);
        var metres = new float[W * H];
        for (int i = 0; i < metres.length; i++) {
            metres[i] = 1 / scene.disparity().pixels()[i];
        }
        var wish = new Bokeh(1, 12, Lens.ROUND);
        Image ofDisparity = wish.apply(scene.picture(), scene.disparity());
        Image ofMetres = wish.apply(scene.picture(), DepthMap.of(W, H, metres));
        assertThat(Quality.psnr(ofMetres, ofDisparity)).isGreaterThan(80);
    }

    @Test
    void depthOfHalfTheSizeServesNearlyAsWell() {
        var scene = new SheetAndWall(W, H, 8, 2);
        var half = new float[W / 2 * (H / 2)];
        for (int i = 0; i < half.length; i++) {
            half[i] = scene.disparity().at(i % (W / 2) * 2, i / (W / 2) * 2) / 2;
        }
        var wish = new Bokeh(8, 1.5, Lens.ROUND);
        Image whole = wish.apply(scene.picture(), scene.disparity());
        Image smaller = wish.apply(scene.picture(), Disparity.of(W / 2, H / 2, half));
        assertThat(Quality.psnr(smaller, whole)).isGreaterThan(35);
    }

    @Test
    void unknownDisparityIsTakenFromBehind() {
        var scene = new SheetAndWall(W, H, 9, 2);
        float[] gaps = scene.disparity().pixels().clone();
        for (int y = 40; y < 60; y++) {
            Arrays.fill(gaps, y * W + 120, y * W + 140, Float.NaN);
        }
        var wish = new Bokeh(9, 1.5, Lens.ROUND);
        Image filled = wish.apply(scene.picture(), Disparity.of(W, H, gaps));
        assertThat(Quality.psnr(filled, wish.apply(scene.picture(), scene.disparity())))
                .isGreaterThan(60);
    }

    @Test
    void depthOfAnotherPictureIsRefused() {
        Image picture = new SheetAndWall(W, H, 9, 2).picture();
        assertThatThrownBy(() -> Refocus.of(picture, Disparity.of(80, 80, new float[6400])))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("80 x 80");
        var nothing = new float[W * H];
        Arrays.fill(nothing, Float.NaN);
        assertThatThrownBy(() -> Refocus.of(picture, Disparity.of(W, H, nothing)))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void impossibleWishesAreRefused() {
        assertThatThrownBy(() -> new Bokeh(Double.NaN, 1, Lens.ROUND)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bokeh(1, -1, Lens.ROUND)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Lens(2, 0, 0)).hasMessageContaining("blades is 2");
        assertThatThrownBy(() -> new Lens(0, 1.5, 0)).hasMessageContaining("1.5");
    }

    private static Disparity flat(float d) {
        var plane = new float[W * H];
        Arrays.fill(plane, d);
        return Disparity.of(W, H, plane);
    }

    /** A red sheet before a blue wall. */
    private static Image painted(SheetAndWall scene) {
        var rgb = new float[3][W * H];
        for (int i = 0; i < W * H; i++) {
            rgb[scene.sheet(i % W, i / W) ? 0 : 2][i] = 0.8f;
        }
        return Image.of(W, H, Colour.LINEAR, rgb);
    }
}
