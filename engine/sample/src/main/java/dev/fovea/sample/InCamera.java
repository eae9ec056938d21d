package dev.fovea.sample;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Raw;
import java.time.Duration;

/** The plainest development a camera can do: missing colours from the neighbours' mean, white balance, matrix, sRGB, 8 bits. */
final class InCamera {
    private static final int BAND = 16;

    private InCamera() {}

    static Frame develop(Raw raw) {
        int w = raw.width();
        int h = raw.height();
        float[] neutral = raw.colour().neutral();
        double[] balanced = Matrix3.product(
                Matrix3.inverse(Sensor.toCamera(raw.colour())), Matrix3.diagonal(neutral[0], neutral[1], neutral[2]));
        byte[] bytes = new byte[3 * w * h];
        Work.rows(h, BAND, (from, to) -> {
            double[] rgb = new double[3];
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    gather(raw, x, y, rgb);
                    for (int c = 0; c < 3; c++) {
                        rgb[c] = Math.min(1, rgb[c] / neutral[c]);
                    }
                    for (int c = 0; c < 3; c++) {
                        double v = balanced[3 * c] * rgb[0] + balanced[3 * c + 1] * rgb[1] + balanced[3 * c + 2] * rgb[2];
                        bytes[3 * (y * w + x) + c] = (byte) Math.round(255 * srgb(v));
                    }
                }
            }
        });
        return new Frame(
                w,
                h,
                Frame.Format.RGB8,
                bytes,
                Colour.SRGB,
                Duration.ZERO,
                Frame.Spectrum.VISIBLE,
                raw.exif(),
                raw.source());
    }

    /** The sRGB transfer of a value that is first clamped to 0..1 (IEC 61966-2-1). */
    static double srgb(double linear) {
        double v = Math.clamp(linear, 0, 1);
        return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
    }

    private static void gather(Raw raw, int x, int y, double[] rgb) {
        if (!raw.cfa().mosaic()) {
            for (int c = 0; c < 3; c++) {
                rgb[c] = raw.value(c, x, y);
            }
            return;
        }
        double[] weight = new double[3];
        rgb[0] = rgb[1] = rgb[2] = 0;
        for (int v = Math.max(0, y - 1); v <= Math.min(raw.height() - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(raw.width() - 1, x + 1); u++) {
                int c = raw.cfa().colourAt(u, v);
                // A pixel that has the colour itself keeps it; otherwise its nearest neighbours are averaged.
                double k = u == x && v == y ? 1e6 : u == x || v == y ? 1 : 0.5;
                rgb[c] += k * raw.value(0, u, v);
                weight[c] += k;
            }
        }
        for (int c = 0; c < 3; c++) {
            rgb[c] /= Math.max(weight[c], 1e-9);
        }
    }
}
