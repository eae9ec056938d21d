package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Frame.Format;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes of Y'CbCr become one another as the formulas say. */
class YuvTest {
    /** R, G, B of 0..1 from samples, by the definition. */
    private static double[] rgb(Yuv code, int y, int u, int v) {
        double span = code.full() ? 255 : 219, chroma = code.full() ? 255 : 224;
        double l = (y - (code.full() ? 0 : 16)) / span, cb = (u - 128) / chroma, cr = (v - 128) / chroma;
        double r = l + 2 * (1 - code.red()) * cr, b = l + 2 * (1 - code.blue()) * cb;
        return new double[] {r, (l - code.red() * r - code.blue() * b) / (1 - code.red() - code.blue()), b};
    }

    @ParameterizedTest
    @CsvSource({
        "0.299,0.114,false",
        "0.2126,0.0722,false",
        "0.2126,0.0722,true",
        "0.2627,0.0593,false",
        "0.299,0.114,true"
    })
    void flatAreasKeepTheirColour(double red, double blue, boolean full) {
        var code = new Yuv(red, blue, full, false);
        var random = new Random(1);
        for (int n = 0; n < 500; n++) {
            int y = 40 + random.nextInt(150), u = 100 + random.nextInt(56), v = 100 + random.nextInt(56);
            byte[] samples = flat(y, u, v);
            var out = new byte[samples.length];
            code.to(Yuv.FRAME).planes(samples, 6, 4, out);
            double[] before = rgb(code, y, u, v);
            double[] after = rgb(Yuv.FRAME, out[7] & 0xFF, out[24 + 2] & 0xFF, out[30 + 2] & 0xFF);
            var back = new byte[samples.length];
            Yuv.FRAME.to(code).planes(out, 6, 4, back);
            for (int c = 0; c < 3; c++) {
                assertThat(after[c]).isBetween(before[c] - 0.008, before[c] + 0.008);
            }
            assertThat(Math.abs((back[7] & 0xFF) - y)).isLessThanOrEqualTo(1);
            assertThat(Math.abs((back[24] & 0xFF) - u)).isLessThanOrEqualTo(1);
        }
    }

    private static byte[] flat(int y, int u, int v) {
        var samples = new byte[(int) Format.I420.bytes(6, 4)];
        java.util.Arrays.fill(samples, 0, 24, (byte) y);
        java.util.Arrays.fill(samples, 24, 30, (byte) u);
        java.util.Arrays.fill(samples, 30, 36, (byte) v);
        return samples;
    }

    @Test
    void chromaMovesByAQuarterAndBack() {
        int w = 64;
        var samples = new byte[(int) Format.I420.bytes(w, 2)];
        for (int x = 0; x < w / 2; x++) {
            samples[2 * w + x] = (byte) (128 + 60 * Math.sin(x * 0.4));
        }
        var left = new Yuv(0.299, 0.114, true, false);
        var out = new byte[samples.length];
        left.to(Yuv.FRAME).planes(samples, w, 2, out);
        for (int x = 3; x < w / 2 - 3; x++) {
            assertThat(out[2 * w + x] & 0xFF)
                    .as("" + x)
                    .isCloseTo((int) (128 + 60 * Math.sin((x + 0.25) * 0.4)), within(2));
        }
        var back = new byte[samples.length];
        Yuv.FRAME.to(left).planes(out, w, 2, back);
        for (int x = 3; x < w / 2 - 3; x++) {
            assertThat(back[2 * w + x] & 0xFF).isCloseTo(samples[2 * w + x] & 0xFF, within(2));
        }
    }

    private static org.assertj.core.data.Offset<Integer> within(int n) {
        return org.assertj.core.data.Offset.offset(n);
    }

    @Test
    void theSameCodeIsTheSame() {
        assertThat(Yuv.FRAME.to(Yuv.FRAME).same()).isTrue();
        assertThat(Yuv.BT601.to(Yuv.FRAME).same()).isFalse();
    }
}
