package dev.fovea.vision;

import dev.fovea.image.Point2;

/**
 * Smooths points over time: hard while they rest, hardly while they move (Casiez, Roussel and Vogel, 1€ Filter, CHI 2012). Two changes suit
 * a face: speeds count in sizes of the face, so that one setting fits near and far ones; and the common motion of all points, which is
 * known well, opens the filter soon, a point's own only when it stands out of the noise, as a blink does.
 */
final class OneEuro {
    /** Cut-off at rest, in hertz. */
    private static final double REST = 0.4;
    /** Hertz more for each size of the face a second that all points move together; at this speed half as many, below it hardly any. */
    private static final double COMMON = 8;

    private static final double DRIFT = 0.3;
    /** Hertz more for each size of the face a second that a point moves on its own, beyond what is noise. */
    private static final double OWN = 12;

    private static final double NOISE = 0.6;
    /** Cut-off of the speeds themselves, in hertz. */
    private static final double SPEED = 4;
    /** How many moments that is. */
    private static final int ALIKE = 8;

    private float[] last = {};
    private float[] smooth = {};
    private float[] own = {};
    private int age;
    private final double[] common = new double[2];

    /**
     * The points of the next moment, smoothed.
     *
     * @param points x, y and z of each
     * @param seconds since the last call, above 0
     * @param size of the face, in the points' unit
     */
    float[] next(float[] points, double seconds, double size) {
        if (last.length != points.length) {
            last = points.clone();
            smooth = points.clone();
            own = new float[points.length];
            age = 1;
            return points.clone();
        }
        // The first moments count alike, so that the noise of the very first does not linger.
        age++;
        double start = age <= ALIKE ? 1.0 / age : 0;
        double[] mean = {mean(points, 0) / seconds, mean(points, 1) / seconds};
        for (int k = 0; k < 2; k++) {
            common[k] += share(SPEED, seconds) * (mean[k] - common[k]);
        }
        double speed = Math.hypot(common[0], common[1]) / size;
        double together = REST + COMMON * speed * speed / (speed + DRIFT);
        for (int i = 0; i < points.length; i += 3) {
            double apart = Math.max(0, apart(points, i, mean, seconds) / size - NOISE);
            double weight = Math.max(share(together + OWN * apart, seconds), start);
            for (int k = i; k < i + 3; k++) {
                smooth[k] += (float) (weight * (points[k] - smooth[k]));
            }
        }
        last = points.clone();
        return smooth.clone();
    }

    /** How fast a point moves within the face. */
    private double apart(float[] points, int i, double[] mean, double seconds) {
        double share = share(SPEED, seconds);
        for (int k = 0; k < 2; k++) {
            double speed = (points[i + k] - last[i + k]) / seconds - mean[k];
            own[i + k] += (float) (share * (speed - own[i + k]));
        }
        return Math.hypot(own[i], own[i + 1]);
    }

    /** How far all points have moved on average. */
    private double mean(float[] points, int k) {
        double sum = 0;
        for (int i = k; i < points.length; i += 3) {
            sum += points[i] - last[i];
        }
        return 3 * sum / points.length;
    }

    /** How much of a step a low pass of first order takes. */
    private static double share(double hertz, double seconds) {
        double turns = 2 * Math.PI * hertz * seconds;
        return turns / (1 + turns);
    }

    /** Where the points are heading: the common motion, in their unit a second. */
    Point2 motion() {
        return new Point2(common[0], common[1]);
    }
}
