package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.Stage;
import dev.fovea.image.Displacement;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two lenses that were measured, and how they stand to each other: a point X before the left one is R X + T before the right one, in
 * metres. Rectifies their pairs (Fusiello, Trucco and Verri 2000), and turns disparity into metres.
 *
 * <p>Its file is JSON or OpenCV's YAML, with OpenCV's names: {@code K1} and {@code K2} (or {@code M1}, {@code M2}), nine numbers by rows;
 * {@code D1} and {@code D2}, up to five, which may be missing; {@code R}, nine, and {@code T}, three, in metres; {@code width} and {@code
 * height} of the pictures they were measured with, which may be missing, too.
 */
public final class StereoCalibration implements Stage<StereoPair, Rectified> {
    private static final long LARGEST_FILE = 1 << 20;

    /** A view that would change by less than this, in pixels, is left alone. */
    private static final double NOTHING = 0.05;

    private final Lens left;
    private final Lens right;
    private final double[] turn;
    private final double[] shift;
    private final int width;
    private final int height;
    private final String source;

    private StereoCalibration(
            Lens left, Lens right, double[] turn, double[] shift, int width, int height, String source) {
        this.left = left;
        this.right = right;
        this.turn = turn;
        this.shift = shift;
        this.width = width;
        this.height = height;
        this.source = source;
    }

