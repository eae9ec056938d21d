package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.CubeRoot;
import dev.fovea.image.kernel.Mix;
import dev.fovea.image.kernel.SrgbCurve;

/**
 * Conversions between colour spaces. The hub is linear red, green, blue of the sRGB primaries; a conversion is at most: decode the transfer
 * curve, one matrix, encode. Grey is luminance (ITU-R BT.709 weights in linear light). Values beyond the target's display range are clipped.
 */
final class Colours {
    private static final int CHUNK = 4096;
    private static final int BAND = 16 * CHUNK;
    private static final double[] WHITE_D65 = {0.3127, 0.3290};
    private static final double[] SRGB_TO_XYZ =
            Matrix3.toXyz(0.640, 0.330, 0.300, 0.600, 0.150, 0.060, WHITE_D65[0], WHITE_D65[1]);
    private static final double[] P3_TO_XYZ =
            Matrix3.toXyz(0.680, 0.320, 0.265, 0.690, 0.150, 0.060, WHITE_D65[0], WHITE_D65[1]);
    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    /** Linear sRGB to cone responses, and their cube roots to Lab (Björn Ottosson, "A perceptual color space for image processing", 2020). */
    private static final double[] SRGB_TO_CONES = {
        0.4122214708,
        0.5363325363,
        0.0514459929,
        0.2119034982,
        0.6806995451,
        0.1073969566,
        0.0883024619,
        0.2817188376,
        0.6299787005
    };

    private static final double[] ROOTS_TO_LAB = {
        0.2104542553,
        0.7936177850,
        -0.0040720468,
        1.9779984951,
        -2.4285922050,
        0.4505937099,
        0.0259040371,
        0.7827717662,
        -0.8086757660
    };

    private static final double[] LAB_TO_ROOTS = Matrix3.inverse(ROOTS_TO_LAB);

    private Colours() {}

    static Image convert(Image image, Colour wanted) {
        Colour have = image.colour();
        if (have == wanted) {
            return image;
        }
        float[][] planes = sharable(have, wanted) ? shared(image) : computed(image, wanted);
        return Image.of(image.width(), image.height(), wanted, wanted == Colour.SRGBA ? covered(planes) : planes);
    }

    /** Whether the colour planes can be shared as they are: coverage apart, or grey as three equal planes under the same white. */
    private static boolean sharable(Colour have, Colour wanted) {
        return switch (have) {
            case GREY -> wanted == Colour.SRGB || wanted == Colour.SRGBA || wanted == Colour.DISPLAY_P3;
            case LINEAR_GREY -> wanted == Colour.LINEAR || wanted == Colour.LINEAR_P3;
            case SRGB, SRGBA -> wanted == Colour.SRGB || wanted == Colour.SRGBA;
            default -> false;
        };
    }

    private static float[][] shared(Image image) {
        int last = image.colour().planes() - 1;
        return new float[][] {image.plane(0), image.plane(Math.min(1, last)), image.plane(Math.min(2, last))};
    }

    private static float[][] covered(float[][] planes) {
        var coverage = new float[planes[0].length];
        java.util.Arrays.fill(coverage, 1);
        return new float[][] {planes[0], planes[1], planes[2], coverage};
    }

    private static float[][] computed(Image image, Colour wanted) {
        int n = image.width() * image.height();
        float[][] in = shared(image);
        var out = new float[Math.min(3, wanted.planes())][n];
        var conversion = new Conversion(image.colour(), wanted);
        Work.rows(n, BAND, (from, to) -> {
            var a = new float[3][CHUNK];
            var b = new float[3][CHUNK];
            for (int at = from; at < to; at += CHUNK) {
                conversion.run(in, out, at, Math.min(CHUNK, to - at), a, b);
            }
        });
        return out;
    }

