package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TransferTest {
    private static final int CODES = 65536;

    private static float[] codes() {
        var all = new float[CODES];
        for (int i = 0; i < CODES; i++) {
            all[i] = i / 65535f;
        }
        return all;
    }

    @Test
    void all16BitCodesSurvive() {
        float[] codes = codes();
        var light = new float[CODES];
        var back = new float[CODES];
        Transfer.decode(codes, light);
        Transfer.encode(light, back);
        for (int i = 0; i < CODES; i++) {
            assertThat(Math.round(back[i] * 65535)).isEqualTo(i);
        }
    }

    @Test
    void fastEqualsExact() {
        float[] codes = codes();
        var fast = new float[CODES];
        Transfer.encode(codes, fast);
        double worst = 0;
        for (int i = 0; i < CODES; i++) {
            worst = Math.max(worst, Math.abs(fast[i] - Transfer.encode(codes[i])));
        }
        assertThat(worst).isLessThan(1e-6);
        Transfer.decode(codes, fast);
        for (int i = 0; i < CODES; i++) {
            assertThat((double) fast[i]).isCloseTo(Transfer.decode(codes[i]), within(5e-7));
            // an error of light counts as much as it shows
            assertThat(Transfer.encode(fast[i])).isCloseTo(codes[i], within(1e-6));
        }
    }

    @Test
    void endsAreExactAndBeyondIsClipped() {
        var ends = new float[] {0, 1, -3, 7};
        Transfer.encode(ends, ends);
        assertThat(ends).containsExactly(0, 1, 0, 1);
        Transfer.decode(ends, ends);
        assertThat(ends).containsExactly(0, 1, 0, 1);
    }
}
