package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeliefTest {
    @Test
    void aFaceThatTheDetectorHalfDoubtsIsToldIfTheMeshNetworkIsSure() {
        assertThat(Belief.of(0.3, 0.9999)).isGreaterThan(Belief.SURE);
    }

    @Test
    void whatConvincesOnlyOneOfBothIsNoFace() {
        assertThat(Belief.of(0.5, 0.9)).isLessThan(Belief.SURE);
        assertThat(Belief.of(0.95, 0.2)).isLessThan(Belief.SURE);
    }

    @Test
    void moreEvidenceNeverMeansLessBelief() {
        for (int i = 0; i <= 20; i++) {
            for (int k = 0; k < 20; k++) {
                double other = i / 20.0;
                double less = k / 20.0;
                double more = (k + 1) / 20.0;
                assertThat(Belief.of(other, more)).isGreaterThanOrEqualTo(Belief.of(other, less));
                assertThat(Belief.of(more, other)).isGreaterThanOrEqualTo(Belief.of(less, other));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
    void certaintyStaysWithinAProbability(double score, double presence) {
        assertThat(Belief.of(score, presence)).isBetween(0.0, 1.0);
    }

    @Test
    void anAnswerThatIsNoNumberIsNoFace() {
        assertThat(Belief.of(0.9, Double.NaN) >= Belief.SURE).isFalse();
        assertThat(Belief.of(Double.NaN, 0.9) >= Belief.SURE).isFalse();
    }
}
