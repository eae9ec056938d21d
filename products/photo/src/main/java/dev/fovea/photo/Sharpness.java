package dev.fovea.photo;

import dev.fovea.Work;
import java.util.stream.IntStream;

/** How sharp the frames of a stack are. */
final class Sharpness {
    private Sharpness() {}

    /** The mean squared Laplacian of a grey picture at half its size, where noise is low; the noise, being the same in all frames, adds the same. */
    static double of(Plane grey) {
        Plane p = grey.half();
        float[] v = p.values();
        int s = p.stride();
        return Work.sum(
                        p.height(),
                        16,
                        (from, to) -> {
                            double sum = 0;
                            for (int y = from; y < to; y++) {
                                for (int i = p.at(0, y), end = i + p.width(); i < end; i++) {
                                    float d = 4 * v[i] - v[i - 1] - v[i + 1] - v[i - s] - v[i + s];
                                    sum += d * d;
                                }
                            }
                            return sum;
                        },
                        Double::sum)
                / ((double) p.width() * p.height());
    }

    /** The index of the greatest; the earlier of equals. */
    static int best(double[] sharpness) {
        return IntStream.range(0, sharpness.length)
                .reduce((a, b) -> sharpness[b] > sharpness[a] ? b : a)
                .orElseThrow();
    }
}
