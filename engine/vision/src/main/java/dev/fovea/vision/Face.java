package dev.fovea.vision;

import dev.fovea.image.Affine2;
import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import java.util.ArrayList;
import java.util.List;

/**
 * A face: where it is and how it looks.
 *
 * @param id its number: the same in every frame of a watched video, from 0 in the order of appearance; in a picture its place in the list
 * @param box around it, from the forehead to the chin; in pixels, it may reach beyond the picture
 * @param score how sure the eye is that it is a face, 0..1
 * @param mesh its points
 * @param pose how the head is turned
 * @param gaze where the person looks
 * @param eyes how far its eyes are open
 * @param quality how good the picture of it is
 */
public record Face(
        int id,
        Box box,
        double score,
        Landmarks mesh,
        HeadPose pose,
        Gaze gaze,
        Sides<EyeState> eyes,
        Quality quality) {
    /** The five points of an aligned face of 112 × 112 pixels (Guo and Deng, InsightFace): eyes, nose, corners of the mouth. */
    private static final double[][] ALIGNED = {
        {38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041}
    };

    static Face of(int id, Box box, double score, Landmarks mesh, Sides<EyeState> eyes, float[] pixels) {
        HeadFit fit = HeadFit.of(mesh);
        HeadPose pose = HeadPose.of(fit);
        double apart = mesh.distance(468, 473);
        return new Face(id, box, score, mesh, pose, Gaze.of(mesh, fit), eyes, Quality.of(pixels, apart, pose));
    }

    /** The same face under another number. */
    Face numbered(int number) {
        return new Face(number, box, score, mesh, pose, gaze, eyes, quality);
    }

    /**
     * Left eye, right eye, tip of the nose, left and right corner of the mouth, of the mesh; an eye is the middle of its corners, wherever it
     * looks.
     */
    public List<Point2> points5() {
        return FaceMesh.five(mesh);
    }

    /** The irises. */
    public Sides<Iris> irises() {
        return new Sides<>(iris(468), iris(473));
    }

    private Iris iris(int centre) {
        double across = mesh.point(centre + 1).distance(mesh.point(centre + 3));
        double down = mesh.point(centre + 2).distance(mesh.point(centre + 4));
        return new Iris(mesh.point(centre), (across + down) / 4);
    }

    /**
     * How tall the eyes are for their width: the eye aspect ratio (Soukupová and Čech, Real-Time Eye Blink Detection using Facial Landmarks,
     * 2016), the mean of two heights between the lids of the mesh over the distance of the corners, in space. About 0.3 for open and below
     * 0.15 for closed eyes; it differs between people. Smooth over time; whether an eye is open {@link #eyes} know better.
     */
    public Sides<Double> eyeRatios() {
        return new Sides<>(ratio(33, 133, 160, 144, 158, 153), ratio(362, 263, 385, 380, 387, 373));
    }

    /**
     * How far the mouth is open, ready for telling yawns: the mean of three heights between the lips over the width between their inner corners, in space (as the eye
     * aspect ratio). 0 for closed lips, above 0.6 in a yawn.
     */
    public double mouth() {
        return ratio(78, 308, 81, 178, 13, 14, 311, 402);
    }

    private double ratio(int from, int to, int... heights) {
        double sum = 0;
        for (int i = 0; i < heights.length; i += 2) {
            sum += mesh.distance(heights[i], heights[i + 1]);
        }
        double width = mesh.distance(from, to);
        return width > 0 ? sum / (heights.length / 2) / width : 0;
    }

    /**
     * The similarity that lays the face on an aligned square (least squares over five points; Umeyama 1991): pixels of the picture to those
     * of the square.
     *
     * @param side pixels of the square; at 112 the five points are those of InsightFace's embeddings
     */
    public Affine2 alignment(int side) {
        var to = new ArrayList<Point2>();
        for (double[] p : ALIGNED) {
            to.add(new Point2((p[0] + 0.5) * side / 112 - 0.5, (p[1] + 0.5) * side / 112 - 0.5));
        }
        return similarity(points5(), to);
    }

    private static Affine2 similarity(List<Point2> from, List<Point2> to) {
        Point2 p0 = mean(from);
        Point2 q0 = mean(to);
        double a = 0;
        double b = 0;
        double n = 0;
        for (int i = 0; i < from.size(); i++) {
            Point2 p = from.get(i).minus(p0);
            Point2 q = to.get(i).minus(q0);
            a += p.x() * q.x() + p.y() * q.y();
            b += p.x() * q.y() - p.y() * q.x();
            n += p.x() * p.x() + p.y() * p.y();
        }
        double scale = n > 1e-12 && Math.hypot(a, b) > 1e-12 ? 1 / n : 0;
        double c = scale > 0 ? a * scale : 1;
        double s = b * scale;
        return new Affine2(c, -s, q0.x() - c * p0.x() + s * p0.y(), s, c, q0.y() - s * p0.x() - c * p0.y());
    }

    private static Point2 mean(List<Point2> points) {
        var sum = new Point2(0, 0);
        for (Point2 p : points) {
            sum = sum.plus(p);
        }
        return sum.times(1.0 / points.size());
    }
}
