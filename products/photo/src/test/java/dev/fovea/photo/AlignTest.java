package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Cfa;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Motion;
import dev.fovea.sample.Scenes;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.SimulatedBurst;
import dev.fovea.sample.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlignTest {
    private static final int MARGIN = 12;
    private static final Image SHARP = Scenes.patchwork(2 * (240 + 2 * MARGIN), 2 * (180 + 2 * MARGIN), 5);
    /** As a lens shows it that is as good as its sensor: nothing aliases much. */
    private static final Image SOFT = new GaussianBlur(2).apply(SHARP);

    private static final NoiseModel LITTLE = new NoiseModel(1e-6, 1e-4);
    private static final NoiseModel MUCH = new NoiseModel(1e-4, 1.5e-2);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shiftsAreFoundToATenthOfAPixel(long seed) {
        assertFound(taken(SOFT, LITTLE, Cfa.RGGB, 0, seed), 0.1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theHandsTurningIsFoundToATenthOfAPixel(long seed) {
        assertFound(taken(SOFT, LITTLE, Cfa.RGGB, 0.3, seed), 0.1);
    }

    /** Stripes finer than the sensor's pixels move otherwise than they seem to. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLensTooSharpForItsSensorCostsLittle(long seed) {
        assertFound(taken(SHARP, LITTLE, Cfa.RGGB, 0.3, seed), 0.25);
    }

    @ParameterizedTest
    @CsvSource({"RGGB,1", "RGGB,2", "RGGB,3", "NONE,4"})
    void inStrongNoiseTheErrorStaysBelowAThirdOfAPixel(Cfa cfa, long seed) {
        assertFound(taken(SHARP, MUCH, cfa, 0.3, seed), 0.3);
    }

    @Test
    void aFrameThatWasKnockedFarAwayIsNoDisaster() {
        SimulatedBurst taken = simulator(LITTLE, Cfa.RGGB, 0, 1)
                .withMishap(new Mishap.Jump(1, 90, -70))
                .shoot(new World(SHARP));
        for (Field field : fields(taken)) {
            for (int t = 0; t < field.dx().length; t++) {
                assertThat(Math.hypot(field.dx()[t], field.dy()[t])).isLessThan(500);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "15,17", "33,40"})
    void theSmallestPicturesLieOnThemselves(int width, int height) {
        var plane = new Plane(width, height);
        for (int i = 0; i < width * height; i++) {
            plane.values()[plane.at(i % width, i / width)] = (i * i * 37 % 1009) / 100f;
        }
        plane.pad();
        assertThat(new Align(plane).to(plane).mean()).isLessThan(0.01);
    }

    private static BurstSimulator simulator(NoiseModel noise, Cfa cfa, double degrees, long seed) {
        return BurstSimulator.of(Sensor.plain(noise, cfa), seed)
                .withFrames(4)
                .withScale(2)
                .withMargin(MARGIN)
                .withTremor(5, degrees);
    }

    private static SimulatedBurst taken(Image world, NoiseModel noise, Cfa cfa, double degrees, long seed) {
        return simulator(noise, cfa, degrees, seed).shoot(new World(world));
    }

    private static List<Field> fields(SimulatedBurst taken) {
        List<Raw> shots = taken.burst().shots().stream().map(s -> (Raw) s).toList();
        Raw first = shots.getFirst();
        NoiseModel noise = first.noise().orElseThrow();
        var stack = new RawStack(shots, noise, RawStack.stabiliser(noise, first));
        var align = new Align(stack.grey(0));
        return java.util.stream.IntStream.range(1, shots.size())
                .mapToObj(f -> align.to(stack.grey(f)))
                .toList();
    }

    private static void assertFound(SimulatedBurst taken, double pixels) {
        List<Field> fields = fields(taken);
        for (int f = 0; f < fields.size(); f++) {
            double error = error(fields.get(f), taken.motions().get(f + 1), taken.truth());
            assertThat(error).as("frame %d", f + 1).isLessThan(pixels);
        }
    }

    /** Root mean square, in pixels of the frame, over the tiles that both frames show. */
    private static double error(Field field, Motion motion, Image frame) {
        double sum = 0;
        int n = 0;
        double cx = (frame.width() - 1) / 2.0;
        double cy = (frame.height() - 1) / 2.0;
        for (int t = 0; t < field.dx().length; t++) {
            double x = 2 * (field.first() + t % field.columns() * field.pitch()) + 0.5;
            double y = 2 * (field.first() + t / field.columns() * field.pitch()) + 0.5;
            // The motion tells where the reference shows what the frame shows: backwards, it is turned back.
            double u = x - motion.dx() - cx;
            double v = y - motion.dy() - cy;
            double seenX = cx + motion.cos() * u + motion.sin() * v;
            double seenY = cy - motion.sin() * u + motion.cos() * v;
            if (shown(seenX, frame.width()) && shown(seenY, frame.height())) {
                double ex = 2 * field.dx()[t] - (seenX - x);
                double ey = 2 * field.dy()[t] - (seenY - y);
                sum += ex * ex + ey * ey;
                n++;
            }
        }
        assertThat(n).isGreaterThan(field.dx().length / 2);
        return Math.sqrt(sum / n);
    }

    private static boolean shown(double at, int size) {
        return at > 15.5 && at < size - 16.5;
    }
}
