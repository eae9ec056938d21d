package dev.fovea.vision;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The average face in 3D and how much each point of it can be trusted: the mean over 300 random people and expressions of the ICT head (Li
 * et al., Learning Formation of Physically-Based Face Attributes, CVPR 2020; MIT licence), and the inverse of each point's variance
 * there, so that the nose's ridge and the eyes' corners weigh more than the jaw ({@code training/canonical-face}).
 */
final class CanonicalFace {
    /** x (right in the picture), y (up) and z (towards the camera) of each point, in centimetres of an adult. */
    static final double[] POINTS;

    /** How much each point counts, 1 for the steadiest; 0 for the irises. */
    static final double[] WEIGHTS;

    /** The nearest of the surface's points to each one's mirror image. */
    static final int[] OPPOSITE;

    static {
        List<double[]> rows = Table.read("canonical-face.txt");
        POINTS = new double[3 * Landmarks.COUNT];
        WEIGHTS = new double[Landmarks.COUNT];
        for (int i = 0; i < Landmarks.COUNT; i++) {
            System.arraycopy(rows.get(i), 0, POINTS, 3 * i, 3);
            WEIGHTS[i] = rows.get(i)[3];
        }
        OPPOSITE = IntStream.range(0, Landmarks.SURFACE)
                .map(i -> nearest(-POINTS[3 * i], POINTS[3 * i + 1], POINTS[3 * i + 2]))
                .toArray();
    }

    private CanonicalFace() {}

    private static int nearest(double x, double y, double z) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < Landmarks.SURFACE; i++) {
            double away = Math.hypot(Math.hypot(POINTS[3 * i] - x, POINTS[3 * i + 1] - y), POINTS[3 * i + 2] - z);
            if (away < least) {
                least = away;
                best = i;
            }
        }
        return best;
    }
}
