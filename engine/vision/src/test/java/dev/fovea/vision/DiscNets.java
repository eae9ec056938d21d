package dev.fovea.vision;

import dev.fovea.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stand-ins for the networks, for whom a face is a red disc: the detector answers a cell for every disc it sees, the mesh network lays the
 * average face over the disc in the middle of its crop, the matting network calls red a person.
 */
final class DiscNets implements Nets {
    /** Half the width of the average face, in centimetres: the radius of its disc. */
    static final double RADIUS = 7.5;

    final AtomicInteger detections = new AtomicInteger();
    final AtomicInteger meshes = new AtomicInteger();
    final AtomicInteger mattes = new AtomicInteger();
    /** By how much the matting network is wrong, up or down, another way at each look. */
    double doubt;

    private final Random random = new Random(8);

    @Override
    @SuppressWarnings("unchecked")
    public <I extends Record, O extends Record> Stage<I, O> of(String task, Class<I> in, Class<O> out) {
        return switch (task) {
            case FaceDetector.TASK -> (Stage<I, O>) (Stage<FaceDetector.In, FaceDetector.Out>) this::detect;
            case PersonLook.TASK -> (Stage<I, O>) (Stage<PersonLook.In, PersonLook.Out>) this::matte;
            case FaceMesh.TASK -> (Stage<I, O>) (Stage<FaceMesh.In, FaceMesh.Out>) this::mesh;
            case EyeStates.TASK -> (Stage<I, O>) (Stage<EyeStates.In, EyeStates.Out>) DiscNets::eyes;
            default -> throw new IllegalArgumentException(task);
        };
    }

    /** A disc: its centre, radius and how many pixels it has. */
    record Disc(double x, double y, double radius, int pixels) {}

    private FaceDetector.Out detect(FaceDetector.In in) {
        detections.incrementAndGet();
        int[] shape = in.image().shape();
        List<Disc> discs = discs(in.image().values(), shape[3], shape[2]);
        var score = new float[discs.size() + 1];
        var box = new float[4 * score.length];
        var points = new float[10 * score.length];
        // The last cell knows nothing, as most cells of a real answer.
        score[discs.size()] = Float.NaN;
        for (int i = 0; i < discs.size(); i++) {
            Disc d = discs.get(i);
            score[i] = (float) (0.9 - 1 / (5.0 + d.pixels));
            put(box, 4 * i, d.x - d.radius, d.y - d.radius, 2 * d.radius, 2 * d.radius);
            double s = d.radius / RADIUS;
            put(points, 10 * i, d.x - 3 * s, d.y - 3 * s, d.x + 3 * s, d.y - 3 * s, d.x, d.y);
            put(points, 10 * i + 6, d.x - 2 * s, d.y + 4 * s, d.x + 2 * s, d.y + 4 * s);
        }
        return new FaceDetector.Out(score, box, points);
    }

    private FaceMesh.Out mesh(FaceMesh.In in) {
        meshes.incrementAndGet();
        int n = FaceMesh.SIZE;
        Disc disc = discs(in.image(), n, n).stream()
                .min(java.util.Comparator.comparingDouble(d -> Math.hypot(d.x - n / 2.0, d.y - n / 2.0)))
                .orElse(new Disc(n / 2.0, n / 2.0, 1, 0));
        var points = new float[3 * Landmarks.COUNT];
        double s = disc.radius / RADIUS / n;
        for (int i = 0; i < Landmarks.COUNT; i++) {
            points[3 * i] = (float) ((disc.x + 0.5) / n + s * CanonicalFace.POINTS[3 * i]);
            points[3 * i + 1] = (float) ((disc.y + 0.5) / n - s * CanonicalFace.POINTS[3 * i + 1]);
            points[3 * i + 2] = (float) (-s * CanonicalFace.POINTS[3 * i + 2]);
        }
        return new FaceMesh.Out(points, new float[] {disc.pixels > 200 ? 0.95f : 0.05f});
    }

    private PersonLook.Out matte(PersonLook.In in) {
        mattes.incrementAndGet();
        float[] rgb = in.image().values();
        var mask = new float[rgb.length / 3];
        float wrong = (float) (doubt * (2 * random.nextDouble() - 1));
        for (int i = 0; i < mask.length; i++) {
            float red = rgb[i] - Math.max(rgb[mask.length + i], rgb[2 * mask.length + i]);
            mask[i] = Math.clamp(red / 0.9f + wrong, 0, 1);
        }
        return new PersonLook.Out(mask);
    }

    /** An eye is as open as the upper half of its cut is bright, and as sure as its left half. */
    private static EyeStates.Out eyes(EyeStates.In in) {
        int n = EyeStates.SIZE;
        var open = new float[2];
        var sure = new float[2];
        for (int i = 0; i < 2 * n * n; i++) {
            open[i / (n * n)] += i / n % n < n / 2 ? in.eyes()[i] * 2 / (n * n) : 0;
            sure[i / (n * n)] += i % n < n / 2 ? in.eyes()[i] * 2 / (n * n) : 0;
        }
        return new EyeStates.Out(open, sure);
    }

    private static void put(float[] to, int at, double... values) {
        for (int i = 0; i < values.length; i++) {
            to[at + i] = (float) values[i];
        }
    }

    /** Connected red pixels; a pixel counts as much as it is red. */
    static List<Disc> discs(float[] rgb, int w, int h) {
        var red = new float[w * h];
        for (int i = 0; i < red.length; i++) {
            red[i] = Math.max(0, rgb[i] - Math.max(rgb[red.length + i], rgb[2 * red.length + i]));
        }
        var discs = new ArrayList<Disc>();
        for (int i = 0; i < red.length; i++) {
            if (red[i] > 0.4) {
                discs.add(taken(red, w, h, i));
            }
        }
        discs.removeIf(d -> d.pixels < 4);
        return discs;
    }

    private static Disc taken(float[] red, int w, int h, int from) {
        double sum = 0;
        double sx = 0;
        double sy = 0;
        int count = 0;
        var open = new ArrayDeque<Integer>(List.of(from));
        while (!open.isEmpty()) {
            int p = open.pop();
            if (red[p] <= 0.1) {
                continue;
            }
            int x = p % w;
            int y = p / w;
            sum += red[p];
            sx += red[p] * x;
            sy += red[p] * y;
            count++;
            red[p] = 0;
            if (x > 0) open.push(p - 1);
            if (x < w - 1) open.push(p + 1);
            if (y > 0) open.push(p - w);
            if (y < h - 1) open.push(p + w);
        }
        return new Disc(sx / sum, sy / sum, Math.sqrt(sum / Math.PI), count);
    }
}
