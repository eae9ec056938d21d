package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private static double at(Image image, int x, int y) {
        int cx = Math.clamp(x, 0, image.width() - 1);
        int cy = Math.clamp(y, 0, image.height() - 1);
        return image.plane(0)[cy * image.width() + cx];
    }

    @FunctionalInterface
    private interface Pixel {
        double at(int x, int y);
    }

    private static void equal(Image image, Pixel wanted, double tolerance) {
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                assertThat(at(image, x, y)).as("at " + x + ", " + y).isCloseTo(wanted.at(x, y), within(tolerance));
            }
        }
    }

    private static double window(Image image, int x, int y, int radius, Pixel weight) {
        double sum = 0;
        for (int j = -radius; j <= radius; j++) {
            for (int i = -radius; i <= radius; i++) {
                sum += weight.at(i, j) * at(image, x + i, y + j);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"1,1,3", "1,40,2", "40,1,8", "5,3,1", "70,90,8", "33,17,0", "20,30,25", "17,200,1"})
    void boxIsTheMeanOfItsWindow(int w, int h, int radius) {
        Image image = Pictures.noise(w, h, Colour.LINEAR_GREY, 1);
        double area = (2 * radius + 1) * (2 * radius + 1);
        equal(new BoxBlur(radius).apply(image), (x, y) -> window(image, x, y, radius, (i, j) -> 1 / area), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,40,2", "40,1,0.5", "5,3,1", "70,90,2", "33,17,1.3", "530,5,2"})
    void gaussianIsTheWeightedMean(int w, int h, double sigma) {
        Image image = Pictures.noise(w, h, Colour.LINEAR_GREY, 2);
        int radius = (int) Math.ceil(3 * sigma);
        double line = 0;
        for (int i = -radius; i <= radius; i++) {
            line += Math.exp(-i * i / (2 * sigma * sigma));
        }
        double all = line * line;
        equal(
                new GaussianBlur(sigma).apply(image),
                (x, y) -> window(image, x, y, radius, (i, j) -> Math.exp(-(i * i + j * j) / (2 * sigma * sigma)) / all),
                1e-5);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,9", "9,1", "2,2", "40,70"})
    void convolutionWeighsNeighbours(int w, int h) {
        Image image = Pictures.noise(w, h, Colour.LINEAR_GREY, 3);
        float[] nine = {1, -2, 3, 0.5f, 4, -5, 6, 0.25f, 1};
        equal(
                Convolution.of(nine).apply(image),
                (x, y) -> window(image, x, y, 1, (i, j) -> nine[(j + 1) * 3 + i + 1]),
                1e-5);
    }

    @Test
    void sobelGivesTheSlope() {
        Image ramp = Pictures.ramp(20, 20, 0.01, -0.02);
        assertThat(at(Convolution.SOBEL_X.apply(ramp), 9, 9)).isCloseTo(0.01, within(1e-6));
        assertThat(at(Convolution.SOBEL_Y.apply(ramp), 9, 9)).isCloseTo(-0.02, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,9", "9,1", "2,2", "40,70"})
    void medianIsTheFifthOfNine(int w, int h) {
        Image image = Pictures.noise(w, h, Colour.LINEAR_GREY, 4);
        equal(
                new Median3().apply(image),
                (x, y) -> {
                    var nine = new double[9];
                    for (int k = 0; k < 9; k++) {
                        nine[k] = at(image, x + k % 3 - 1, y + k / 3 - 1);
                    }
                    Arrays.sort(nine);
                    return nine[4];
                },
                0);
    }

    private static Image step(int w, int h, long seed, double noise) {
        float[] plane = Pictures.noise(w * h, seed);
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) ((i % w < w / 2 ? 0.2 : 0.8) + noise * (plane[i] - 0.5));
        }
        return Image.of(w, h, Colour.LINEAR_GREY, plane);
    }

    private static void keepsTheEdgeAndSmooths(Image smooth) {
        int w = smooth.width();
        for (int y = 10; y < smooth.height() - 10; y++) {
            assertThat(at(smooth, w / 2 - 1, y)).isCloseTo(0.2, within(0.03));
            assertThat(at(smooth, w / 2, y)).isCloseTo(0.8, within(0.03));
            assertThat(at(smooth, w / 4, y)).isCloseTo(0.2, within(0.015));
        }
    }

    @Test
    void guidedFilterKeepsEdges() {
        keepsTheEdgeAndSmooths(new GuidedFilter(6, 1e-3).apply(step(64, 48, 5, 0.04)));
    }

    @Test
    void bilateralFilterKeepsEdges() {
        keepsTheEdgeAndSmooths(new Bilateral(5, 0.15).apply(step(64, 48, 6, 0.1)));
    }

    @Test
    void bilateralLeavesConstantsAlone() {
        Image flat = Pictures.ramp(31, 17, 0, 0);
        equal(new Bilateral(3, 0.1).apply(flat), (x, y) -> 0, 1e-6);
    }

    /** The formula of He and others, window by window. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "13,9,2", "40,70,4"})
    void guidedFilterIsItsFormula(int w, int h, int radius) {
        Image guide = Pictures.noise(w, h, Colour.LINEAR_GREY, 7);
        Image input = Pictures.noise(w, h, Colour.LINEAR_GREY, 8);
        double n = (2 * radius + 1) * (2 * radius + 1);
        var a = new float[w * h];
        var b = new float[w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double i = 0;
                double p = 0;
                double ii = 0;
                double ip = 0;
                for (int v = y - radius; v <= y + radius; v++) {
                    for (int u = x - radius; u <= x + radius; u++) {
                        i += at(guide, u, v) / n;
                        p += at(input, u, v) / n;
                        ii += at(guide, u, v) * at(guide, u, v) / n;
                        ip += at(guide, u, v) * at(input, u, v) / n;
                    }
                }
                a[y * w + x] = (float) ((ip - i * p) / (ii - i * i + 0.01));
                b[y * w + x] = (float) (p - a[y * w + x] * i);
            }
        }
        Image slopes = Image.of(w, h, Colour.LINEAR_GREY, a);
        Image offsets = Image.of(w, h, Colour.LINEAR_GREY, b);
        equal(
                new GuidedFilter(radius, 0.01).apply(input, guide),
                (x, y) -> window(slopes, x, y, radius, (u, v) -> 1 / n) * at(guide, x, y)
                        + window(offsets, x, y, radius, (u, v) -> 1 / n),
                1e-4);
    }

    @Test
    void fastGuidedFilterIsNearTheExactOne() {
        Image image = Pictures.waves(120, 90);
        Image exact = new GuidedFilter(8, 0.01).apply(image);
        Image fast = new GuidedFilter(8, 0.01, 4).apply(image);
        assertThat(Pictures.largestDifference(exact.plane(0), fast.plane(0))).isLessThan(0.05);
    }

    @Test
    void hiddenColoursDoNotBleed() {
        var red = new float[64];
        var zero = new float[64];
        var coverage = new float[64];
        for (int i = 0; i < 64; i++) {
            red[i] = i % 8 < 4 ? 0.5f : 1;
            coverage[i] = i % 8 < 4 ? 1 : 0;
        }
        Image blurred = new BoxBlur(1).apply(Image.of(8, 8, Colour.SRGBA, red, zero, zero, coverage));
        assertThat(blurred.plane(0)[3]).isCloseTo(0.5f, within(1e-6f));
        assertThat(blurred.plane(3)[3]).isCloseTo(2 / 3f, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "1,5", "2,2", "7,5", "64,33", "101,70"})
    void pyramidStepDownIsBurtAndAdelsons(int w, int h) {
        Image image = Pictures.noise(w, h, Colour.LINEAR_GREY, 9);
        double[] five = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};
        Image down = Pyramid.down(image);
        assertThat(down.width()).isEqualTo((w + 1) / 2);
        equal(
                down,
                (x, y) -> {
                    double sum = 0;
                    for (int j = -2; j <= 2; j++) {
                        for (int i = -2; i <= 2; i++) {
                            sum += five[i + 2] * five[j + 2] * at(image, mirror(2 * x + i, w), mirror(2 * y + j, h));
                        }
                    }
                    return sum;
                },
                1e-6);
    }

    private static int mirror(int i, int n) {
        int k = i;
        while (n > 1 && (k < 0 || k >= n)) {
            k = k < 0 ? -k : 2 * (n - 1) - k;
        }
        return n == 1 ? 0 : k;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "1,5", "2,2", "7,5", "64,33", "101,70"})
    void laplacianPyramidCollapsesToThePicture(int w, int h) {
        Image image = Pictures.noise(w, h, Colour.LINEAR, 10);
        List<Image> levels = Pyramid.laplacian(image, 5);
        Image back = Pyramid.collapse(levels);
        for (int c = 0; c < 3; c++) {
            assertThat(Pictures.largestDifference(image.plane(c), back.plane(c)))
                    .isLessThan(1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 30})
    void pyramidStepUpKeepsConstants(int n) {
        var plane = new float[n * n];
        Arrays.fill(plane, 0.7f);
        Image flat = Image.of(n, n, Colour.LINEAR_GREY, plane);
        equal(Pyramid.up(flat, 2 * n, 2 * n - 1), (x, y) -> 0.7, 1e-6);
    }

    @Test
    void lumaIsRec709() {
        Image image = Image.of(1, 1, Colour.SRGB, new float[] {1}, new float[] {0.5f}, new float[] {0});
        assertThat(new Luma().apply(image).plane(0)[0]).isCloseTo(0.2126f + 0.3576f, within(1e-6f));
        assertThat(new Luma().apply(image).colour()).isEqualTo(Colour.GREY);
    }
}
