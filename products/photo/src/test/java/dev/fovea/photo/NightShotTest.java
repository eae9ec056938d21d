package dev.fovea.photo;

import static dev.fovea.photo.NightScenes.H;
import static dev.fovea.photo.NightScenes.NOISE;
import static dev.fovea.photo.NightScenes.W;
import static dev.fovea.photo.NightScenes.alone;
import static dev.fovea.photo.NightScenes.hand;
import static dev.fovea.photo.NightScenes.mean;
import static dev.fovea.photo.NightScenes.psnr;
import static dev.fovea.photo.NightScenes.still;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Develop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Motion;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.SimulatedBurst;
import dev.fovea.sample.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way from a burst to its picture: what a user may rely on. */
class NightShotTest {
    private static final NightShot NEUTRAL =
            new NightShot().withLook(NightShot.Look.NEUTRAL).withReference(0);

    @ParameterizedTest
    @EnumSource(Cfa.class)
    void aStillSceneComesOutAtLeastFourDecibelsBetterThanItsReferenceWhateverTheMosaic(Cfa cfa) {
        SimulatedBurst taken = hand(cfa, 1 + cfa.ordinal()).shoot(still());
        Image night = NEUTRAL.apply(taken.burst());
        double gain = psnr(night, taken.truth()) - psnr(alone(taken.burst(), 0), taken.truth());
        assertThat(gain).isGreaterThan(4);
    }

    @ParameterizedTest
    @EnumSource(Frame.Format.class)
    void developedFramesOfAnyFormatComeOutAtLeastFourDecibelsBetterThanTheReference(Frame.Format format) {
        SimulatedBurst taken = hand(Cfa.NONE, 2).shoot(still());
        Burst burst = NightFrames.developed(taken.burst(), format);
        Colour colour = format.grey() ? Colour.GREY : Colour.SRGB;
        Image truth = taken.truth().to(Colour.SRGB).to(colour);
        Image night = NEUTRAL.apply(burst);
        assertThat(night.colour()).isEqualTo(colour);
        assertThat(psnr(night, truth) - psnr(Linear.shown(burst.shots().getFirst()), truth))
                .isGreaterThan(4);
    }

