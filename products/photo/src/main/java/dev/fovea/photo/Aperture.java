package dev.fovea.photo;

import dev.fovea.image.Box;
import dev.fovea.space.Disparity;
import java.util.List;

/**
 * How strong the blur is, and of what scene. What disparity means in metres is often unknown, so that strength counts from the picture: at
 * f/1.8 what is farthest from the focus is blurred to 3 % of the longer side, as by a portrait lens; at twice the number half as much.
 *
 * @param number the f-number
 * @param scene what the picture was taken to be
 */
public record Aperture(double number, Scenery scene) {
    /** Kinds of pictures, which suit different strengths. */
    public enum Scenery {
        /** One face is the subject: f/1.8, or as much more as keeps it sharp from ear to nose, up to f/5. */
        PORTRAIT,
        /** Several faces: f/2.8, and less if some of them would be blurred. */
        GROUP,
        /** A thing before something far: f/2. */
        OBJECT,
        /** Depth without a subject: f/4. */
        VIEW
    }

    /** Blur of what is farthest from focus, as a share of the longer side, times the f-number. */
    private static final double STRENGTH = 0.054;
    /** Faces may be blurred by this share of the longer side. */
    private static final double UNSEEN = 0.002;

    private static final double SMALLEST = 32;

    /** Checks the number. */
    public Aperture {
        if (!(number >= 0.5 && number <= 64)) {
            throw new IllegalArgumentException("aperture is " + number + ", but must lie between 0.5 and 64");
        }
    }

    /** The strength that suits a picture. */
    public static Aperture suited(Disparity disparity, Focus focus, List<Box> faces) {
        Scenery scene = scene(disparity, focus, faces);
        double number = switch (scene) {
            case PORTRAIT -> Math.clamp(together(disparity, focus, faces), 1.8, 5);
            case GROUP -> Math.clamp(together(disparity, focus, faces), 2.8, SMALLEST);
            case OBJECT -> 2;
            case VIEW -> 4;
        };
        return new Aperture(number, scene);
    }

    /** The same scene with another number. */
    public Aperture withNumber(double other) {
        return new Aperture(other, scene);
    }

    /** The diameter of the blur in pixels for each pixel of disparity. */
    public double blur(Disparity disparity, Focus focus) {
        return STRENGTH / number * Math.max(disparity.width(), disparity.height()) / farthest(disparity, focus);
    }

    /** How far the disparities of a picture lie from the focus, at most; of a flat picture still something. */
    private static double farthest(Disparity disparity, Focus focus) {
        Spread spread = Spread.of(disparity);
        double behind = focus.disparity() - spread.at(0.02);
        double before = spread.at(0.98) - focus.disparity();
        return Math.max(Math.max(behind, before), 0.1 * Math.abs(focus.disparity()) + 1e-6);
    }

    private static Scenery scene(Disparity disparity, Focus focus, List<Box> faces) {
        List<Box> main =
                faces.stream().filter(f -> f.area() > 0.3 * largest(faces)).toList();
        boolean portrait = focus.subject() == Focus.Subject.FACE
                || main.stream().anyMatch(f -> f.scaled(1.5).contains(focus.at()));
        if (portrait) {
            return main.size() > 1 ? Scenery.GROUP : Scenery.PORTRAIT;
        }
        Spread spread = Spread.of(disparity);
        double share = about(spread, focus.disparity(), 0.12 * spread.width());
        double beyond = focus.disparity() - spread.at(0.25);
        return share > 0.04 && share < 0.6 && beyond > 0.25 * spread.width() ? Scenery.OBJECT : Scenery.VIEW;
    }

    private static double largest(List<Box> faces) {
        return faces.stream().mapToDouble(Box::area).max().orElse(0);
    }

    private static double about(Spread spread, double middle, double around) {
        int n = 0;
        for (float d : spread.sorted()) {
            n += Math.abs(d - middle) <= around ? 1 : 0;
        }
        return (double) n / spread.sorted().length;
    }

    /** The number at which all faces about as large as the main one stay sharp. */
    private static double together(Disparity disparity, Focus focus, List<Box> faces) {
        double off = 0;
        for (Box face : faces) {
            if (face.area() > 0.3 * largest(faces)) {
                float[] inside = Focus.inside(disparity, face.scaled(0.7));
                for (double share : new double[] {0.15, 0.85}) {
                    double d = inside[(int) (share * (inside.length - 1))];
                    off = Math.max(off, Math.abs(d - focus.disparity()));
                }
            }
        }
        return STRENGTH * off / farthest(disparity, focus) / UNSEEN;
    }
}
