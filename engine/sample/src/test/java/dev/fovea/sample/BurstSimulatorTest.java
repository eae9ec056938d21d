package dev.fovea.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.CameraColour;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BurstSimulatorTest {
    private static final NoiseModel MIDDLE = new NoiseModel(2e-5, 5e-3);
    private static final Sensor SILENT = Sensor.plain(new NoiseModel(0, 0), Cfa.NONE);
    private static final Image PATCHWORK = Scenes.patchwork(256, 192, 5);

    @Test
    void theSameSeedGivesTheSameBits() {
        var simulator = BurstSimulator.of(Sensor.phone(MIDDLE, Cfa.RGGB), 3).withFrames(3);
        SimulatedBurst a = simulator.shoot(new World(PATCHWORK));
        SimulatedBurst b = Work.threads(1, () -> simulator.shoot(new World(PATCHWORK)));
        for (int k = 0; k < 3; k++) {
            assertThat(((Raw) a.burst().shots().get(k)).plane(0))
                    .isEqualTo(((Raw) b.burst().shots().get(k)).plane(0));
        }
        assertThat(a.truth()).isEqualTo(b.truth());
    }

    @Test
    void atScaleOneTheTruthIsTheWorldItself() {
        Image truth = BurstSimulator.of(SILENT, 1)
                .withMargin(0)
                .shoot(new World(PATCHWORK))
                .truth();
        assertThat(truth).isEqualTo(PATCHWORK);
    }

    @Test
    void aNoiseFreeShotHoldsTheTruth() {
        SimulatedBurst taken = BurstSimulator.of(SILENT, 1).withScale(2).shoot(new World(PATCHWORK));
        var raw = (Raw) taken.burst().shots().getFirst();
        for (int i = 0; i < raw.width() * raw.height(); i++) {
            assertThat(raw.value(1, i % raw.width(), i / raw.width()))
                    .isCloseTo(Math.min(1, taken.truth().plane(1)[i]), within(1e-5f));
        }
    }

    /** A plane wave is known everywhere, so a moved frame can be compared with the reference without any interpolation. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyFrameShowsTheReferenceWhereItsMotionSays(int scale) {
        ToDoubleBiFunction<Double, Double> wave = (x, y) -> 0.5 + 0.3 * Math.sin(0.21 * x + 0.11 * y);
        int w = 96 * scale;
        int h = 80 * scale;
        float[] plane = new float[w * h];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) (double) wave.applyAsDouble((i % w + 0.5) / scale - 0.5, (i / w + 0.5) / scale - 0.5);
        }
        var world = new World(Image.of(w, h, Colour.LINEAR, plane, plane, plane));
        var simulator = BurstSimulator.of(SILENT, 11).withScale(scale);
        List<Motion> motions = simulator.motions();
        for (int k = 0; k < motions.size(); k++) {
            Image frame = simulator.clean(world, k);
            Motion m = motions.get(k);
            for (int i = 0; i < frame.width() * frame.height(); i++) {
                int x = i % frame.width();
                int y = i / frame.width();
                double seen = wave.applyAsDouble(
                        12 + m.referenceX(x, y, frame.width(), frame.height()),
                        12 + m.referenceY(x, y, frame.width(), frame.height()));
                assertThat((double) frame.plane(0)[i]).isCloseTo(seen, within(0.006));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theHandStaysWithinItsLimits(long seed) {
        List<Motion> motions = BurstSimulator.of(SILENT, seed).motions();
        assertThat(motions).hasSize(8).first().isEqualTo(Motion.NONE);
        assertThat(motions.stream()
                        .mapToDouble(m -> Math.hypot(m.dx(), m.dy()))
                        .max()
                        .orElseThrow())
                .isBetween(5.6, 8.0001);
        assertThat(motions.stream()
                        .mapToDouble(m -> Math.abs(m.degrees()))
                        .max()
                        .orElseThrow())
                .isBetween(0.21, 0.30001);
    }

    @ParameterizedTest
    @CsvSource({"5e-6,1e-3,false", "2e-5,5e-3,false", "1e-4,1.5e-2,false", "2e-5,5e-3,true", "1e-4,1.5e-2,true"})
    void noiseHasTheModelsMeanAndVariance(double read, double shot, boolean photons) {
        var noise = new NoiseModel(read, shot);
        var sensor = new Sensor(noise, photons, Cfa.GRBG, CameraColour.SRGB);
        for (float level : new float[] {0, 0.02f, 0.2f, 0.7f}) {
            float[] plane = new float[200 * 200];
            java.util.Arrays.fill(plane, level);
            Raw raw = sensor.expose(
                    Image.of(200, 200, Colour.LINEAR, plane, plane, plane), 9, dev.fovea.image.Exif.NONE, "grey");
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < plane.length; i++) {
                double v = raw.value(0, i % 200, i / 200);
                sum += v;
                squares += (v - level) * (v - level);
            }
            double expected = noise.variance(level);
            assertThat(sum / plane.length).isCloseTo(level, within(4 * Math.sqrt(expected / plane.length) + 1e-7));
            assertThat(squares / plane.length).isCloseTo(expected, within(0.04 * expected));
        }
    }

    @Test
    void aMovingThingIsMaskedInTheReferenceAndLeavesTheRestAlone() {
        Cutout disc = Cutout.disc(PATCHWORK, 40, 40, 14).moved(80, 60);
        var world = new World(PATCHWORK, List.of(Actor.moving(disc, 5, 0)));
        var simulator = BurstSimulator.of(SILENT, 1).withTremor(0, 0).withFrames(2);
        SimulatedBurst taken = simulator.shoot(world);
        Image bare = simulator.clean(new World(PATCHWORK), 0);
        float[] mask = taken.masks().getFirst().plane(0);
        double area = 0;
        for (int i = 0; i < mask.length; i++) {
            area += mask[i];
            if (mask[i] == 0) {
                assertThat(taken.truth().plane(0)[i]).isEqualTo(bare.plane(0)[i]);
            }
        }
        assertThat(area).isCloseTo(Math.PI * 14 * 14, within(3.0));
        // The disc came from (40, 40) and lies at (120, 100): the reference, less its margin, shows that piece there.
        int at = (100 - 12) * taken.truth().width() + 120 - 12;
        assertThat(mask[at]).isEqualTo(1);
        assertThat(taken.truth().plane(2)[at]).isCloseTo(PATCHWORK.plane(2)[40 * 256 + 40], within(1e-6f));
        assertThat(simulator.clean(world, 1).plane(2)[at + 5])
                .isCloseTo(taken.truth().plane(2)[at], within(1e-6f));
    }

    @Test
    void aNearThingShiftsAgainstTheBackdropByNoMoreThanAllowed() {
        Cutout leaf = Cutout.disc(PATCHWORK, 30, 30, 9);
        Actor near = Actor.near(leaf, 8, 3, 4);
        assertThat(near.at(0)).isEqualTo(leaf);
        double most = 0;
        for (int k = 0; k < 8; k++) {
            most = Math.max(
                    most, Math.hypot(near.at(k).x() - leaf.x(), near.at(k).y() - leaf.y()));
        }
        assertThat(most).isBetween(2.1, 3.0001);
    }

    @Test
    void aKnockIsToldInTheMotionsAndABlurStaysCentred() {
        var simulator = BurstSimulator.of(SILENT, 1);
        Motion calm = simulator.motions().get(3);
        Motion knocked =
                simulator.withMishap(new Mishap.Jump(3, 20, -30)).motions().get(3);
        assertThat(knocked).isEqualTo(new Motion(calm.dx() + 20, calm.dy() - 30, calm.degrees()));
        var blurring = simulator.withMishap(new Mishap.Blur(3, 12, 0));
        assertThat(blurring.motions()).isEqualTo(simulator.motions());
        var world = new World(PATCHWORK);
        assertThat(contrast(blurring.clean(world, 3))).isLessThan(0.6 * contrast(simulator.clean(world, 3)));
        assertThat(blurring.clean(world, 2)).isEqualTo(simulator.clean(world, 2));
    }

    private static double contrast(Image image) {
        double sum = 0;
        float[] p = image.plane(1);
        for (int i = 1; i < p.length; i++) {
            sum += Math.abs(p[i] - p[i - 1]);
        }
        return sum;
    }

    @Test
    void developingAPhoneShotGivesTheTruthsColoursBack() {
        Sensor phone = Sensor.phone(new NoiseModel(0, 0), Cfa.NONE);
        SimulatedBurst taken = BurstSimulator.of(phone, 1).withFrames(1).shoot(new World(PATCHWORK));
        Burst developed = taken.developed();
        var frame = (Frame) developed.shots().getFirst();
        for (int i = 0; i < frame.bytes().length; i += 3) {
            for (int c = 0; c < 3; c++) {
                // A red beyond what the sensor holds is cut off, as in any camera.
                double truth = taken.truth().plane(c)[i / 3];
                assertThat(frame.bytes()[i + c] & 0xFF)
                        .isCloseTo((int) Math.round(255 * InCamera.srgb(truth)), within(2));
            }
        }
    }

    @Test
    void impossibleBurstsAreRefused() {
        var simulator = BurstSimulator.of(SILENT, 1);
        assertThatThrownBy(() -> simulator.withFrames(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulator.withScale(30).shoot(new World(PATCHWORK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("margins");
    }
}
