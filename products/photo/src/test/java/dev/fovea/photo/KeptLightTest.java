package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Transfer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptLightTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.35, 0.5, 0.75})
    void theMeanOfNoisyDisplayValuesGetsTheMeanOfTheirLight(double light) {
        double sigma = 0.01;
        var random = new SplittableRandom(3);
        double sum = 0;
        double squares = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            double v = Transfer.encode(light + 4 * sigma * random.nextGaussian());
            sum += v;
            squares += v * v;
        }
        double mean = sum / n;
        double variance = squares / n - mean * mean;
        var kept = new KeptLight(x -> variance);
        assertThat(Transfer.decode(kept.apply((float) mean))).isCloseTo(light, within(0.002 * light));
        assertThat(Transfer.decode(mean)).isLessThan(light);
    }

    @Test
    void withoutNoiseNothingChanges() {
        var kept = new KeptLight(x -> 0);
        for (int i = 0; i <= 3000; i++) {
            assertThat(kept.apply(i / 3000f)).isCloseTo(i / 3000f, within(1e-6f));
        }
    }

    @Test
    void brighterStaysBrighterWithinTheDisplaysRange() {
        var kept = new KeptLight(x -> 0.01 + 0.02 * x);
        assertThat(kept.apply(-1)).isZero();
        for (int i = 0; i < 3000; i++) {
            assertThat(kept.apply((i + 1) / 3000f)).isBetween(kept.apply(i / 3000f), 1f);
        }
    }
}
