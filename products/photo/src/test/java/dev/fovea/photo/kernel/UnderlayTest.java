package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnderlayTest {
    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    void lanesEqualScalar(int n) {
        float[] covered = Values.shares(n, 1);
        float[] alpha = Values.wild(n, 2);
        float[] coveredSingle = covered.clone();
        float[] alphaSingle = alpha.clone();
        Underlay.cover(covered, 0, alpha, 0, n);
        for (int i = 0; i < n; i++) {
            Underlay.cover(coveredSingle, i, alphaSingle, i, 1);
        }
        assertThat(covered).containsExactly(coveredSingle);
        assertThat(alpha).containsExactly(alphaSingle);
    }

    @Test
    void nothingIsCoveredTwice() {
        float[] covered = {0, 0.5f, 0.95f, 1};
        float[] alpha = {1, 1, 1, 1};
        Underlay.cover(covered, 0, alpha, 0, 4);
        assertThat(covered).containsExactly(1, 1, 0.95f, 1);
        assertThat(alpha).containsExactly(1, 0.5f, 0, 0);
    }
}
