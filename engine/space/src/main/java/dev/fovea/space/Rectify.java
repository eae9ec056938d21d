package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Affine2;
import dev.fovea.image.Displacement;
import dev.fovea.image.Homography;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import dev.fovea.image.Point2;
import dev.fovea.image.Resize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Makes the rows of two pictures correspond, whatever the lenses: points of both are paired, wrong pairs dropped by their epipolar geometry,
 * and both views turned as little as is needed ({@link QuasiEuclidean}). A pair that is rectified already is left as it is.
 */
public record Rectify() implements Stage<StereoPair, Rectified> {
    private static final int WIDTH = 640;
    private static final long SEED = 20;

    /** Points off their line by less agree with the geometry, in pixels of the small pair. */
    private static final double TOLERANCE = 1.0;

    /** Rows that differ by less than this, in pixels of the small pair, correspond. */
    private static final double SAME_ROW = 0.75;

    /** Fewer pairs than this tell nothing. */
    private static final int FEWEST = 16;

    private static final double LEAST_SHARE = 0.3;

    /** A view that is turned by more has too little in common with what was taken. */
    private static final double WORST = 1.5;

    /** In pixels of the small pair: further than a slightly turned camera moves what is far away. */
    private static final double WRONG_WAY = 6;

    /**
     * The pair with its rows corresponding.
     *
     * @throws BadInput if the pictures cannot be rectified: too few points in common, or views too different
     */
    @Override
    public Rectified apply(StereoPair pair) {
        Work.step("rectifying", 0);
        double scale = Math.max(1, pair.width() / (double) WIDTH);
        Image left = small(pair.left(), scale), right = small(pair.right(), scale);
        Corners.Matches matches = Corners.of(left).with(Corners.of(right));
        if (rows(matches, left.width(), left.height())) {
            return Rectified.asTaken(pair);
        }
        boolean[] in = Epipolar.agreeing(matches.left(), matches.right(), TOLERANCE, SEED)
                .filter(flags -> Epipolar.count(flags) >= FEWEST && Epipolar.count(flags) >= LEAST_SHARE * flags.length)
                .orElse(null);
        if (in == null) {
            return hopeless(pair, matches);
        }
        if (swapped(matches, in)) {
            throw new BadInput("the pair", "has left and right swapped", "give the left picture first");
        }
        List<Point2> from = chosen(matches.left(), in, scale), to = chosen(matches.right(), in, scale);
        QuasiEuclidean.Turned turned = new QuasiEuclidean(from, to, pair.width(), pair.height()).solve();
        if (turned.error() > WORST * scale) {
            throw refusal("its views are turned too far");
        }
        return turned(pair, turned, from, to);
    }

    private static Image small(Image picture, double scale) {
        Image grey = new Luma().apply(picture);
        int w = (int) Math.round(picture.width() / scale), h = (int) Math.round(picture.height() / scale);
        return scale == 1 ? grey : new Resize(w, Math.max(1, h), Resize.Filter.BOX).apply(grey);
    }

    /**
     * Whether partners lie in one row already: the plane through how far they are apart in height (least squares, wild ones dropped in turn)
     * stays near 0 all over the picture. Noise moves points, but not the plane.
     */
    private static boolean rows(Corners.Matches matches, int width, int height) {
        int n = matches.left().size();
        double[] plane = new double[3];
        double bound = 4;
        int near = 0;
        for (int round = 0; round < 4; round++, bound = Math.max(1.5, bound / 1.5)) {
            var normal = new DMatrixRMaj(3, 3);
            var wanted = new DMatrixRMaj(3, 1);
            near = 0;
            for (int i = 0; i < n; i++) {
                Point2 p = matches.left().get(i);
                double[] at = {1, p.x() / width - 0.5, p.y() / height - 0.5};
                double off = matches.right().get(i).y() - p.y();
                if (Math.abs(off - plane[0] - plane[1] * at[1] - plane[2] * at[2]) < bound) {
                    near++;
                    for (int k = 0; k < 9; k++) {
                        normal.add(k / 3, k % 3, at[k / 3] * at[k % 3]);
                    }
                    for (int k = 0; k < 3; k++) {
                        wanted.add(k, 0, at[k] * off);
                    }
                }
            }
            var solved = new DMatrixRMaj(3, 1);
            if (near < FEWEST || !CommonOps_DDRM.solve(normal, wanted, solved)) {
                return false;
            }
            plane = solved.getData();
        }
        double most = Math.abs(plane[0]) + (Math.abs(plane[1]) + Math.abs(plane[2])) / 2;
        return near >= LEAST_SHARE * n && most < SAME_ROW;
    }

