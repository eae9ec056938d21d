package dev.fovea.sample;

import dev.fovea.Work;
import dev.fovea.image.CameraColour;
import dev.fovea.image.Cfa;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.util.List;
import java.util.Optional;

/**
 * What turns light into numbers. Light is cut off at saturation, noise is added, and the sum is stored above a black level, so that the
 * noise keeps its negative half (and, for measurement, a tenth of headroom above white).
 *
 * @param noise variance = read + shot · x
 * @param photons whether the shot part is counted photons (Poisson) rather than Gaussian noise of the same variance
 * @param cfa the mosaic, or {@link Cfa#NONE}
 * @param colour how it sees colours; without calibration it sees linear sRGB
 */
public record Sensor(NoiseModel noise, boolean photons, Cfa cfa, CameraColour colour) {
    /** The sample value of no light. */
    public static final int BLACK = 4096;
    /** The sample value of 1. */
    public static final int WHITE = 60000;

    private static final int BAND = 32;

    /** A sensor for measuring: Gaussian noise, sRGB's own colours. */
    public static Sensor plain(NoiseModel noise, Cfa cfa) {
        return new Sensor(noise, false, cfa, CameraColour.SRGB);
    }

    /** A telephone's sensor: counted photons, colours that need white balance and a matrix. */
    public static Sensor phone(NoiseModel noise, Cfa cfa) {
        double[] camera = Matrix3.product(
                Matrix3.diagonal(0.5, 1, 0.6),
                new double[] {0.74, 0.20, 0.06, 0.09, 0.80, 0.11, 0.03, 0.24, 0.73});
        double[] balanced = Matrix3.product(Matrix3.inverse(camera), Matrix3.diagonal(0.5, 1, 0.6));
        var calibration = new CameraColour.Calibration(
                21,
                Matrix3.floats(Matrix3.product(camera, Matrix3.inverse(Matrix3.SRGB_TO_XYZ))),
                Matrix3.floats(Matrix3.product(Matrix3.D65_TO_D50, Matrix3.product(Matrix3.SRGB_TO_XYZ, balanced))));
        return new Sensor(noise, true, cfa, new CameraColour(new float[] {0.5f, 1, 0.6f}, List.of(calibration), 0));
    }

    /**
     * One exposure.
     *
     * @param light LINEAR, 1 = saturation of a channel whose neutral is 1
     */
    public Raw expose(Image light, long seed, Exif exif, String source) {
        int w = light.width();
        int h = light.height();
        int count = cfa.mosaic() ? 1 : 3;
        double[] camera = toCamera(colour);
        short[][] planes = new short[count][w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                var random = Randomness.of(seed, y);
                for (int i = y * w; i < (y + 1) * w; i++) {
                    for (int p = 0; p < count; p++) {
                        int c = cfa.mosaic() ? cfa.colourAt(i - y * w, y) : p;
                        planes[p][i] = stored(noisy(seen(camera, light, c, i), random));
                    }
                }
            }
        });
        float[] black = new float[cfa.mosaic() ? 4 : 3];
        java.util.Arrays.fill(black, BLACK);
        return new Raw(w, h, cfa, planes, black, WHITE, colour, Optional.of(noise), exif, source);
    }

    /** Linear sRGB to the camera's values, nine numbers by rows. */
    static double[] toCamera(CameraColour colour) {
        return colour.calibrations().isEmpty()
                ? Matrix3.diagonal(colour.neutral()[0], colour.neutral()[1], colour.neutral()[2])
                : Matrix3.product(
                        Matrix3.doubles(colour.calibrations().getFirst().xyzToCamera()), Matrix3.SRGB_TO_XYZ);
    }

    private static double seen(double[] m, Image light, int c, int i) {
        return Math.clamp(
                m[3 * c] * light.plane(0)[i] + m[3 * c + 1] * light.plane(1)[i] + m[3 * c + 2] * light.plane(2)[i],
                0,
                1);
    }

    private double noisy(double x, Randomness random) {
        if (photons && noise.shot() > 0) {
            return noise.shot() * random.poisson(x / noise.shot()) + Math.sqrt(noise.read()) * random.gaussian();
        }
        double variance = noise.variance(x);
        return variance == 0 ? x : x + Math.sqrt(variance) * random.gaussian();
    }

    private static short stored(double x) {
        return (short) Math.clamp(Math.round(BLACK + x * (WHITE - BLACK)), 0, 65535);
    }
}
