package dev.fovea.image;

import dev.fovea.image.CameraColour.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The colour tags of a DNG (DNG 1.4, chapter 6). AnalogBalance and CameraCalibration are folded into the matrices; a white point given as
 * a chromaticity becomes the camera's neutral values.
 */
final class DngColour {
    /** CIE XYZ (D65) to linear sRGB, IEC 61966-2-1, by rows. */
    static final double[] XYZ_TO_SRGB = {
        3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252
    };

    /** Linear sRGB to CIE XYZ relative to D50 (Bradford), by rows. */
    static final double[] SRGB_TO_XYZ_D50 = {
        0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733
    };

    static final int D65 = 21;

    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private final DngDirectory d;

    private DngColour(DngDirectory d) {
        this.d = d;
    }

    /** The colours told by the main directory. */
    static CameraColour of(DngDirectory d) {
        return new DngColour(d).colour();
    }

    /** The noise of the green plane, or of the only one: NoiseProfile is a pair for each plane, or one for all. */
    static Optional<NoiseModel> noise(DngDirectory d) {
        if (d.count(51041) < 2 || d.count(51041) > 32) {
            return Optional.empty();
        }
        double[] n = d.numbers(51041);
        int i = n.length >= 6 ? 2 : 0;
        double shot = Math.max(0, n[i]);
        double read = Math.max(0, n[i + 1]);
        return shot < 1 && read < 1 ? Optional.of(new NoiseModel(read, shot)) : Optional.empty();
    }

    private CameraColour colour() {
        boolean first = d.count(50721) == 9;
        boolean second = first && d.count(50722) == 9;
        float stops = (float) Math.clamp(finite(d.number(50730, 0)), -16, 16);
        if (!first) {
            float[] neutral = narrow(positive(d.numbers(50728, 1, 1, 1)));
            return new CameraColour(neutral, List.of(), stops);
        }
        double[] one = matrix(50721, 50723);
        double[] two = second ? matrix(50722, 50724) : one;
        double[] neutral = neutral(one, two);
        if (!second && linearSrgb(one, neutral)) {
            return new CameraColour(narrow(neutral), List.of(), stops);
        }
        var calibrations = new ArrayList<Calibration>();
        calibrations.add(calibration(50778, one, 50964, 50723, neutral));
        if (second) {
            calibrations.add(calibration(50779, two, 50965, 50724, neutral));
        }
        return new CameraColour(narrow(neutral), calibrations, stops);
    }

    /** Whether the camera's values, balanced, are those of linear sRGB: how {@link DngWriter} tells that there is no calibration. */
    private boolean linearSrgb(double[] xyzToCamera, double[] neutral) {
        boolean same = d.integer(50778, 0) == D65;
        for (int i = 0; i < 9; i++) {
            same &= Math.abs(xyzToCamera[i] / neutral[i / 3] - XYZ_TO_SRGB[i]) < 1e-4;
        }
        return same;
    }

    private Calibration calibration(int illuminant, double[] xyzToCamera, int forward, int calibration, double[] neutral) {
        float[] toXyz = d.count(forward) == 9 ? narrow(forward(numbers(forward), balance(calibration), neutral)) : null;
        return new Calibration((int) d.integer(illuminant, 0), narrow(xyzToCamera), toXyz);
    }

    /** XYZ to this very camera: AnalogBalance · CameraCalibration · ColorMatrix. */
    private double[] matrix(int tag, int calibration) {
        return times(balance(calibration), numbers(tag));
    }

    /**
     * ForwardMatrix · D · (AnalogBalance · CameraCalibration)⁻¹ takes camera values to XYZ D50, where D balances the reference camera;
     * times the neutral it takes balanced ones. With a diagonal balance it is the ForwardMatrix itself.
     */
    private double[] forward(double[] forward, double[] balance, double[] neutral) {
        if (diagonal(balance)) {
            return forward;
        }
        double[] inverse = inverse(balance);
        double[] reference = apply(inverse, neutral);
        double[] out = times(scaled(IDENTITY, reference, true), inverse);
        return times(forward, times(out, scaled(IDENTITY, neutral, false)));
    }

    private double[] balance(int calibration) {
        double[] gains = positive(d.numbers(50727, 1, 1, 1));
        // A calibration counts only for profiles with its signature.
        boolean counts = d.count(calibration) == 9 && d.text(50931).equals(d.text(50932));
        return scaled(counts ? numbers(calibration) : IDENTITY, gains, false);
    }

