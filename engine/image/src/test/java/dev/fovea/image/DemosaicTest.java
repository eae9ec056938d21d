package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.Work;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DemosaicTest {
    private static final NoiseModel LITTLE = new NoiseModel(1e-7, 1e-5);
    private static final float[] ONE = {1, 1, 1};

    /** A picture with fine and coarse coloured structure; deterministic. */
    private static float[][] scene(int w, int h) {
        var planes = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            double x = i % w;
            double y = i / w;
            double light = 0.3 + 0.2 * Math.sin(0.9 * x + 0.3 * y) + 0.1 * Math.cos(0.04 * x * y / 40);
            double edge = (x - 50) * (x - 50) + (y - 40) * (y - 40) < 700 ? 0.9 : 0.4;
            planes[0][i] = (float) (light * edge);
            planes[1][i] = (float) (light * (1.1 - 0.5 * edge));
            planes[2][i] = (float) (light * 0.5 + 0.1 * edge);
        }
        return planes;
    }

    private static float[] mosaic(float[][] planes, int w, Cfa cfa) {
        var m = new float[planes[0].length];
        for (int i = 0; i < m.length; i++) {
            m[i] = planes[cfa.colourAt(i % w, i / w)][i];
        }
        return m;
    }

    private static double psnr(float[][] a, float[][] b, int w, int h, int border) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = border; y < h - border; y++) {
                for (int x = border; x < w - border; x++) {
                    double e = a[c][y * w + x] - b[c][y * w + x];
                    sum += e * e;
                }
            }
        }
        return -10 * Math.log10(sum / (3.0 * (w - 2 * border) * (h - 2 * border)));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({"1, 1", "1, 4", "2, 1", "2, 2", "3, 2", "5, 7", "7, 5", "8, 8", "191, 3", "193, 195", "400, 200"})
    void aConstantStaysTheConstantAtAnySize(int w, int h) {
        for (float v : new float[] {-0.01f, 0, 0.2f, 1, 3}) {
            var m = new float[w * h];
            Arrays.fill(m, v);
            float[][] rgb = Demosaic.planes(m, w, h, Cfa.GRBG, ONE, LITTLE);
            for (float[] plane : rgb) {
                for (float x : plane) {
                    assertThat(x).isCloseTo(v, within(1e-5f * Math.max(1, v)));
                }
            }
        }
    }

    @Test
    void aRampInTheCamerasNeutralStaysNeutral() {
        int w = 220;
        int h = 64;
        float[] gains = {2, 1, 1.5f};
        var planes = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            for (int c = 0; c < 3; c++) {
                planes[c][i] = (0.02f + 0.002f * (i % w)) / gains[c];
            }
        }
        float[][] found = Demosaic.planes(mosaic(planes, w, Cfa.RGGB), w, h, Cfa.RGGB, gains, LITTLE);
        for (int y = 4; y < h - 4; y++) {
            for (int x = 4; x < w - 4; x++) {
                int i = y * w + x;
                assertThat(found[0][i] * 2).isCloseTo(found[1][i], within(5e-4f));
                assertThat(found[2][i] * 1.5f).isCloseTo(found[1][i], within(5e-4f));
            }
        }
    }

    @Test
    void fineStructureIsFound() {
        float[][] truth = scene(128, 96);
        float[][] found = Demosaic.planes(mosaic(truth, 128, Cfa.RGGB), 128, 96, Cfa.RGGB, ONE, LITTLE);
        assertThat(psnr(found, truth, 128, 96, 10)).isGreaterThan(38.5);
    }

    @Test
    void whatWasMeasuredIsKept() {
        float[] m = Pictures.noise(60 * 50, 3);
        float[][] found = Demosaic.planes(m, 60, 50, Cfa.BGGR, ONE, LITTLE);
        for (int i = 0; i < m.length; i++) {
            assertThat(found[Cfa.BGGR.colourAt(i % 60, i / 60)][i]).isEqualTo(m[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Cfa.class,
            names = {"GRBG", "GBRG", "BGGR"})
    void aShiftedArrayGivesTheShiftedPicture(Cfa cfa) {
        int dx = cfa.colourAt(0, 0) == 0 || cfa == Cfa.GBRG ? 0 : 1;
        int dy = cfa == Cfa.GRBG ? 0 : 1;
        int w = 230;
        int h = 210;
        float[] m = Pictures.noise(w * h, 5);
        var cut = new float[(w - dx) * (h - dy)];
        for (int y = 0; y < h - dy; y++) {
            System.arraycopy(m, (y + dy) * w + dx, cut, y * (w - dx), w - dx);
        }
        assertThat(Cfa.RGGB.shifted(dx, dy)).isEqualTo(cfa);
        float[][] whole = Demosaic.planes(m, w, h, Cfa.RGGB, ONE, LITTLE);
        float[][] part = Demosaic.planes(cut, w - dx, h - dy, cfa, ONE, LITTLE);
        for (int y = 20; y < h - 20; y++) {
            for (int x = 20; x < w - 20; x++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(part[c][(y - dy) * (w - dx) + x - dx]).isEqualTo(whole[c][y * w + x]);
                }
            }
        }
    }

    @Test
    void aMirroredMosaicGivesTheMirroredPicture() {
        int w = 100;
        int h = 60;
        float[] m = Pictures.noise(w * h, 9);
        var mirrored = new float[w * h];
        for (int i = 0; i < m.length; i++) {
            mirrored[i / w * w + w - 1 - i % w] = m[i];
        }
        float[][] one = Demosaic.planes(m, w, h, Cfa.RGGB, ONE, LITTLE);
        float[][] two = Demosaic.planes(mirrored, w, h, Cfa.GRBG, ONE, LITTLE);
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < m.length; i++) {
                assertThat(two[c][i / w * w + w - 1 - i % w]).isCloseTo(one[c][i], within(2e-4f));
            }
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        float[] m = Pictures.noise(500 * 420, 7);
        float[][] one = Work.threads(1, () -> Demosaic.planes(m, 500, 420, Cfa.RGGB, ONE, LITTLE));
        float[][] many = Demosaic.planes(m, 500, 420, Cfa.RGGB, ONE, LITTLE);
        assertThat(Arrays.deepEquals(one, many)).isTrue();
    }

    @Test
    void extremesStayNumbers() {
        float[] m = Pictures.noise(90 * 90, 11);
        m[4000] = 1e4f;
        m[4100] = -1e4f;
        for (float[] plane : Demosaic.planes(m, 90, 90, Cfa.RGGB, new float[] {4, 1, 3}, new NoiseModel(0, 0))) {
            for (float v : plane) {
                assertThat(v).isFinite();
            }
        }
    }

    @Test
    void aRawPictureLosesItsBlackLevel() {
        var samples = new short[8 * 6];
        Arrays.fill(samples, (short) (500 + 3000));
        Raw raw = new Raw(
                8,
                6,
                Cfa.GBRG,
                new short[][] {samples},
                new float[] {500, 500, 500, 500},
                15500,
                CameraColour.SRGB,
                Optional.of(LITTLE),
                Exif.NONE,
                "test");
        Image camera = new Demosaic().apply(raw);
        assertThat(camera.colour()).isEqualTo(Colour.LINEAR);
        assertThat(camera.plane(0)[20]).isCloseTo(0.2f, within(1e-5f));
        assertThat(camera.plane(2)[21]).isCloseTo(0.2f, within(1e-5f));
    }

    @Test
    void wrongCountsAreRefused() {
        assertThatThrownBy(() -> Demosaic.planes(new float[5], 2, 2, Cfa.RGGB, ONE, LITTLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 2");
        assertThatThrownBy(() -> Demosaic.planes(new float[4], 2, 2, Cfa.NONE, ONE, LITTLE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
