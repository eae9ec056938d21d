package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which range 8 bits had better cover. */
class HistogramTest {
    @Test
    void evenValuesAreCoveredWhole() {
        var histogram = new Histogram();
        var values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = -1 + 4f * i / values.length;
        }
        histogram.add(values, 1);
        assertThat(histogram.range().least()).isCloseTo(-1, within(0.03));
        assertThat(histogram.range().most()).isCloseTo(3, within(0.07));
    }

    @Test
    void aFewFarValuesAreCutOff() {
        var histogram = new Histogram();
        var random = new Random(2);
        var values = new float[1_000_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.abs(random.nextGaussian());
        }
        values[17] = 9;
        histogram.add(values, 1);
        assertThat(histogram.range().most()).isBetween(4.0, 7.0);
        assertThat(histogram.range().least()).isZero();
    }

    @Test
    void itWidensForLargeValuesAndForgetsNone() {
        var histogram = new Histogram();
        histogram.add(new float[] {0.001f, -0.001f, Float.NaN, Float.POSITIVE_INFINITY}, 1);
        histogram.add(new float[] {-700, 700}, 1);
        assertThat(histogram.range().most()).isGreaterThan(600);
        assertThat(histogram.range().least()).isLessThan(-600);
    }

    @Test
    void zeroIsALevelOfEveryRange() {
        for (var range : List.of(
                new Histogram.Range(0, 1),
                new Histogram.Range(-2, -1),
                new Histogram.Range(3, 5),
                new Histogram.Range(0, 0))) {
            double zero = range.zero() * range.step() + range.least();
            assertThat(range.least()).isLessThanOrEqualTo(0);
            assertThat(range.most()).isGreaterThan(range.least());
            assertThat(zero).isCloseTo(0, within(range.step() / 2 + 1e-12));
        }
    }

    @Test
    void weightsGetEightBitsWhereTheirSumsDoNotOverflow() {
        assertThat(Processor.bits(List.of("model name : a", "flags : fpu avx2 avx_vnni")))
                .isEqualTo(8);
        assertThat(Processor.bits(List.of("flags : fpu avx2"))).isEqualTo(7);
        assertThat(Processor.bits(List.of("Features : fp asimd asimddp"))).isEqualTo(8);
        assertThat(Processor.bits(List.of())).isEqualTo(7);
    }
}
