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
        for (double score = 0; score <= 1; score += 0.05) {
            for (double presence = 0; presence < 0.96; presence += 0.05) {
                assertThat(Belief.of(score, presence + 0.05)).isGreaterThanOrEqualTo(Belief.of(score, presence));
                assertThat(Belief.of(presence + 0.05, score)).isGreaterThanOrEqualTo(Belief.of(presence, score));
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
