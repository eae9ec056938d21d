package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {
    @Test
    void psnrOfAKnownDifference() {
        Image a = Image.of(2, 1, Colour.GREY, new float[] {0.5f, 0.5f});
        Image b = Image.of(2, 1, Colour.GREY, new float[] {0.6f, 0.4f});
        assertThat(Quality.psnr(a, b)).isCloseTo(20, within(1e-5));
        assertThat(Quality.psnr(a, a)).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({"11,11", "12,30", "64,45"})
    void ssimIsWangs(int w, int h) {
        Image a = Pictures.waves(w, h);
        float[] noisy = a.plane(0).clone();
        float[] noise = Pictures.noise(w * h, 3);
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += 0.1f * (noise[i] - 0.5f);
        }
        Image b = Image.of(w, h, Colour.LINEAR_GREY, noisy);
        assertThat(Quality.ssim(a, b)).isCloseTo(naive(a.plane(0), noisy, w, h), within(1e-5));
        assertThat(Quality.ssim(a, a)).isCloseTo(1, within(1e-6));
    }

    @Test
    void ssimNeedsAWindow() {
        Image small = Pictures.waves(10, 30);
        assertThatThrownBy(() -> Quality.ssim(small, small))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11 x 11");
    }

    private static double naive(float[] a, float[] b, int w, int h) {
        double total = 0;
        for (int y = 0; y <= h - 11; y++) {
            for (int x = 0; x <= w - 11; x++) {
                double g = 0;
                double ma = 0;
                double mb = 0;
                double aa = 0;
                double bb = 0;
                double ab = 0;
                for (int j = 0; j < 11; j++) {
                    for (int i = 0; i < 11; i++) {
                        double k = Math.exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / 4.5);
                        double p = a[(y + j) * w + x + i];
                        double q = b[(y + j) * w + x + i];
                        g += k;
                        ma += k * p;
                        mb += k * q;
                        aa += k * p * p;
                        bb += k * q * q;
                        ab += k * p * q;
                    }
                }
                ma /= g;
                mb /= g;
                double va = aa / g - ma * ma;
                double vb = bb / g - mb * mb;
                double cov = ab / g - ma * mb;
                total += (2 * ma * mb + 1e-4) * (2 * cov + 9e-4) / ((ma * ma + mb * mb + 1e-4) * (va + vb + 9e-4));
            }
        }
        return total / (w - 10) / (h - 10);
    }
}
