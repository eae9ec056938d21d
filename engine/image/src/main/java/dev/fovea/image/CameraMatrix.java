package dev.fovea.image;

import dev.fovea.image.CameraColour.Calibration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The matrix from a camera's balanced values to linear sRGB (DNG 1.7, chapter 6): calibrations under two lights are interpolated by
 * the inverse of the colour temperature of the light that makes the neutral values white.
 */
final class CameraMatrix {
    private static final double[] SRGB_TO_XYZ = Matrix3.toXyz(0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290);
    private static final double[] D50 = {0.9642, 1, 0.8249};
    private static final double[] D65 = {0.3127 / 0.3290, 1, (1 - 0.3127 - 0.3290) / 0.3290};
    private static final double[] BRADFORD = {0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296
    };
    private static final double DAYLIGHT = 5500;
    private static final int ROUNDS = 30;

    private CameraMatrix() {}

    /** Nine numbers by rows; every row adds up to 1, so that balanced white becomes white. */
    static float[] toLinear(CameraColour colour) {
        if (colour.calibrations().isEmpty()) {
            return new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        }
        double[] white = white(colour);
        Blend blend = blend(colour.calibrations(), temperature(white));
        double[] forward = blend.forward();
        double[] toXyz = forward != null
                ? Matrix3.times(adapt(D50, D65), forward)
                : Matrix3.times(
                        adapt(white, D65), Matrix3.times(Matrix3.inverse(blend.matrix()), diagonal(colour.neutral())));
        return normalised(Matrix3.times(Matrix3.inverse(SRGB_TO_XYZ), toXyz));
    }

    /** XYZ, with Y = 1, of the light under which the neutral values are grey: matrix and temperature depend on each other. */
    static double[] white(CameraColour colour) {
        double[] xyz = D50;
        for (int i = 0; i < ROUNDS; i++) {
            double[] camera = blend(colour.calibrations(), temperature(xyz)).matrix();
            double[] next = apply(Matrix3.inverse(camera), colour.neutral());
            if (!(next[1] > 0)) {
                return xyz;
            }
            double moved = Math.abs(next[0] / next[1] - xyz[0]) + Math.abs(next[2] / next[1] - xyz[2]);
            xyz = new double[] {next[0] / next[1], 1, next[2] / next[1]};
            if (moved < 1e-7) {
                break;
            }
        }
        return xyz;
    }

    /** The correlated colour temperature in kelvin (McCamy 1992), kept between 1500 and 25000. */
    static double temperature(double[] xyz) {
        double sum = xyz[0] + xyz[1] + xyz[2];
        double n = (xyz[0] / sum - 0.3320) / (0.1858 - xyz[1] / sum);
        double t = ((449 * n + 3525) * n + 6823.3) * n + 5520.33;
        return t > 0 ? Math.clamp(t, 1500, 25000) : DAYLIGHT;
    }

    /** Colour temperatures of the EXIF LightSource codes; of fluorescent lamps, the middle of their range in EXIF 2.32. */
    private static double temperature(int illuminant) {
        return switch (illuminant) {
            case 3, 17 -> 2856;
            case 24 -> 3200;
            case 15 -> 3525;
            case 2, 14 -> 4150;
            case 19 -> 6774;
            case 18 -> 4874;
            case 13 -> 5050;
            case 23 -> 5003;
            case 12 -> 6400;
            case 10, 21 -> 6504;
            case 11, 22 -> 7504;
            default -> DAYLIGHT;
        };
    }

    private static Blend blend(List<Calibration> all, double kelvin) {
        Calibration a = all.getFirst();
        Calibration b = all.getLast();
        double ta = temperature(a.illuminant());
        double tb = temperature(b.illuminant());
        double share = ta == tb ? 0 : (1 / kelvin - 1 / ta) / (1 / tb - 1 / ta);
        return new Blend(a, b, Math.clamp(share, 0, 1));
    }

    private record Blend(Calibration a, Calibration b, double share) {
        double[] matrix() {
            return mix(a.xyzToCamera(), b.xyzToCamera());
        }

        /** The mixture of what both have, or what one has, or null. */
        double @Nullable [] forward() {
            float[] x = a.cameraToXyzD50();
            float[] y = b.cameraToXyzD50();
            if (x == null) {
                return y == null ? null : mix(y, y);
            }
            return mix(x, y == null ? x : y);
        }

        private double[] mix(float[] x, float[] y) {
            var m = new double[9];
            for (int i = 0; i < 9; i++) {
                m[i] = x[i] * (1 - share) + y[i] * share;
            }
            return m;
        }
    }

    /** Bradford's adaptation from one white to another (XYZ both). */
    private static double[] adapt(double[] from, double[] to) {
        double[] f = apply(BRADFORD, from);
        double[] t = apply(BRADFORD, to);
        double[] scale = diagonal(t[0] / f[0], t[1] / f[1], t[2] / f[2]);
        return Matrix3.times(Matrix3.inverse(BRADFORD), Matrix3.times(scale, BRADFORD));
    }

    private static double[] apply(double[] m, float[] v) {
        return apply(m, new double[] {v[0], v[1], v[2]});
    }

    private static double[] apply(double[] m, double[] v) {
        var r = new double[3];
        for (int i = 0; i < 3; i++) {
            r[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
        }
        return r;
    }

    private static double[] diagonal(float[] v) {
        return diagonal(v[0], v[1], v[2]);
    }

    private static double[] diagonal(double a, double b, double c) {
        return new double[] {a, 0, 0, 0, b, 0, 0, 0, c};
    }

    private static float[] normalised(double[] m) {
        var rows = new float[9];
        for (int i = 0; i < 9; i++) {
            int r = i / 3 * 3;
            rows[i] = (float) (m[i] / (m[r] + m[r + 1] + m[r + 2]));
        }
        return rows;
    }
}