    /** Frames that lie differently on the world are worth more than one without any noise. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void framesDemosaicedInTheCameraComeOutBetterThanOneWithoutNoise(long seed) {
        SimulatedBurst taken = hand(Cfa.RGGB, seed).shoot(still());
        Burst quiet = hand(Sensor.plain(new NoiseModel(0, 0), Cfa.RGGB), seed)
                .withFrames(1)
                .shoot(still())
                .developed();
        assertThat(psnr(NEUTRAL.apply(taken.developed()), taken.truth()))
                .isGreaterThan(psnr(Linear.shown(quiet.shots().getFirst()), taken.truth()));
    }

    @ParameterizedTest
    @CsvSource({"3,1,false", "6,2,false", "11,3,false", "3,1,true", "6,2,true", "11,3,true"})
    void whatMovesLeavesNoGhost(double step, long seed, boolean developed) {
        var disc = new NightScenes.Disc(60, 60, 13, step);
        SimulatedBurst taken = hand(developed ? Cfa.NONE : Cfa.RGGB, seed).shoot(disc.world());
        Burst burst = developed ? taken.developed() : taken.burst();
        Image night = NEUTRAL.apply(burst);
        Image reference = Linear.shown(burst.shots().getFirst());
        NightScenes.Region itself = (x, y) -> disc.covers(x, y, 0);
        NightScenes.Region uncovered =
                (x, y) -> !disc.covers(x, y, 0) && IntStream.range(1, 8).anyMatch(f -> disc.covers(x, y, f));
        assertThat(psnr(night, taken.truth(), itself))
                .as("where it is")
                .isGreaterThan(psnr(reference, taken.truth(), itself) - 0.3);
        assertThat(psnr(night, taken.truth(), uncovered))
                .as("where it goes")
                .isGreaterThan(psnr(reference, taken.truth(), uncovered) - 0.3);
    }

    private static List<Arguments> mishaps() {
        return Stream.of(new Mishap.Jump(3, 40, -25), new Mishap.Blur(3, 14, 6))
                .flatMap(m -> Stream.of(Arguments.of(m, false), Arguments.of(m, true)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void oneSpoiltFrameCostsAtMostAThirdOfADecibel(Mishap mishap, boolean developed) {
        BurstSimulator hand = hand(developed ? Cfa.NONE : Cfa.RGGB, 4);
        SimulatedBurst good = hand.shoot(still());
        SimulatedBurst spoilt = hand.withMishap(mishap).shoot(still());
        var others = new ArrayList<Shot>((developed ? good.developed() : good.burst()).shots());
        others.remove(3);
        double without = psnr(NEUTRAL.apply(new Burst(others)), good.truth());
        double with = psnr(NEUTRAL.apply(developed ? spoilt.developed() : spoilt.burst()), good.truth());
        assertThat(with).isGreaterThan(without - 0.3);
    }

    @Test
    void theShiftsReportedAreTheHands() {
        SimulatedBurst taken = hand(Cfa.RGGB, 6).shoot(still());
        Night night = NEUTRAL.shoot(taken.burst());
        assertThat(night.reference()).isZero();
        assertThat(night.frames()).hasSize(8);
        for (int f = 0; f < 8; f++) {
            Motion m = taken.motions().get(f);
            assertThat(night.frames().get(f).shift()).isCloseTo(Math.hypot(m.dx(), m.dy()), within(0.3));
            assertThat(night.frames().get(f).used()).isBetween(0.3, 1.0);
        }
    }

    /** Of light, not of display values: these have another mean as noise goes. */
    @ParameterizedTest
    @CsvSource({"RGGB,1,false", "NONE,1,false", "RGGB,1,true", "NONE,1,true", "RGGB,0.1,false", "NONE,0.1,true"})
    void theNeutralLookKeepsTheMeanBrightness(Cfa cfa, float level, boolean developed) {
        SimulatedBurst taken = hand(cfa, 7).shoot(NightScenes.dimmed(still(), level));
        Image night = NEUTRAL.apply(developed ? taken.developed() : taken.burst());
        double wanted = mean(taken.truth());
        assertThat(mean(night.to(Colour.LINEAR))).isCloseTo(wanted, within(0.01 * wanted));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "15,17", "16,16", "33,41", "61,47"})
    void theResultIsAsLargeAsTheFrames(int width, int height) {
        SimulatedBurst taken = hand(Cfa.GBRG, 8).withFrames(3).shoot(NightScenes.world(width, height));
        for (Burst burst : List.of(taken.burst(), taken.developed())) {
            for (NightShot shot : List.of(new NightShot(), NEUTRAL)) {
                Image night = shot.apply(burst);
                assertThat(night.width()).isEqualTo(width);
                assertThat(night.height()).isEqualTo(height);
                for (int c = 0; c < 3; c++) {
                    for (float v : night.plane(c)) {
                        assertThat(v).isFinite();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fewFramesAreNoWorseThanTheirReference(int frames) {
        SimulatedBurst taken = hand(Cfa.RGGB, 9).withFrames(frames).shoot(still());
        double raw = psnr(NEUTRAL.apply(taken.burst()), taken.truth());
        assertThat(raw).isGreaterThan(psnr(alone(taken.burst(), 0), taken.truth()));
        Burst burst = NightFrames.developed(
                hand(Cfa.NONE, 9).withFrames(frames).shoot(still()).burst(), Frame.Format.RGB8);
        assertThat(psnr(NEUTRAL.apply(burst), taken.truth()))
                .isGreaterThan(psnr(Linear.shown(burst.shots().getFirst()), taken.truth()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 100})
    void aReferenceThatIsNoFrameIsTheCallersMistake(int reference) {
        Burst burst = hand(Cfa.RGGB, 1).withFrames(2).shoot(still()).burst();
        assertThatThrownBy(() -> new NightShot().withReference(reference).apply(burst))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reference is " + reference);
    }

    @Test
    void theResultLiesOnTheReferenceThatWasAskedFor() {
        SimulatedBurst taken = hand(Cfa.RGGB, 3).withFrames(4).shoot(still());
        Night night = NEUTRAL.withReference(2).shoot(taken.burst());
        assertThat(night.reference()).isEqualTo(2);
        assertThat(psnr(night.image(), alone(taken.burst(), 2)))
                .isGreaterThan(psnr(night.image(), alone(taken.burst(), 0)) + 3);
    }

    @Test
    void aBlackBurstIsRefusedWithOneSentence() {
        World black = new World(Image.of(368, 288, Colour.LINEAR, new float[3][368 * 288]));
        SimulatedBurst taken = hand(Sensor.plain(new NoiseModel(0, 0), Cfa.RGGB), 1)
                .withFrames(2)
                .shoot(black);
        for (Burst burst : List.of(taken.burst(), taken.developed())) {
            assertThatThrownBy(() -> new NightShot().apply(burst))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("simulated frame 0")
                    .hasMessageContaining("black throughout");
        }
    }

    @Test
    void framesOfDifferentSizeAreRefusedWithOneSentence() {
        Shot small = hand(Cfa.RGGB, 1)
                .withFrames(1)
                .shoot(NightScenes.world(20, 16))
                .burst()
                .shots()
                .getFirst();
        Shot large = hand(Cfa.RGGB, 1)
                .withFrames(1)
                .shoot(NightScenes.world(20, 17))
                .burst()
                .shots()
                .getFirst();
        assertThatThrownBy(() -> new Burst(List.of(small, large)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("20 x 17 pixels");
    }

    @Test
    void theSameBurstGivesTheSameBitsFromOneThreadOrFourAtOnce() throws Exception {
        SimulatedBurst taken = hand(Cfa.RGGB, 5).withFrames(4).shoot(still());
        var shot = new NightShot();
        Night wanted = Work.threads(1, () -> shot.shoot(taken.burst()));
        Callable<Night> again = () -> shot.shoot(taken.burst());
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Night> found : threads.invokeAll(Collections.nCopies(4, again))) {
                assertThat(found.get().image()).isEqualTo(wanted.image());
                assertThat(found.get().frames()).isEqualTo(wanted.frames());
                assertThat(found.get().merged().orElseThrow().plane(0))
                        .isEqualTo(wanted.merged().orElseThrow().plane(0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Cfa.class)
    void theMergedRawHasTheReferencesMosaicAndLessNoiseAndSurvivesItsFile(Cfa cfa, @TempDir Path folder) {
        SimulatedBurst taken = hand(Sensor.phone(NOISE, cfa), 4).shoot(still());
        Raw merged = NEUTRAL.shoot(taken.burst()).merged().orElseThrow();
        assertThat(merged.cfa()).isEqualTo(cfa);
        assertThat(merged.noise().orElseThrow().shot()).isLessThan(NOISE.shot() / 2);
        assertThat(psnr(new Develop().apply(merged), taken.truth()))
                .isGreaterThan(psnr(alone(taken.burst(), 0), taken.truth()) + 2);
        Path file = folder.resolve("merged.dng");
        merged.write(file);
        Raw read = (Raw) Shot.read(file);
        assertThat(read.cfa()).isEqualTo(cfa);
        assertThat(read.white()).isEqualTo(merged.white());
        assertThat(read.black(0)).isEqualTo(merged.black(0));
        for (int c = 0; c < (cfa.mosaic() ? 1 : 3); c++) {
            assertThat(read.plane(c)).isEqualTo(merged.plane(c));
        }
        assertThat(read.noise().orElseThrow().shot())
                .isCloseTo(merged.noise().orElseThrow().shot(), within(1e-9));
        assertThat(read.colour().neutral()).containsExactly(merged.colour().neutral(), within(1e-4f));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBracketGivesHighDynamicRangeWhetherItsExposuresAreToldOrNot(boolean told) {
        List<Double> exposures = List.of(1.0, 4.0, 0.125);
        var shot = new NightShot(
                NightShot.Look.NEUTRAL, OptionalInt.empty(), told ? Optional.of(exposures) : Optional.empty(), 1.8, 1);
        Night night = shot.shoot(BracketScene.raws(exposures, 3));
        assertThat(night.reference()).isZero();
        assertThat(night.merged()).isEmpty();
        assertThat(night.image().colour()).isEqualTo(Colour.LINEAR);
        Image truth = BracketScene.light(-1, 0);
        // A window of 5.6 times what the reference can hold, and the shade beside it.
        int window = 45 * BracketScene.W + 200;
        for (int y = 30; y < 60; y++) {
            int i = y * BracketScene.W + 200;
            assertThat((double) night.image().plane(1)[i]).isCloseTo(truth.plane(1)[i], withinPercentage(12));
        }
        assertThat(night.image().plane(1)[window]).isGreaterThan(3);
        Image shown = shot.withLook(NightShot.Look.NATURAL).apply(BracketScene.raws(exposures, 3));
        assertThat(shown.colour()).isEqualTo(Colour.SRGB);
        assertThat(shown.plane(1)[window]).isBetween(0.6f, 1f);
    }

    @Test
    void whatIsWrittenIsWhatWasMade(@TempDir Path folder) {
        SimulatedBurst taken = hand(Cfa.RGGB, 5).withFrames(3).shoot(still());
        for (NightShot shot : List.of(new NightShot(), NEUTRAL)) {
            Image night = shot.apply(taken.burst());
            Path file = folder.resolve("night.png");
            night.write(file);
            Image read = Image.read(file);
            Image shown = night.to(Colour.SRGB);
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < W * H; i++) {
                    assertThat(read.plane(c)[i]).isCloseTo(Math.clamp(shown.plane(c)[i], 0f, 1f), within(1 / 255f));
                }
            }
        }
    }
}
