package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.NoiseModel;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StabiliserTest {
    private static final int MANY = 100_000;

    /** The mean and the standard deviation of the stabilised noise of a level. */
    private record Moments(double mean, double deviation) {}

    @ParameterizedTest
    @CsvSource({"5e-6,1e-3", "2e-5,5e-3", "1e-4,1.5e-2"})
    void noiseComesOutWithUnitDeviation(double read, double shot) {
        var noise = new NoiseModel(read, shot);
        Stabiliser stabiliser = of(noise);
        for (double level : new double[] {0, 0.01, 0.02, 0.1, 0.3, 0.6, 0.9}) {
            // The integral takes the deviation to be alike over the noise's own width: true of 20 photons, not of one.
            boolean bright = level > 20 * shot;
            assertThat(stabilised(stabiliser, noise, level).deviation)
                    .as("deviation at %s", level)
                    .isBetween(bright ? 0.97 : 0.8, bright ? 1.03 : 1.25);
        }
    }

    @ParameterizedTest
    @CsvSource({"5e-6,1e-3", "2e-5,5e-3", "1e-4,1.5e-2"})
    void theInverseOfAMeanIsUnbiased(double read, double shot) {
        var noise = new NoiseModel(read, shot);
        Stabiliser stabiliser = of(noise);
        for (double level : new double[] {0, 0.001, 0.01, 0.02, 0.1, 0.3, 0.6, 0.9}) {
            double mean = stabilised(stabiliser, noise, level).mean;
            assertThat((double) stabiliser.inverse((float) mean))
                    .as("mean at %s", level)
                    .isCloseTo(level, within(0.02 * Math.sqrt(noise.variance(level))));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,1e-3", "1e-4,0", "2e-5,5e-3", "1e-4,1.5e-2"})
    void bothWaysAreMonotone(double read, double shot) {
        Stabiliser stabiliser = of(new NoiseModel(read, shot));
        for (int i = 0; i < 20_000; i++) {
            double x = -0.2 + i * 1e-4;
            assertThat(stabiliser.forward((float) (x + 1e-4))).isGreaterThanOrEqualTo(stabiliser.forward((float) x));
        }
        float top = stabiliser.forward(1.2f);
        for (int i = 0; i < 20_000; i++) {
            float y = (i - 100) * top / 19_000;
            assertThat(stabiliser.inverse(y + top / 19_000)).isGreaterThanOrEqualTo(stabiliser.inverse(y));
        }
    }

    /** Noise of one deviation everywhere needs no bias: the inverse is the plain one. */
    @ParameterizedTest
    @CsvSource({"0.02", "0.002"})
    void ofConstantNoiseTheInverseUndoesTheWayForward(double sigma) {
        var stabiliser = new Stabiliser(x -> sigma * sigma, 0, 1);
        for (int i = 0; i <= 1000; i++) {
            assertThat((double) stabiliser.inverse(stabiliser.forward(i / 1000f)))
                    .isCloseTo(i / 1000.0, within(1e-4));
        }
    }

    private static Stabiliser of(NoiseModel noise) {
        return new Stabiliser(noise::variance, -8 * Math.sqrt(noise.read()) - 1e-3, 1.2);
    }

    private static Moments stabilised(Stabiliser stabiliser, NoiseModel noise, double level) {
        var random = new SplittableRandom(17);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < MANY; i++) {
            // In pairs of opposite sign, so that the sample's own mean is exact.
            double z = random.nextGaussian();
            for (int sign = -1; sign <= 1; sign += 2) {
                double y = stabiliser.forward((float) (level + sign * z * Math.sqrt(noise.variance(level))));
                sum += y;
                squares += y * y;
            }
        }
        double mean = sum / MANY / 2;
        return new Moments(mean, Math.sqrt(squares / MANY / 2 - mean * mean));
    }
}