    private double[] neutral(double[] one, double[] two) {
        if (d.count(50728) == 3) {
            return positive(d.numbers(50728));
        }
        double[] xy = d.numbers(50729, 0.3127, 0.3290);
        if (!(xy[0] > 0 && xy[1] > 0 && xy[0] + xy[1] < 1)) {
            throw senseless();
        }
        double[] xyz = {xy[0] / xy[1], 1, (1 - xy[0] - xy[1]) / xy[1]};
        double weight = weight(xy);
        double[] mixed = new double[9];
        for (int i = 0; i < 9; i++) {
            mixed[i] = one[i] * weight + two[i] * (1 - weight);
        }
        double[] camera = apply(mixed, xyz);
        double top = Math.max(camera[0], Math.max(camera[1], camera[2]));
        return positive(new double[] {camera[0] / top, camera[1] / top, camera[2] / top});
    }

    /** How much the first calibration counts at a white point: linear in the reciprocal of the colour temperature. */
    private double weight(double[] xy) {
        double first = temperature((int) d.integer(50778, 0));
        double second = temperature((int) d.integer(50779, 0));
        if (first == second) {
            return 1;
        }
        // McCamy (1992): the correlated colour temperature of a chromaticity.
        double n = (xy[0] - 0.3320) / (0.1858 - xy[1]);
        double t = ((449 * n + 3525) * n + 6823.3) * n + 5520.33;
        return Math.clamp((1 / Math.max(t, 1000) - 1 / second) / (1 / first - 1 / second), 0, 1);
    }

    /** Kelvin of an EXIF LightSource. */
    private static double temperature(int illuminant) {
        return switch (illuminant) {
            case 3, 17 -> 2850;
            case 24 -> 3200;
            case 2, 14, 16 -> 4150;
            case 15 -> 3450;
            case 23, 13 -> 5000;
            case 1, 4, 9, 18, 20 -> 5500;
            case 10, 19, 21 -> 6500;
            case 11, 22 -> 7500;
            case 12 -> 6400;
            default -> 6500;
        };
    }

    private double[] numbers(int tag) {
        double[] n = d.numbers(tag);
        for (double v : n) {
            if (!(Math.abs(v) < 1e6)) {
                throw senseless();
            }
        }
        return n;
    }

    private double[] positive(double[] n) {
        for (double v : n) {
            if (!(v > 1e-6 && v < 1e6)) {
                throw senseless();
            }
        }
        return n;
    }

    private static double finite(double v) {
        return Double.isFinite(v) ? v : 0;
    }

    private dev.fovea.BadInput senseless() {
        return d.file().bad("has colour matrices or a white balance that make no sense", "write it again with a DNG converter");
    }

    private static boolean diagonal(double[] m) {
        return m[1] == 0 && m[2] == 0 && m[3] == 0 && m[5] == 0 && m[6] == 0 && m[7] == 0;
    }

    /** diag(v) · m, or diag(1/v) · m. */
    private static double[] scaled(double[] m, double[] v, boolean divide) {
        double[] out = new double[9];
        for (int i = 0; i < 9; i++) {
            out[i] = divide ? m[i] / v[i / 3] : m[i] * v[i / 3];
        }
        return out;
    }

    private static double[] times(double[] a, double[] b) {
        double[] out = new double[9];
        for (int i = 0; i < 9; i++) {
            int r = i / 3 * 3;
            int c = i % 3;
            out[i] = a[r] * b[c] + a[r + 1] * b[c + 3] + a[r + 2] * b[c + 6];
        }
        return out;
    }

    private static double[] apply(double[] m, double[] v) {
        double[] out = new double[3];
        for (int r = 0; r < 3; r++) {
            out[r] = m[3 * r] * v[0] + m[3 * r + 1] * v[1] + m[3 * r + 2] * v[2];
        }
        return out;
    }

    private double[] inverse(double[] m) {
        double a = m[4] * m[8] - m[5] * m[7];
        double b = m[5] * m[6] - m[3] * m[8];
        double c = m[3] * m[7] - m[4] * m[6];
        double det = m[0] * a + m[1] * b + m[2] * c;
        if (!(Math.abs(det) > 1e-9)) {
            throw senseless();
        }
        double[] adjugate = {
            a, m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            b, m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            c, m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
        };
        for (int i = 0; i < 9; i++) {
            adjugate[i] /= det;
        }
        return adjugate;
    }

    private static float[] narrow(double[] v) {
        float[] f = new float[v.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = (float) v[i];
        }
        return f;
    }
}
