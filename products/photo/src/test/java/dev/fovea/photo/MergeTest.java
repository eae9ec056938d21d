package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.Work;
import dev.fovea.image.Cfa;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Scenes;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.World;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MergeTest {
    private static final NoiseModel NOISE = new NoiseModel(2e-5, 5e-3);
    private static final Merge AVERAGE = new Merge(1.8f, 0);

    /** The tiles' windows sum to one, at the picture's edges too. */
    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "15,17", "16,16", "33,40", "130,70"})
    void aFrameAloneComesBackAsItIs(int width, int height) {
        for (Cfa cfa : List.of(Cfa.NONE, Cfa.GRBG)) {
            List<Raw> shots = shots(width, height, 1, cfa, NOISE);
            RawStack stack = stack(shots);
            stack.reference(0, Linear.camera(shots.getFirst(), NOISE));
            Merge.Merged merged = AVERAGE.apply(stack, 0, still(stack));
            float[][] rows = new float[3][height * stack.stride()];
            stack.rows(0, 0, height, rows);
            for (int p = 0; p < 3; p++) {
                for (int i = 0; i < width * height; i++) {
                    float given = rows[p][i / width * stack.stride() + Stack.RIM + i % width];
                    assertThat(merged.planes()[p][i]).isCloseTo(given, within(1e-4f));
                }
            }
        }
    }

    @Test
    void theSameBitsComeOutForAnyNumberOfThreads() {
        RawStack stack = stack(shots(160, 120, 4, Cfa.RGGB, NOISE));
        var merge = new Merge(1.8f, 1);
        Merge.Merged wanted = Work.threads(1, () -> merge.apply(stack, 1, still(stack)));
        for (int threads : new int[] {2, 3, 8}) {
            Merge.Merged found = Work.threads(threads, () -> merge.apply(stack, 1, still(stack)));
            assertThat(found.planes()).isDeepEqualTo(wanted.planes());
            assertThat(found.used()).isDeepEqualTo(wanted.used());
            assertThat(found.trust()).isDeepEqualTo(wanted.trust());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Cfa.class,
            names = {"NONE", "RGGB"})
    void eightStillFramesHaveAFifthOfTheNoiseAtMost(Cfa cfa) {
        RawStack noisy = stack(shots(160, 120, 8, cfa, NOISE));
        RawStack clean = stack(shots(160, 120, 1, cfa, new NoiseModel(0, 0)));
        float[][] merged = AVERAGE.apply(noisy, 0, still(noisy)).planes();
        float[][] alone = AVERAGE.apply(stack(shots(160, 120, 1, cfa, NOISE)), 0, still(clean))
                .planes();
        float[][] truth = AVERAGE.apply(clean, 0, still(clean)).planes();
        assertThat(variance(alone, truth) / variance(merged, truth)).isGreaterThan(5);
    }

    @Test
    void howMuchOfEachFrameWentInIsReported() {
        RawStack stack = stack(shots(160, 120, 3, Cfa.RGGB, NOISE));
        Merge.Merged merged = AVERAGE.apply(stack, 0, still(stack));
        assertThat(merged.used(1)).isBetween(0.8, 1.0);
        assertThat(merged.used(2)).isBetween(0.8, 1.0);
        assertThat(merged.trust()[1]).hasSize(merged.columns() * merged.rows());
    }

    /** Frames of a tripod. */
    private static List<Raw> shots(int width, int height, int frames, Cfa cfa, NoiseModel noise) {
        var simulator = BurstSimulator.of(Sensor.plain(noise, cfa), 4)
                .withFrames(frames)
                .withMargin(0)
                .withTremor(0, 0);
        return simulator.shoot(new World(Scenes.patchwork(width, height, 9))).burst().shots().stream()
                .map(s -> (Raw) s)
                .toList();
    }

    /** In units of the same noise, whatever the frames' own is. */
    private static RawStack stack(List<Raw> shots) {
        return new RawStack(shots, NOISE, RawStack.stabiliser(NOISE, shots.getFirst()));
    }

    private static List<Field> still(Stack stack) {
        Field still = Field.still(2, 2, 16, 7.5f);
        return IntStream.range(0, stack.frames()).mapToObj(f -> still).toList();
    }

    private static double variance(float[][] planes, float[][] truth) {
        double sum = 0;
        for (int p = 0; p < planes.length; p++) {
            for (int i = 0; i < planes[p].length; i++) {
                double d = planes[p][i] - truth[p][i];
                sum += d * d;
            }
        }
        return sum;
    }
}
