package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BracketTest {
    private static final int W = BracketScene.W;
    private static final List<Double> FIVE = List.of(1.0, 4.0, 2.0, 0.5, 0.125);
    private static final List<Double> THREE = List.of(1.0, 4.0, 0.25);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void lightIsFoundWithinATenthOfAStopWhicheverShotIsTheReference(int reference) {
        Burst burst = BracketScene.frames(FIVE, 11);
        Image merged = new Bracket(new Exposures(FIVE), reference).apply(burst);
        assertThat(merged.colour()).isEqualTo(Colour.LINEAR);
        double[] stops = stops(merged, BracketScene.light(-1, 0));
        double scale = stops[stops.length / 2];
        assertThat(median(merged, BracketScene.light(-1, 0))).isLessThan(0.05);
        assertThat(Math.abs(scale - Math.log(FIVE.get(reference)) / Math.log(2)))
                .isLessThan(0.5);
    }

    private static double[] stops(Image merged, Image truth) {
        var stops = new double[3 * W * BracketScene.H];
        for (int i = 0; i < stops.length; i++) {
            int c = i % 3;
            stops[i] = Math.log(Math.max(merged.plane(c)[i / 3], 1e-9) / truth.plane(c)[i / 3]) / Math.log(2);
        }
        Arrays.sort(stops);
        return stops;
    }

    @Test
    void lightBeyondTheReferencesWhiteIsKept() {
        Image merged = new Bracket(new Exposures(FIVE), 1).apply(BracketScene.frames(FIVE, 11));
        int window = 45 * W + 200;
        int shade = 45 * W + 100;
        Image truth = BracketScene.light(-1, 0);
        double expected = truth.plane(1)[window] / truth.plane(1)[shade];
        assertThat((double) merged.plane(1)[window] / merged.plane(1)[shade]).isBetween(expected / 1.2, expected * 1.2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whatMovesIsSeenOnceWhereTheReferenceShowsIt(int reference) {
        int[] balls = {60, 100, 140};
        var shots = new ArrayList<Shot>();
        for (int i = 0; i < 3; i++) {
            shots.add(BracketScene.frame(BracketScene.light(balls[i], 80), THREE.get(i), i));
        }
        Image merged = new Bracket(new Exposures(THREE), reference).apply(new Burst(shots));
        Image blind =
                new Bracket(new Exposures(THREE), reference, Aligner.NONE, Optional.empty(), 0).apply(new Burst(shots));
        Image truth = BracketScene.light(balls[reference], 80);
        double level = THREE.get(reference);
        for (int i = 0; i < 3; i++) {
            assertThat(meanError(merged, truth, balls[i], level))
                    .as("ball %d", i)
                    .isLessThan(0.2);
        }
        int other = reference == 0 ? 1 : 0;
        assertThat(meanError(blind, truth, balls[other], level)).isGreaterThan(0.3);
    }

    /** In stops, over the ball and a little around it. */
    private static double meanError(Image merged, Image truth, int ballX, double level) {
        double sum = 0;
        int n = 0;
        for (int y = -13; y <= 13; y++) {
            for (int x = -13; x <= 13; x++) {
                int i = (80 + y) * W + ballX + x;
                sum += Math.abs(Math.log(merged.plane(1)[i] / (truth.plane(1)[i] * level)) / Math.log(2));
                n++;
            }
        }
        return sum / n;
    }

    @Test
    void aDarkThingBeforeAWindowThatTheReferenceCannotShowIsNotCopied() {
        // The reference's window is clipped; in the short exposure the ball hides a part of it.
        var shots = new ArrayList<Shot>();
        shots.add(BracketScene.raw(BracketScene.light(60, 80), 1, 1));
        shots.add(BracketScene.raw(BracketScene.light(200, 45), 0.1, 2));
        Image merged = new Bracket(new Exposures(List.of(1.0, 0.1)), 0).apply(new Burst(shots));
        for (int y = 38; y < 52; y++) {
            for (int x = 193; x < 207; x++) {
                assertThat(merged.plane(0)[y * W + x]).isGreaterThan(0.95f);
            }
        }
        // Elsewhere the short exposure tells how bright the window is.
        assertThat(merged.plane(0)[24 * W + 184]).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mosaicsMergeToAMosaicWithoutColouredFringesWhereTheyClip(long seed) {
        List<Double> exposures = List.of(1.0, 0.125);
        var planes = new float[3][W * BracketScene.H];
        for (int i = 0; i < planes[0].length; i++) {
            float ramp = 0.3f + 4 * (i % W) / (float) W;
            planes[0][i] = ramp;
            planes[1][i] = ramp * 1.5f;
            planes[2][i] = ramp * 0.7f;
        }
        Image light = Image.of(W, BracketScene.H, Colour.LINEAR, planes);
        var shots = new ArrayList<Shot>();
        for (double e : exposures) {
            shots.add(BracketScene.raw(light, e, seed++));
        }
        Image merged = new Bracket(new Exposures(exposures), 0).apply(new Burst(shots));
        assertThat(merged.colour()).isEqualTo(Colour.LINEAR_GREY);
        for (int x = 0; x < W; x++) {
            for (int parity = 0; parity < 2; parity++) {
                double sum = 0;
                for (int y = parity; y < BracketScene.H; y += 2) {
                    sum += merged.plane(0)[y * W + x] / (BracketScene.H / 2);
                }
                float truth = light.plane(Cfa.RGGB.colourAt(x, parity))[x];
                assertThat(sum).as("column %d", x).isBetween(truth * 0.97, truth * 1.03);
            }
        }
    }

    @Test
    void aShakenBracketIsLaidOnItsReferenceByTheAligner() {
        var shots = new ArrayList<Shot>();
        Image light = BracketScene.light(60, 80);
        for (int i = 0; i < 3; i++) {
            shots.add(BracketScene.frame(shift(light, -5 * i), THREE.get(i), i));
        }
        var burst = new Burst(shots);
        var greys = new ArrayList<Image>();
        Aligner aligner = (reference, frame) -> {
            greys.add(reference);
            greys.add(frame);
            int by = greys.size() == 2 ? 5 : 10;
            return image -> shift(image, by);
        };
        Image merged = new Bracket(new Exposures(THREE), 0, aligner, Optional.empty(), 1).apply(burst);
        assertThat(median(merged, light)).isLessThan(0.06);
        // What the aligner compares is alike where both frames show it, though one was exposed four times as long.
        int i = 80 * W + 60;
        assertThat(greys.get(1).plane(0)[i - 5])
                .isBetween(greys.get(0).plane(0)[i] - 0.05f, greys.get(0).plane(0)[i] + 0.05f);
    }

    @Test
    void tilesFindTheMotionBetweenFramesOfDifferentExposure() {
        var shots = new ArrayList<Shot>();
        Image light = BracketScene.light(60, 80);
        for (int i = 0; i < 3; i++) {
            shots.add(BracketScene.frame(shift(light, -3 * i), THREE.get(i), i));
        }
        Image merged = new Bracket(new Exposures(THREE), 0, Aligner.TILES, Optional.empty(), 0).apply(new Burst(shots));
        Image unaligned =
                new Bracket(new Exposures(THREE), 0, Aligner.NONE, Optional.empty(), 0).apply(new Burst(shots));
        assertThat(median(merged, light)).isLessThan(0.08);
        assertThat(median(unaligned, light)).isGreaterThan(0.2);
    }

    private static double median(Image merged, Image truth) {
        double[] stops = stops(merged, truth);
        double scale = stops[stops.length / 2];
        return Arrays.stream(stops)
                .map(s -> Math.abs(s - scale))
                .sorted()
                .skip(stops.length / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Moved to the right; what comes in is NaN. */
    private static Image shift(Image image, int by) {
        var planes = new float[image.colour().planes()][W * BracketScene.H];
        for (int c = 0; c < planes.length; c++) {
            for (int i = 0; i < planes[c].length; i++) {
                int x = i % W - by;
                planes[c][i] = x >= 0 && x < W ? image.plane(c)[i - by] : by < 0 ? 0.01f : Float.NaN;
            }
        }
        return Image.of(W, BracketScene.H, image.colour(), planes);
    }

    @Test
    void theSameBitsComeOutForAnyNumberOfThreads() {
        Burst burst = BracketScene.frames(THREE, 3);
        var bracket = new Bracket(new Exposures(THREE), 0);
        assertThat(Work.threads(1, () -> bracket.apply(burst))).isEqualTo(bracket.apply(burst));
    }

    @Test
    void wrongSettingsAreRefused() {
        var exposures = new Exposures(THREE);
        assertThatThrownBy(() -> new Bracket(exposures, 3)).hasMessageContaining("shot 3 of 3");
        assertThatThrownBy(() -> new Bracket(exposures, 0, Aligner.NONE, Optional.empty(), 2))
                .hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new Bracket(exposures, 0).apply(BracketScene.frames(List.of(1.0), 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
