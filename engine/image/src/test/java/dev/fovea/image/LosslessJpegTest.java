package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LosslessJpegTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void everyPredictorComponentCountPrecisionAndRestartIntervalDecodesToItsSamples(int predictor) {
        var random = new Random(predictor);
        for (int components = 1; components <= 4; components++) {
            for (int precision : new int[] {2, 8, 12, 14, 16}) {
                for (int restart : new int[] {0, 1, 3}) {
                    int[] samples = samples(random, 13 * 11 * components, precision);
                    byte[] jpeg = PlainLosslessJpeg.encode(samples, 13, 11, components, precision, predictor, restart);
                    assertThat(decode(jpeg)).isEqualTo(samples);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whatIsWrittenIsReadAgain(int components) {
        var random = new Random(components);
        for (int spread : new int[] {1, 3, 200, 40_000, 65_536}) {
            int[] samples = new int[40 * 30 * components];
            Arrays.setAll(samples, i -> random.nextInt(spread) + 20_000 & 0xFFFF);
            short[] words = new short[samples.length];
            for (int i = 0; i < words.length; i++) {
                words[i] = (short) samples[i];
            }
            assertThat(decode(LosslessJpegWriter.encode(words, 40, 30, components)))
                    .isEqualTo(samples);
        }
    }

    @Test
    void theLargestDifferenceSurvives() {
        int[] samples = {0, 32768, 0, 65535, 32767, 0, 32768, 65535};
        short[] words = {0, -32768, 0, -1, 32767, 0, -32768, -1};
        assertThat(decode(LosslessJpegWriter.encode(words, 4, 2, 1))).isEqualTo(samples);
        assertThat(decode(PlainLosslessJpeg.encode(samples, 4, 2, 1, 16, 1, 0))).isEqualTo(samples);
    }

    @Test
    void aHuffmanCodeIsPrefixFreeAndNeverLongerThanSixteenBitsNorAllOnes() {
        long[] fibonacci = new long[HuffmanCode.SIZES];
        fibonacci[0] = 1;
        fibonacci[1] = 1;
        for (int i = 2; i < fibonacci.length; i++) {
            fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
        }
        var code = new HuffmanCode(fibonacci);
        double kraft = 0;
        for (int s = 0; s < HuffmanCode.SIZES; s++) {
            assertThat(code.length[s]).isBetween(1, 16);
            assertThat(code.code[s]).isLessThan((1 << code.length[s]) - 1);
            kraft += Math.pow(2, -code.length[s]);
        }
        assertThat(kraft).isLessThan(1);
    }

    @Test
    void aStreamCutOffAnywhereIsRefusedInOneSentence() {
        int[] samples = samples(new Random(7), 9 * 8 * 2, 12);
        byte[] whole = PlainLosslessJpeg.encode(samples, 9, 8, 2, 12, 6, 2);
        for (int length = 0; length < whole.length - 2; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(cut)).isInstanceOf(BadInput.class).hasMessageEndingWith("again.");
        }
    }

    @Test
    void aLossyStreamIsRefusedByName() {
        byte[] jpeg = PlainLosslessJpeg.encode(new int[4], 2, 2, 1, 8, 1, 0);
        jpeg[9] = (byte) 0xC0;
        assertThatThrownBy(() -> decode(jpeg)).hasMessageContaining("lossy JPEG");
    }

    /** Smooth, with noise and now and then a jump. */
    private static int[] samples(Random random, int n, int precision) {
        int top = 1 << precision;
        int[] s = new int[n];
        for (int i = 0, v = top / 2; i < n; i++) {
            v = random.nextInt(20) == 0 ? random.nextInt(top) : v + random.nextInt(9) - 4;
            s[i] = v = Math.clamp(v, 0, top - 1);
        }
        return s;
    }

    private static int[] decode(byte[] jpeg) {
        var reader = new LosslessJpegReader(jpeg, 0, jpeg.length, "a stream", false);
        int[] all = new int[reader.samples() * reader.rows()];
        for (int y = 0; y < reader.rows(); y++) {
            System.arraycopy(reader.next(), 0, all, y * reader.samples(), reader.samples());
        }
        return all;
    }
}
