package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Resize;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefinerTest {
    private static final int W = 50;
    private static final int H = 37;
    private static final float QUIET = 1f / 255 / (float) Math.sqrt(12);
    private static Refiner refiner;

    @BeforeAll
    static void open() {
        refiner = Refiner.present().orElseThrow();
    }

    @AfterAll
    static void close() {
        refiner.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0.004", "0.4, 0.004, 0.004", "0.6, 0.03, 0.008"})
    void aPictureKeepsItsMeanAndDoublesItsSize(float blur, float noise, double tolerance) {
        float[] luma = waves(0.2f);
        float[] fine = refiner.doubled(luma, filled(noise), blur, W, H);
        assertThat(fine).hasSize(4 * W * H);
        assertThat(mean(fine)).isCloseTo(mean(luma), within(tolerance));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.02f, 0.5f, 1})
    void whatIsFlatStaysFlat(float level) {
        float[] luma = filled(level);
        for (float v : refiner.doubled(luma, filled(QUIET), 0, W, H)) {
            assertThat(v).isCloseTo(level, within(6e-3f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 16, 33})
    void tilesShowNoSeams(int side) {
        float[] whole = refiner.doubled(waves(0.3f), filled(QUIET), 0.4f, W, H, 128);
        float[] tiled = refiner.doubled(waves(0.3f), filled(QUIET), 0.4f, W, H, side);
        for (int i = 0; i < whole.length; i++) {
            assertThat(tiled[i]).isCloseTo(whole[i], within(1e-5f));
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        float[] one = Work.threads(1, () -> refiner.doubled(waves(0.3f), filled(QUIET), 0, W, H, 16));
        float[] two = Work.threads(2, () -> refiner.doubled(waves(0.3f), filled(QUIET), 0, W, H, 16));
        assertThat(one).isEqualTo(two);
    }

    @Test
    void noiseThatIsToldOfIsRemoved() {
        var random = new Random(5);
        float[] luma = filled(0.5f);
        for (int i = 0; i < luma.length; i++) {
            luma[i] += 0.03f * (float) random.nextGaussian();
        }
        assertThat(deviation(refiner.doubled(luma, filled(0.03f), 0.4f, W, H))).isLessThan(0.018);
    }

    @Test
    void anEdgeOvershootsLittle() {
        float[] luma = filled(0.3f);
        for (int y = 0; y < H; y++) {
            Arrays.fill(luma, y * W + W / 2, (y + 1) * W, 0.7f);
        }
        float[] fine = refiner.doubled(luma, filled(QUIET), 0, W, H);
        for (float v : fine) {
            assertThat(v).isBetween(0.3f - 0.05f, 0.7f + 0.05f);
        }
        assertThat(fine[2 * W * H + W - 6]).isCloseTo(0.3f, within(0.01f));
        assertThat(fine[2 * W * H + W + 5]).isCloseTo(0.7f, within(0.01f));
    }

    @ParameterizedTest
    @EnumSource(names = {"GREY", "SRGB", "DISPLAY_P3"})
    void aFrameAloneIsCloserToTheTruthThanWithoutTheNetwork(Colour colour) {
        var burst = new Burst(List.of(small(colour)));
        Night night = new SuperRes(2).withBlur(0).enlarge(burst);
        assertThat(night.networks()).contains("luma-doubler");
        assertThat(night.image().colour()).isEqualTo(colour);
        double with = error(night.image().plane(0));
        double without = error(
                new SuperRes(2).withBlur(0).withNetwork(false).apply(burst).plane(0));
        assertThat(with).isLessThan(0.8 * without);
    }

    @Test
    void withoutARuntimeTheClassicalResultIsUsedAndSaid() {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        var burst = new Burst(List.of(small(Colour.SRGB)));
        thread.setContextClassLoader(new NoServices(usual));
        try {
            Night night = new SuperRes(2).enlarge(burst);
            assertThat(night.networks()).isEmpty();
            assertThat(night.image())
                    .isEqualTo(new SuperRes(2).withNetwork(false).apply(burst));
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @Test
    void whatHasNoPartIsNotNamed() {
        var burst = new Burst(List.of(small(Colour.SRGB)));
        assertThat(new SuperRes(2).withNetwork(false).enlarge(burst).networks()).isEmpty();
        assertThat(new SuperRes(1).enlarge(burst).networks()).doesNotContain("luma-doubler");
    }

    /** Sees all but what could run a network. */
    private static final class NoServices extends ClassLoader {
        NoServices(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/") ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }

    private static float[] filled(float v) {
        float[] all = new float[W * H];
        Arrays.fill(all, v);
        return all;
    }

    /** A chirp: waves of all lengths down to six pixels. */
    private static float[] waves(float height) {
        float[] luma = new float[W * H];
        for (int i = 0; i < luma.length; i++) {
            int x = i % W;
            int y = i / W;
            luma[i] = 0.5f + height * (float) (Math.sin(x * x / 100.0) * Math.cos(y * y / 80.0));
        }
        return luma;
    }

    /** Hard-edged slanted stripes, twice the frames' size. */
    private static float[] stripes() {
        int fine = 8;
        float[] all = new float[4 * W * H];
        for (int i = 0; i < all.length; i++) {
            for (int k = 0; k < fine * fine; k++) {
                double x = i % (2 * W) + (k % fine + 0.5) / fine;
                double y = i / (2 * W) + (k / fine + 0.5) / fine;
                all[i] += ((int) Math.floor((x + 0.4 * y) / 9) & 1) == 0 ? 0.2f : 0.8f;
            }
            all[i] /= fine * fine;
        }
        return all;
    }

    private static Frame small(Colour colour) {
        float[] grey = new Resize(W, H)
                .apply(dev.fovea.image.Image.of(2 * W, 2 * H, Colour.GREY, stripes()))
                .plane(0);
        int n = colour.planes();
        byte[] bytes = new byte[n * W * H];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(255 * grey[i / n]), 0, 255);
        }
        return new Frame(
                W,
                H,
                n == 1 ? Frame.Format.GREY8 : Frame.Format.RGB8,
                bytes,
                colour,
                Duration.ZERO,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                "stripes");
    }

    private static double error(float[] plane) {
        float[] truth = stripes();
        double sum = 0;
        for (int y = 8; y < 2 * H - 8; y++) {
            for (int x = 8; x < 2 * W - 8; x++) {
                double e = plane[y * 2 * W + x] - truth[y * 2 * W + x];
                sum += e * e;
            }
        }
        return Math.sqrt(sum);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        return sum / values.length;
    }

    private static double deviation(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float v : values) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