    /** Without enough points in common, the pair may still be rectified: matching itself tells, in a sentence. */
    private static Rectified hopeless(StereoPair pair, Corners.Matches matches) {
        Survey.of(pair).checked();
        if (matches.left().size() >= FEWEST) {
            throw refusal("too few of its points agree on how the views lie to each other");
        }
        return Rectified.asTaken(pair);
    }

    /** Whether what one sees lies, for nearly all points, on the wrong side in the other. */
    private static boolean swapped(Corners.Matches matches, boolean[] in) {
        int right = 0;
        for (int i = 0; i < in.length; i++) {
            double d = matches.left().get(i).x() - matches.right().get(i).x();
            right += in[i] && d < -WRONG_WAY ? 1 : 0;
        }
        return right > 0.9 * Epipolar.count(in);
    }

    private static BadInput refusal(String why) {
        return new BadInput(
                "the pair", "cannot be rectified: " + why, "take both pictures side by side, looking the same way");
    }

    private static List<Point2> chosen(List<Point2> points, boolean[] in, double scale) {
        var chosen = new ArrayList<Point2>();
        for (int i = 0; i < in.length; i++) {
            if (in[i]) {
                Point2 p = points.get(i);
                chosen.add(new Point2((p.x() + 0.5) * scale - 0.5, (p.y() + 0.5) * scale - 0.5));
            }
        }
        return chosen;
    }

    private static Rectified turned(
            StereoPair pair, QuasiEuclidean.Turned turned, List<Point2> left, List<Point2> right) {
        int w = pair.width(), h = pair.height();
        Homography l = turned.left(), r = turned.right();
        // both move alike, so that the left view stays in its frame; the right one also so that what is far has a
        // disparity just above 0
        Point2 centre = new Point2((w - 1) / 2.0, (h - 1) / 2.0), moved = l.apply(centre);
        Homography back = shift(centre.x() - moved.x(), centre.y() - moved.y());
        l = l.then(back);
        r = r.then(back);
        double least = least(l, r, left, right);
        r = r.then(shift(least, 0));
        Image leftView = seen(pair.left(), l), rightView = seen(pair.right(), r);
        Homography place = l;
        return new Rectified(
                new StereoPair(leftView, rightView),
                Optional.of(Rectified.places(place::apply, w, h)),
                OptionalDouble.empty());
    }

    private static Homography shift(double x, double y) {
        return new Affine2(1, 0, x, 0, 1, y).homography();
    }

    /** How far the right view must go to the right for nearly all disparities to be above 0; never to the left. */
    private static double least(Homography l, Homography r, List<Point2> left, List<Point2> right) {
        var disparities = new double[left.size()];
        for (int i = 0; i < disparities.length; i++) {
            disparities[i] = l.apply(left.get(i)).x() - r.apply(right.get(i)).x();
        }
        java.util.Arrays.sort(disparities);
        double low = disparities[disparities.length / 50];
        return Math.min(0, low - 1 - 0.02 * Math.abs(low));
    }

    private static Image seen(Image picture, Homography map) {
        try {
            Homography back = map.inverse();
            return Displacement.of(back, picture.width(), picture.height()).warp(picture);
        } catch (IllegalArgumentException flat) {
            throw refusal("its views are turned too far");
        }
    }
}
