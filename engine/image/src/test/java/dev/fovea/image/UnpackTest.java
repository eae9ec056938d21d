package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compact samples of a frame, as floats and shrunk. */
class UnpackTest {
    private static Frame frame(Frame.Format format, int w, int h, long seed) {
        var bytes = new byte[(int) format.bytes(w, h)];
        new Random(seed).nextBytes(bytes);
        Colour colour = format.grey() ? Colour.GREY : Colour.SRGB;
        return new Frame(w, h, format, bytes, colour, Duration.ZERO, Frame.Spectrum.VISIBLE, Exif.NONE, "seed " + seed);
    }

    @Test
    void samplesBecomeFractions() {
        Frame deep = frame(Frame.Format.RGB16, 5, 3, 1);
        int sample = 2 * (3 * 7 + 1);
        int wanted = deep.bytes()[sample] & 0xFF | (deep.bytes()[sample + 1] & 0xFF) << 8;
        assertThat(deep.image().plane(1)[7]).isEqualTo(wanted / 65535f);
        Frame grey = frame(Frame.Format.GREY8, 5, 3, 1);
        assertThat(grey.image().plane(0)[7]).isEqualTo((grey.bytes()[7] & 0xFF) / 255f);
    }

    @ParameterizedTest
    @EnumSource(Frame.Format.class)
    void shrinkingAveragesAreas(Frame.Format format) {
        if (format == Frame.Format.I420) {
            return;
        }
        Frame frame = frame(format, 23, 17, 5);
        for (int[] size : new int[][] {{23, 17}, {1, 1}, {7, 5}, {22, 16}, {23, 1}}) {
            Image small = frame.small(size[0], size[1]);
            assertThat(small).hasToString(size[0] + " x " + size[1] + " " + frame.colour());
            for (int c = 0; c < frame.colour().planes(); c++) {
                float[] wanted = averaged(frame.image().plane(c), 23, 17, size[0], size[1]);
                Samples.assertSame(small.plane(c), wanted, 2e-6);
            }
        }
    }

    /** Every result pixel as the integral over its area, pixel by pixel: slow and plain. */
    private static float[] averaged(float[] plane, int w, int h, int tw, int th) {
        var out = new float[tw * th];
        for (int i = 0; i < out.length; i++) {
            double sum = 0, area = 0;
            for (int p = 0; p < plane.length; p++) {
                double part = overlap(p % w, i % tw, (double) w / tw) * overlap(p / w, i / tw, (double) h / th);
                sum += part * plane[p];
                area += part;
            }
            out[i] = (float) (sum / area);
        }
        return out;
    }

    private static double overlap(int pixel, int cell, double size) {
        return Math.max(0, Math.min(pixel + 1, (cell + 1) * size) - Math.max(pixel, cell * size));
    }

    @Test
    void fullRangeYuvBecomesRgb() {
        for (int[] size : new int[][] {{1, 1}, {2, 2}, {5, 3}, {6, 7}}) {
            int w = size[0], h = size[1], chroma = (w + 1) / 2 * ((h + 1) / 2);
            var bytes = new byte[w * h + 2 * chroma];
            java.util.Arrays.fill(bytes, 0, w * h, (byte) 76);
            java.util.Arrays.fill(bytes, w * h, w * h + chroma, (byte) 85);
            java.util.Arrays.fill(bytes, w * h + chroma, bytes.length, (byte) 255);
            var red = new Frame(
                    w,
                    h,
                    Frame.Format.I420,
                    bytes,
                    Colour.SRGB,
                    Duration.ZERO,
                    Frame.Spectrum.VISIBLE,
                    Exif.NONE,
                    "red");
            for (Image image : new Image[] {red.image(), red.small(1, 1), red.small(w, h)}) {
                assertThat(image.plane(0)).containsOnly(image.plane(0)[0]);
                assertThat(image.plane(0)[0]).isCloseTo(1, Offset.offset(0.005f));
                assertThat(image.plane(1)[0]).isCloseTo(0, Offset.offset(0.005f));
                assertThat(image.plane(2)[0]).isCloseTo(0, Offset.offset(0.005f));
            }
        }
    }

    @Test
    void sizesAreChecked() {
        Frame frame = frame(Frame.Format.GREY8, 4, 4, 1);
        assertThatThrownBy(() -> frame.small(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> frame.small(0, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
