package dev.fovea.image;

import java.util.SplittableRandom;

/** Pictures for tests. */
final class Pictures {
    private Pictures() {}

    static float[] noise(int n, long seed) {
        var random = new SplittableRandom(seed);
        var plane = new float[n];
        for (int i = 0; i < n; i++) {
            plane[i] = random.nextFloat();
        }
        return plane;
    }

    static Image noise(int width, int height, Colour colour, long seed) {
        var planes = new float[colour.planes()][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = noise(width * height, seed * 31 + c);
        }
        return Image.of(width, height, colour, planes);
    }

    /** Smooth and never flat. */
    static Image waves(int width, int height) {
        var plane = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plane[y * width + x] = (float) (0.5 + 0.2 * Math.sin(x * 0.31 + 0.02 * y) + 0.2 * Math.cos(y * 0.23));
            }
        }
        return Image.of(width, height, Colour.LINEAR_GREY, plane);
    }

    static Image ramp(int width, int height, double ax, double ay) {
        var plane = new float[width * height];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) (ax * (i % width) + ay * (i / width));
        }
        return Image.of(width, height, Colour.LINEAR_GREY, plane);
    }

    static double largestDifference(float[] a, float[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs((double) a[i] - b[i]));
        }
        return worst;
    }
}
