package dev.fovea.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.linsol.svd.SolveNullSpaceSvd_DDRM;

/**
 * A projective map of the plane, such as between two views of a wall: (x, y) goes to (a x + b y + c, d x + e y + f) / (g x + h y + i).
 * Equal up to a common factor.
 */
public record Homography(double a, double b, double c, double d, double e, double f, double g, double h, double i)
        implements Mapping {
    private static final int MAX_TRIES = 2000;
    private static final double CONFIDENCE = 0.999;

    /**
     * A map found among wrong pairs.
     *
     * @param homography the map
     * @param inliers the indices of the pairs that agree with it, ascending
     */
    public record Consensus(Homography homography, List<Integer> inliers) {
        /** Copies the list. */
        public Consensus {
            inliers = List.copyOf(inliers);
        }
    }

    /**
     * The map that takes one set of points to another, by the normalised direct linear transform (Hartley 1997).
     *
     * @param from at least four points, no three on one line if there are four
     * @param to as many
     * @throws IllegalArgumentException if the points are too few or degenerate
     */
    public static Homography fit(List<Point2> from, List<Point2> to) {
        int n = from.size();
        if (n < 4 || to.size() != n) {
            throw new IllegalArgumentException(
                    "a fit needs at least four pairs of points, not " + n + " and " + to.size());
        }
        Affine2 s = normaliser(from);
        Affine2 t = normaliser(to);
        var rows = new DMatrixRMaj(2 * n, 9);
        for (int k = 0; k < n; k++) {
            equations(rows, 2 * k, s.apply(from.get(k)), t.apply(to.get(k)));
        }
        var solution = new DMatrixRMaj(9, 1);
        var solver = new SolveNullSpaceSvd_DDRM();
        if (!solver.process(rows, 1, solution)) {
            throw new IllegalArgumentException("the points of a fit are degenerate");
        }
        double[] singular = solver.getSingularValues();
        java.util.Arrays.sort(singular);
        int second = singular.length == 9 ? 1 : 0;
        if (!(singular[second] > 1e-9 * singular[singular.length - 1])) {
            throw new IllegalArgumentException(
                    "the points of a fit are degenerate: they lie on one line, or fall together");
        }
        Homography core = of(solution.data);
        return s.homography().then(core).then(t.inverse().homography());
    }

    /**
     * The map that most pairs agree with, when some pairs are wrong: RANSAC (Fischler 1981) with the bounded error of MSAC (Torr 2000) and a
     * final fit to all that agree.
     *
     * @param tolerance how far, in pixels, a point may land from its partner
     * @param seed the same seed gives the same answer
     * @return empty if no four pairs agree
     */
    public static Optional<Consensus> search(List<Point2> from, List<Point2> to, double tolerance, long seed) {
        int n = from.size();
        if (to.size() != n || !(tolerance > 0)) {
            throw new IllegalArgumentException(n + " and " + to.size() + " points, tolerance " + tolerance);
        }
        var random = new SplittableRandom(seed);
        Homography best = null;
        double bestCost = Double.POSITIVE_INFINITY;
        int tries = n < 4 ? 0 : MAX_TRIES;
        for (int k = 0; k < tries; k++) {
            Homography guess = sampled(from, to, random).orElse(null);
            double cost = guess == null ? Double.POSITIVE_INFINITY : guess.cost(from, to, tolerance);
            if (guess != null && cost < bestCost) {
                best = guess;
                bestCost = cost;
                double share = guess.inliers(from, to, tolerance).size() / (double) n;
                tries = Math.min(tries, k + 1 + needed(share));
            }
        }
        return best == null ? Optional.empty() : best.refined(from, to, tolerance);
    }

    @Override
    public Point2 apply(Point2 p) {
        double w = g * p.x() + h * p.y() + i;
        return new Point2((a * p.x() + b * p.y() + c) / w, (d * p.x() + e * p.y() + f) / w);
    }

    /** This map followed by another. */
    public Homography then(Homography next) {
        return of(Matrix3.times(next.rows(), rows()));
    }

    /**
     * The map back.
     *
     * @throws IllegalArgumentException if this map flattens the plane
     */
    public Homography inverse() {
        double[] m = Matrix3.inverse(rows());
        if (!Double.isFinite(m[0] + m[4] + m[8])) {
            throw new IllegalArgumentException(this + " has no inverse");
        }
        return of(m);
    }

    /** The nine numbers by rows. */
    double[] rows() {
        return new double[] {a, b, c, d, e, f, g, h, i};
    }

    /** From nine numbers by rows, scaled to i = 1 where that is possible. */
    private static Homography of(double[] m) {
        double largest = 0;
        for (double v : m) {
            largest = Math.max(largest, Math.abs(v));
        }
        double s = Math.abs(m[8]) > 1e-9 * largest ? 1 / m[8] : 1 / largest;
        return new Homography(m[0] * s, m[1] * s, m[2] * s, m[3] * s, m[4] * s, m[5] * s, m[6] * s, m[7] * s, m[8] * s);
    }

    /** Moves the points' mean to 0 and their mean distance from it to √2, without which the equations are ill-conditioned. */
    private static Affine2 normaliser(List<Point2> points) {
        var mean = new Point2(0, 0);
        for (Point2 p : points) {
            mean = mean.plus(p.times(1.0 / points.size()));
        }
        double distance = 0;
        for (Point2 p : points) {
            distance += p.distance(mean) / points.size();
        }
        double s = distance > 0 ? Math.sqrt(2) / distance : 1;
        return new Affine2(s, 0, -s * mean.x(), 0, s, -s * mean.y());
    }

    private static void equations(DMatrixRMaj m, int row, Point2 p, Point2 q) {
        double[] one = {p.x(), p.y(), 1, 0, 0, 0, -q.x() * p.x(), -q.x() * p.y(), -q.x()};
        double[] two = {0, 0, 0, p.x(), p.y(), 1, -q.y() * p.x(), -q.y() * p.y(), -q.y()};
        System.arraycopy(one, 0, m.data, row * 9, 9);
        System.arraycopy(two, 0, m.data, row * 9 + 9, 9);
    }

    private static Optional<Homography> sampled(List<Point2> from, List<Point2> to, SplittableRandom random) {
        int[] four = random.ints(0, from.size()).distinct().limit(4).toArray();
        var p = new ArrayList<Point2>(4);
        var q = new ArrayList<Point2>(4);
        for (int k : four) {
            p.add(from.get(k));
            q.add(to.get(k));
        }
        try {
            return Optional.of(fit(p, q));
        } catch (IllegalArgumentException degenerate) {
            return Optional.empty();
        }
    }

    /** How many more tries until four good pairs were drawn at least once, with the confidence wanted. */
    private static int needed(double share) {
        double good = Math.pow(share, 4);
        return good >= 1 ? 0 : (int) Math.min(MAX_TRIES, Math.ceil(Math.log(1 - CONFIDENCE) / Math.log1p(-good)));
    }

    private double cost(List<Point2> from, List<Point2> to, double tolerance) {
        double sum = 0;
        for (int k = 0; k < from.size(); k++) {
            double r = apply(from.get(k)).distance(to.get(k));
            sum += r < tolerance ? r * r : tolerance * tolerance;
        }
        return sum;
    }

    private List<Integer> inliers(List<Point2> from, List<Point2> to, double tolerance) {
        var found = new ArrayList<Integer>();
        for (int k = 0; k < from.size(); k++) {
            if (apply(from.get(k)).distance(to.get(k)) < tolerance) {
                found.add(k);
            }
        }
        return found;
    }

    private Optional<Consensus> refined(List<Point2> from, List<Point2> to, double tolerance) {
        Homography best = this;
        for (int round = 0; round < 3; round++) {
            List<Integer> in = best.inliers(from, to, tolerance);
            if (in.size() < 4) {
                return Optional.empty();
            }
            Homography next;
            try {
                next = fit(
                        in.stream().map(from::get).toList(),
                        in.stream().map(to::get).toList());
            } catch (IllegalArgumentException degenerate) {
                break;
            }
            if (next.cost(from, to, tolerance) > best.cost(from, to, tolerance)) {
                break;
            }
            best = next;
        }
        return Optional.of(new Consensus(best, best.inliers(from, to, tolerance)));
    }
}
