package dev.fovea.photo;

import dev.fovea.image.Burst;
import dev.fovea.image.CameraColour;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A scene of twelve stops with a bright window, dark corners, colours and texture, and a camera with a look of its own. */
final class BracketScene {
    static final int W = 240;
    static final int H = 160;
    static final NoiseModel NOISE = new NoiseModel(2e-6, 4e-4);

    private BracketScene() {}

    /** The light; a grey ball of 0.15 lies at the given place if x is not negative. */
    static Image light(int ballX, int ballY) {
        var planes = new float[3][W * H];
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                double stops =
                        -7 + 8.5 * x / W + 1.2 * Math.sin(x / 9.0) * Math.cos(y / 7.0) + 0.5 * Math.sin(x * 0.9 + y);
                boolean window = x > 180 && x < 220 && y > 20 && y < 70;
                double light = Math.pow(2, window ? 2.5 + 0.5 * Math.sin(y / 5.0) : stops);
                boolean ball = ballX >= 0 && Math.hypot(x - ballX, y - ballY) < 11;
                for (int c = 0; c < 3; c++) {
                    double tint = 1 + 0.35 * Math.sin(x / 31.0 + y / 23.0 + 2.1 * c);
                    planes[c][y * W + x] = (float) (ball ? 0.15 : light * tint);
                }
            }
        }
        return Image.of(W, H, Colour.LINEAR, planes);
    }

    /** Gamma 2.2 and then an S-curve, of another strength in each channel: light 0..1 to display 0..1. */
    static double response(int channel, double light) {
        double v = Math.pow(Math.clamp(light, 0, 1), 1 / 2.2);
        double strength = 0.25 + 0.15 * channel;
        return (1 - strength) * v + strength * v * v * (3 - 2 * v);
    }

    /** The light at a display value, by bisection. */
    static double inverse(int channel, double value) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (response(channel, middle) < value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    static Frame frame(Image light, double exposure, long seed) {
        var random = new SplittableRandom(seed);
        var bytes = new byte[3 * W * H];
        for (int i = 0; i < W * H; i++) {
            for (int c = 0; c < 3; c++) {
                double x = light.plane(c)[i] * exposure;
                x += Math.sqrt(NOISE.variance(x)) * random.nextGaussian();
                bytes[3 * i + c] = (byte) Math.round(255 * response(c, x));
            }
        }
        return new Frame(
                W,
                H,
                Frame.Format.RGB8,
                bytes,
                Colour.SRGB,
                Duration.ZERO,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                "frame " + exposure);
    }

    static Raw raw(Image light, double exposure, long seed) {
        var random = new SplittableRandom(seed);
        var samples = new short[W * H];
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                double v = light.plane(Cfa.RGGB.colourAt(x, y))[y * W + x] * exposure;
                v += Math.sqrt(NOISE.variance(v)) * random.nextGaussian();
                samples[y * W + x] = (short) Math.round(Math.min(1, v) * 15000 + 1000);
            }
        }
        return new Raw(
                W,
                H,
                Cfa.RGGB,
                new short[][] {samples},
                new float[] {1000, 1000, 1000, 1000},
                16000,
                CameraColour.SRGB,
                Optional.of(NOISE),
                Exif.NONE,
                "raw " + exposure);
    }

    static Burst frames(List<Double> exposures, long seed) {
        var shots = new ArrayList<Shot>();
        for (double e : exposures) {
            shots.add(frame(light(-1, 0), e, seed++));
        }
        return new Burst(shots);
    }

    static Burst raws(List<Double> exposures, long seed) {
        var shots = new ArrayList<Shot>();
        for (double e : exposures) {
            shots.add(raw(light(-1, 0), e, seed++));
        }
        return new Burst(shots);
    }
}
