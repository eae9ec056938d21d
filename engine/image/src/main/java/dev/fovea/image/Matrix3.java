package dev.fovea.image;

/** Three-by-three matrices: nine numbers by rows. */
final class Matrix3 {
    private Matrix3() {}

    /** The product a · b: b is applied first. */
    static double[] times(double[] a, double[] b) {
        var m = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                m[r * 3 + c] = a[r * 3] * b[c] + a[r * 3 + 1] * b[3 + c] + a[r * 3 + 2] * b[6 + c];
            }
        }
        return m;
    }

    /** The inverse, by cofactors; not finite if the matrix is singular. */
    static double[] inverse(double[] m) {
        double a = m[4] * m[8] - m[5] * m[7];
        double b = m[5] * m[6] - m[3] * m[8];
        double c = m[3] * m[7] - m[4] * m[6];
        double d = 1 / (m[0] * a + m[1] * b + m[2] * c);
        return new double[] {
            a * d, (m[2] * m[7] - m[1] * m[8]) * d, (m[1] * m[5] - m[2] * m[4]) * d,
            b * d, (m[0] * m[8] - m[2] * m[6]) * d, (m[2] * m[3] - m[0] * m[5]) * d,
            c * d, (m[1] * m[6] - m[0] * m[7]) * d, (m[0] * m[4] - m[1] * m[3]) * d
        };
    }

    /**
     * Linear red, green, blue to CIE XYZ (SMPTE RP 177): columns are the primaries' XYZ, scaled so that they add up to white.
     *
     * @param xy the chromaticities x, y of red, green, blue and white
     */
    static double[] toXyz(double... xy) {
        var p = new double[9];
        for (int i = 0; i < 3; i++) {
            double x = xy[2 * i];
            double y = xy[2 * i + 1];
            p[i] = x / y;
            p[3 + i] = 1;
            p[6 + i] = (1 - x - y) / y;
        }
        double[] inverse = inverse(p);
        double wx = xy[6] / xy[7];
        double wz = (1 - xy[6] - xy[7]) / xy[7];
        for (int i = 0; i < 3; i++) {
            double scale = inverse[i * 3] * wx + inverse[i * 3 + 1] + inverse[i * 3 + 2] * wz;
            p[i] *= scale;
            p[3 + i] *= scale;
            p[6 + i] *= scale;
        }
        return p;
    }
}
