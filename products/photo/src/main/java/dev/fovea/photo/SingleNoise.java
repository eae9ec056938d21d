package dev.fovea.photo;

import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.util.ArrayList;
import java.util.Arrays;

/** The noise of a single developed frame, from its flattest places (Immerkær 1996, by level). */
final class SingleNoise {
    private static final int LEVELS = 24;
    private static final int BLOCK = 8;
    /** The quietest part of the blocks is taken to be flat. */
    private static final double FLAT = 0.1;

    private SingleNoise() {}

    /** The variance by level of one plane, in the form of {@link MeasuredNoise#curve}. */
    static double[] curve(Frame frame, int plane) {
        Image image = frame.image();
        float[] v = image.plane(Math.min(plane, image.colour().planes() - 1));
        var byLevel = new ArrayList<ArrayList<Double>>();
        for (int i = 0; i < LEVELS; i++) {
            byLevel.add(new ArrayList<>());
        }
        for (int y = 1; y + BLOCK < frame.height(); y += BLOCK) {
            for (int x = 1; x + BLOCK < frame.width(); x += BLOCK) {
                add(v, frame.width(), x, y, byLevel);
            }
        }
        double[] curve = new double[LEVELS];
        double all = 0;
        for (int i = 0; i < LEVELS; i++) {
            double[] e = byLevel.get(i).stream().mapToDouble(d -> d).sorted().toArray();
            curve[i] = e.length < 20 ? all : e[(int) (FLAT * e.length)];
            all = curve[i];
        }
        for (int i = LEVELS - 2; i >= 0; i--) {
            curve[i] = curve[i] == 0 ? curve[i + 1] : curve[i];
        }
        return Arrays.copyOf(curve, LEVELS);
    }

    /** Immerkær's mask, blind to planes and edges along the axes; its squared weights sum to 36. */
    private static void add(float[] v, int w, int x0, int y0, ArrayList<ArrayList<Double>> byLevel) {
        double energy = 0;
        double mean = 0;
        for (int y = y0; y < y0 + BLOCK; y++) {
            for (int x = x0; x < x0 + BLOCK; x++) {
                int i = y * w + x;
                double d = 4 * v[i]
                        - 2 * (v[i - 1] + v[i + 1] + v[i - w] + v[i + w])
                        + v[i - w - 1]
                        + v[i - w + 1]
                        + v[i + w - 1]
                        + v[i + w + 1];
                energy += d * d / 36;
                mean += v[i];
            }
        }
        int n = BLOCK * BLOCK;
        byLevel.get(Math.clamp((int) (mean / n * LEVELS), 0, LEVELS - 1)).add(energy / n);
    }
}
