package dev.fovea.sample;

/** Three by three matrices of colour, nine numbers by rows. */
final class Matrix3 {
    /** Linear sRGB to CIE XYZ, white D65 (IEC 61966-2-1). */
    static final double[] SRGB_TO_XYZ = {
        0.4123908, 0.3575843, 0.1804808, 0.2126390, 0.7151687, 0.0721923, 0.0193308, 0.1191948, 0.9505322
    };

    /** Adapts XYZ from D65 to D50 (Bradford; Lam 1985). */
    static final double[] D65_TO_D50 = {
        1.0479298, 0.0229468, -0.0501922, 0.0296278, 0.9904345, -0.0170738, -0.0092431, 0.0150552, 0.7518743
    };

    private Matrix3() {}

    static double[] diagonal(double a, double b, double c) {
        return new double[] {a, 0, 0, 0, b, 0, 0, 0, c};
    }

    static double[] product(double[] a, double[] b) {
        double[] m = new double[9];
        for (int i = 0; i < 9; i++) {
            int row = i / 3 * 3;
            m[i] = a[row] * b[i % 3] + a[row + 1] * b[i % 3 + 3] + a[row + 2] * b[i % 3 + 6];
        }
        return m;
    }

    static double[] inverse(double[] m) {
        double[] inverse = new double[9];
        for (int i = 0; i < 9; i++) {
            int r = i % 3;
            int c = i / 3;
            int r1 = (r + 1) % 3;
            int r2 = (r + 2) % 3;
            int c1 = (c + 1) % 3;
            int c2 = (c + 2) % 3;
            inverse[i] = m[3 * r1 + c1] * m[3 * r2 + c2] - m[3 * r1 + c2] * m[3 * r2 + c1];
        }
        double determinant = m[0] * inverse[0] + m[1] * inverse[3] + m[2] * inverse[6];
        for (int i = 0; i < 9; i++) {
            inverse[i] /= determinant;
        }
        return inverse;
    }

    static float[] floats(double[] m) {
        float[] f = new float[9];
        for (int i = 0; i < 9; i++) {
            f[i] = (float) m[i];
        }
        return f;
    }

    static double[] doubles(float[] m) {
        double[] d = new double[9];
        for (int i = 0; i < 9; i++) {
            d[i] = m[i];
        }
        return d;
    }
}