    /**
     * Reads a calibration.
     *
     * @throws BadInput if it is none, or its numbers cannot be
     */
    public static StereoCalibration read(Path file) {
        String name = file.toString();
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInput(name, "is too large for a calibration", "give a JSON or YAML file");
            }
            return parse(name, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BadInput(name, Files.exists(file) ? "cannot be read" : "does not exist", "check the name", e);
        }
    }

    static StereoCalibration parse(String name, String text) {
        double[] k1 = numbers(name, text, "K1|M1", 9, 9), k2 = numbers(name, text, "K2|M2", 9, 9);
        double[] r = numbers(name, text, "R", 9, 9), t = numbers(name, text, "T", 3, 3);
        int w = (int) numbers(name, text, "width", 0, 1)[0], h = (int) numbers(name, text, "height", 0, 1)[0];
        Lens left = lens(name, k1, numbers(name, text, "D1", 0, 14));
        Lens right = lens(name, k2, numbers(name, text, "D2", 0, 14));
        double away = 0;
        for (int i = 0; i < 9; i++) {
            away += Math.abs(QuasiEuclidean.times(r, QuasiEuclidean.transposed(r))[i] - (i % 4 == 0 ? 1 : 0));
        }
        if (!(away < 1e-3)) {
            throw new BadInput(name, "has an R that is no rotation", "measure the lenses again");
        }
        if (!(Math.hypot(Math.hypot(t[0], t[1]), t[2]) > 0)) {
            throw new BadInput(name, "has both lenses in one place (T is 0)", "measure the lenses again");
        }
        return new StereoCalibration(left, right, r, t, w, h, name);
    }

    private static Lens lens(String name, double[] k, double[] distortion) {
        for (int i = 5; i < distortion.length; i++) {
            if (distortion[i] != 0) {
                throw new BadInput(name, "has more than five numbers of distortion", "measure with five");
            }
        }
        if (!(k[0] > 0) || !(k[4] > 0)) {
            throw new BadInput(name, "has a focal length that is not above 0", "measure the lenses again");
        }
        return new Lens(k[0], k[4], k[2], k[5], distortion);
    }

    /** The numbers behind a name, nested or not; in YAML they are the matrix's data. A single 0 if they may be missing and are. */
    private static double[] numbers(String name, String text, String key, int least, int most) {
        Matcher start = Pattern.compile("(?m)(?:^|[\\s,{\"'])(?:" + key + ")[\"']?\\s*:\\s*")
                .matcher(text);
        if (!start.find()) {
            if (least > 0) {
                throw new BadInput(
                        name, "lacks " + key.replace("|", " or "), "see docs/portrait.md for what a calibration holds");
            }
            return new double[1];
        }
        String rest = text.substring(start.end());
        int open = rest.indexOf('[');
        boolean list = open >= 0 && (rest.startsWith("[") || rest.startsWith("!!") || rest.startsWith("{"));
        String body = list ? bracketed(rest, open) : rest.split("[,\\n}]", 2)[0];
        List<Double> found = new ArrayList<>();
        Matcher number = Pattern.compile("[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][-+]?[0-9]+)?")
                .matcher(body);
        while (number.find() && found.size() <= most) {
            found.add(Double.parseDouble(number.group()));
        }
        if (found.size() < least || found.size() > most) {
            throw new BadInput(
                    name, "has " + found.size() + " numbers in " + key + ", not " + least, "measure the lenses again");
        }
        return found.isEmpty()
                ? new double[1]
                : found.stream().mapToDouble(d -> d).toArray();
    }

    private static String bracketed(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '[' ? 1 : text.charAt(i) == ']' ? -1 : 0;
            if (depth == 0) {
                return text.substring(open, i);
            }
        }
        return text.substring(open);
    }

    /**
     * The pair with its rows corresponding, and what its disparity is in metres.
     *
     * @throws BadInput if the lenses were measured with pictures of another shape, or stand the wrong way round
     */
    @Override
    public Rectified apply(StereoPair pair) {
        double scale = width > 0 ? (double) pair.width() / width : 1;
        if (width > 0 && height > 0 && Math.abs(scale - (double) pair.height() / height) > 0.01 * scale) {
            throw new BadInput(
                    source,
                    "was measured with pictures of " + width + " x " + height + " pixels, another shape than "
                            + pair.width() + " x " + pair.height(),
                    "measure these lenses");
        }
        return rectified(pair, left.scaled(scale), right.scaled(scale));
    }

    private Rectified rectified(StereoPair pair, Lens l, Lens r) {
        // where the right lens stands, seen from the left one
        double[] back = QuasiEuclidean.transposed(turn);
        double[] place = times(back, new double[] {-shift[0], -shift[1], -shift[2]});
        double baseline = length(place);
        double[] e1 = {place[0] / baseline, place[1] / baseline, place[2] / baseline};
        if (e1[0] < 0.3) {
            throw new BadInput(
                    source,
                    e1[0] < -0.3 ? "has its lenses the wrong way round" : "has its lenses behind or above each other",
                    "give the left lens first");
        }
        double[] ahead = times(back, new double[] {0, 0, 1});
        double[] e2 = unit(cross(new double[] {ahead[0], ahead[1], ahead[2] + 1}, e1));
        double[] e3 = cross(e1, e2);
        double[] turnLeft = {e1[0], e1[1], e1[2], e2[0], e2[1], e2[2], e3[0], e3[1], e3[2]};
        double[] turnRight = QuasiEuclidean.times(turnLeft, back);
        double focal = (l.fy() + r.fy()) / 2;
        double[] axis = times(turnLeft, new double[] {0, 0, 1});
        double cx = l.cx() - focal * axis[0] / axis[2], cy = l.cy() - focal * axis[1] / axis[2];
        var view = new Lens(focal, focal, cx, cy, new double[0]);
        int w = pair.width(), h = pair.height();
        Displacement fromLeft = Rectified.places(p -> source(view, turnLeft, l, p), w, h);
        Displacement fromRight = Rectified.places(p -> source(view, turnRight, r, p), w, h);
        OptionalDouble pixelMetres = OptionalDouble.of(focal * baseline);
        if (still(fromLeft) && still(fromRight)) {
            return new Rectified(pair, Optional.empty(), pixelMetres);
        }
        Image seenLeft = Rectified.seen(pair.left(), fromLeft), seenRight = Rectified.seen(pair.right(), fromRight);
        Displacement to = Rectified.places(p -> target(view, turnLeft, l, p), w, h);
        return new Rectified(new StereoPair(seenLeft, seenRight), Optional.of(to), pixelMetres);
    }

    private static Point2 source(Lens view, double[] turned, Lens lens, Point2 p) {
        Point2 ray = view.ray(p);
        double[] x = times(QuasiEuclidean.transposed(turned), new double[] {ray.x(), ray.y(), 1});
        return lens.pixel(x[0] / x[2], x[1] / x[2]);
    }

    private static Point2 target(Lens view, double[] turned, Lens lens, Point2 p) {
        Point2 ray = lens.ray(p);
        double[] x = times(turned, new double[] {ray.x(), ray.y(), 1});
        return view.pixel(x[0] / x[2], x[1] / x[2]);
    }

    private static boolean still(Displacement d) {
        for (int i = 0; i < d.dx().length; i++) {
            if (Math.abs(d.dx()[i]) > NOTHING || Math.abs(d.dy()[i]) > NOTHING) {
                return false;
            }
        }
        return true;
    }

    private static double[] times(double[] m, double[] v) {
        return new double[] {
            m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
            m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
        };
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    private static double[] unit(double[] v) {
        double length = length(v);
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }
}
