package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.BadInput;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposuresTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void exposuresOfDevelopedFramesAreEstimatedWithinThreePercent(long seed) {
        List<Double> truth = List.of(1.0, 4.0, 2.0, 0.5, 0.25);
        assertClose(Exposures.of(BracketScene.frames(truth, 100 * seed)), truth, 0.03);
    }

    /** Their common exponent is a guess: a factor f may come out as f to the power of 0.85 to 1.15. */
    @Test
    void unevenExposuresOfDevelopedFramesAreEstimatedUpToAnExponent() {
        List<Double> truth = List.of(1.0, 7.0, 0.5, 1.7);
        List<Double> found = Exposures.of(BracketScene.frames(truth, 5)).relative();
        double exponent = Math.log(found.get(1)) / Math.log(7);
        assertThat(exponent).isBetween(0.85, 1.15);
        for (int i = 1; i < truth.size(); i++) {
            assertThat(found.get(i)).isCloseTo(Math.pow(truth.get(i), exponent), within(0.03 * found.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void exposuresOfRawShotsAreMeasuredWithinOnePercent(long seed) {
        List<Double> truth = List.of(1.0, 7.0, 0.3, 1.7);
        assertClose(Exposures.of(BracketScene.raws(truth, 100 * seed)), truth, 0.01);
    }

    @Test
    void aShakenCameraDoesNotDisturbTheEstimate() {
        List<Double> truth = List.of(1.0, 4.0, 0.25);
        var shots = new ArrayList<Shot>();
        for (int i = 0; i < 3; i++) {
            shots.add(BracketScene.frame(shifted(BracketScene.light(60 + 30 * i, 80), 3 * i), truth.get(i), i));
        }
        assertClose(Exposures.of(new Burst(shots)), truth, 0.03);
    }

    private static Image shifted(Image image, int by) {
        var planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = image.plane(c).clone();
            System.arraycopy(image.plane(c), by, planes[c], 0, planes[c].length - by);
        }
        return Image.of(image.width(), image.height(), Colour.LINEAR, planes);
    }

    @Test
    void givenNumbersCountInAnyUnit() {
        Burst burst = BracketScene.frames(List.of(1.0, 2.0), 1);
        assertThat(Exposures.of(burst, Optional.of(List.of(0.01, 0.04))).relative())
                .containsExactly(1.0, 4.0);
        assertThat(Exposures.of(burst, Optional.of(List.of(0.01, 0.04))).relativeTo(1))
                .containsExactly(0.25, 1.0);
    }

    @Test
    void whatTheCameraWroteIsBelievedAndForRawMadeExact() {
        var frames = new ArrayList<Shot>();
        var raws = new ArrayList<Shot>();
        Image light = BracketScene.light(-1, 0);
        int[] seconds = {30, 8};
        for (int i = 0; i < 2; i++) {
            // The second shutter speed is written as 1/8 and is 1/7.5 in truth: a factor of 4 and not of 3.75.
            double truth = i == 0 ? 0.5 : 2;
            frames.add(with(exif(1, seconds[i]), BracketScene.frame(light, truth, i)));
            raws.add(with(exif(1, seconds[i]), BracketScene.raw(light, truth, i)));
        }
        assertThat(Exposures.of(new Burst(frames)).relative().get(1)).isCloseTo(3.75, within(1e-9));
        assertThat(Exposures.of(new Burst(raws)).relative().get(1)).isCloseTo(4, within(0.04));
    }

    private static Exif exif(int above, int below) {
        byte[] bytes = ByteBuffer.allocate(8).putInt(above).putInt(below).array();
        return Exif.NONE.with(new Exif.Tag(Exif.Directory.PHOTO, 0x829A, 5, 1, bytes));
    }

    private static Frame with(Exif exif, Frame f) {
        return new Frame(
                f.width(), f.height(), f.format(), f.bytes(), f.colour(), f.at(), f.spectrum(), exif, f.source());
    }

    private static Raw with(Exif exif, Raw r) {
        return new Raw(
                r.width(),
                r.height(),
                r.cfa(),
                new short[][] {r.plane(0)},
                new float[] {r.black(0), r.black(1), r.black(2), r.black(3)},
                r.white(),
                r.colour(),
                r.noise(),
                exif,
                r.source());
    }

    @Test
    void anOrdinaryBurstIsNoBracket() {
        assertThat(Exposures.of(BracketScene.frames(List.of(1.0, 1.05, 1.0), 1)))
                .isEqualTo(Exposures.same(3));
        assertThat(Exposures.of(BracketScene.raws(List.of(1.0, 1.05, 1.0), 1))).isEqualTo(Exposures.same(3));
        assertThat(Exposures.of(BracketScene.frames(List.of(0.0, 0.0), 1)).alike())
                .isTrue();
        assertThat(Exposures.of(BracketScene.raws(List.of(0.0, 0.0), 1)).alike())
                .isTrue();
        assertThat(Exposures.of(BracketScene.frames(List.of(1.0), 1))).isEqualTo(Exposures.same(1));
    }

    @Test
    void aFrameThatSharesNothingWithOthersIsNamed() {
        Frame first = BracketScene.frame(BracketScene.light(-1, 0), 1, 1);
        byte[] black = new byte[first.bytes().length];
        var burst = new Burst(List.of(
                first,
                new Frame(
                        first.width(),
                        first.height(),
                        first.format(),
                        black,
                        first.colour(),
                        first.at(),
                        first.spectrum(),
                        Exif.NONE,
                        "black.png")));
        assertThatThrownBy(() -> Exposures.of(burst))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("black.png")
                .hasMessageContaining("give the exposures");
    }

    @Test
    void wrongNumbersAreRefused() {
        Burst burst = BracketScene.frames(List.of(1.0, 2.0), 1);
        assertThatThrownBy(() -> Exposures.of(burst, Optional.of(List.of(1.0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 exposures for 2 shots");
        assertThatThrownBy(() -> new Exposures(List.of(1.0, 0.0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Exposures(List.of(1.0, Double.NaN))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Exposures(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void evenlySteppedBracketsSnapToStepsThatCamerasOffer() {
        double[] logs = {0, 1.9 * Math.log(2), -1.85 * Math.log(2)};
        assertThat(BracketSteps.snap(logs)[1]).isCloseTo(2 * Math.log(2), within(1e-9));
        double[] third = {0, 0.345 * Math.log(2), 0.69 * Math.log(2)};
        assertThat(BracketSteps.snap(third)[2]).isCloseTo(2 / 3.0 * Math.log(2), within(1e-9));
        double[] uneven = {0, 1.9, 2.5};
        assertThat(BracketSteps.snap(uneven)).isEqualTo(uneven);
    }

    private static void assertClose(Exposures found, List<Double> truth, double relative) {
        for (int i = 0; i < truth.size(); i++) {
            assertThat(found.relative().get(i))
                    .as("%s for %s", found, truth)
                    .isCloseTo(truth.get(i), within(relative * truth.get(i)));
        }
    }
}