    /** The steps from one colour to another. */
    private record Conversion(Colour have, Colour wanted, boolean mixes, double[] mix) {
        Conversion(Colour have, Colour wanted) {
            this(have, wanted, differ(have, wanted), Matrix3.times(fromHub(wanted), toHub(have)));
        }

        /** Converts a short run of pixels through scratch that stays in the cache. */
        void run(float[][] in, float[][] out, int at, int n, float[][] a, float[][] b) {
            float[][] now = a;
            for (int c = 0; c < 3; c++) {
                decode(in[c], at, now[c], n);
            }
            if (have == Colour.OKLAB) {
                now = matrix(LAB_TO_ROOTS, now, b, 3, n);
                for (float[] row : now) {
                    CubeRoot.cubes(row, n);
                }
            }
            if (mixes) {
                now = matrix(mix, now, now == a ? b : a, out.length, n);
            }
            if (wanted == Colour.OKLAB) {
                for (float[] row : now) {
                    CubeRoot.roots(row, n);
                }
                now = matrix(ROOTS_TO_LAB, now, now == a ? b : a, 3, n);
            }
            for (int c = 0; c < out.length; c++) {
                encode(now[c], out[c], at, n);
            }
        }

        private void decode(float[] from, int at, float[] to, int n) {
            if (display(have)) {
                SrgbCurve.decode(from, at, to, 0, n);
            } else {
                System.arraycopy(from, at, to, 0, n);
            }
        }

        private void encode(float[] from, float[] to, int at, int n) {
            if (display(wanted)) {
                SrgbCurve.encode(from, 0, to, at, n);
            } else {
                System.arraycopy(from, 0, to, at, n);
            }
        }
    }

    private static float[][] matrix(double[] m, float[][] from, float[][] to, int rows, int n) {
        for (int r = 0; r < rows; r++) {
            float x = (float) m[r * 3];
            float y = (float) m[r * 3 + 1];
            float z = (float) m[r * 3 + 2];
            Mix.three(from[0], from[1], from[2], 0, x, y, z, to[r], 0, n);
        }
        return to;
    }

    private static boolean display(Colour c) {
        return c == Colour.GREY || c == Colour.SRGB || c == Colour.SRGBA || c == Colour.DISPLAY_P3;
    }

    /** Whether more than the transfer curve lies between the two. Grey is three equal planes, of any primaries with this white. */
    private static boolean differ(Colour have, Colour wanted) {
        Colour to = primaries(wanted);
        boolean same = primaries(have) == to;
        boolean spread = have.planes() == 1 && (to == Colour.LINEAR || to == Colour.LINEAR_P3);
        return !same && !spread;
    }

    /** The linear colour of the same primaries; itself for what has none. */
    private static Colour primaries(Colour c) {
        return switch (c) {
            case SRGB, SRGBA -> Colour.LINEAR;
            case DISPLAY_P3 -> Colour.LINEAR_P3;
            case GREY -> Colour.LINEAR_GREY;
            default -> c;
        };
    }

    private static double[] toHub(Colour c) {
        return switch (c) {
            case SRGB, SRGBA, LINEAR, GREY, LINEAR_GREY -> IDENTITY;
            case DISPLAY_P3, LINEAR_P3 -> Matrix3.times(Matrix3.inverse(SRGB_TO_XYZ), P3_TO_XYZ);
            case XYZ -> Matrix3.inverse(SRGB_TO_XYZ);
            case OKLAB -> Matrix3.inverse(SRGB_TO_CONES);
        };
    }

    private static double[] fromHub(Colour c) {
        return switch (c) {
            case GREY, LINEAR_GREY -> {
                double[] y = {SRGB_TO_XYZ[3], SRGB_TO_XYZ[4], SRGB_TO_XYZ[5]};
                yield new double[] {y[0], y[1], y[2], y[0], y[1], y[2], y[0], y[1], y[2]};
            }
            case OKLAB -> SRGB_TO_CONES;
            default -> Matrix3.inverse(toHub(c));
        };
    }
}
