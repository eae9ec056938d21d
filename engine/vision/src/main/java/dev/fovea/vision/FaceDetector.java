package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.image.Box;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.model.Binding;
import dev.fovea.model.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds faces: one network for cells of 8, 16 and 32 pixels, each of which answers a score, a box and five points
 * ({@code training/face-detector}). Of two boxes of one face the surer one stays.
 *
 * <p>The picture is looked at coarsely as a whole, then twice as finely and so on, in tiles, so that small faces of large pictures are
 * found at a bounded cost: with {@code finest} 2560 at most some 40 looks. One look finds faces of about 12 to 240 of its pixels.
 *
 * @param coarsest the longer side of the picture at the first look, in pixels, from 64 to 1024
 * @param finest the longer side at the last, in pixels; what is larger is made smaller, never the reverse
 * @param margin how much black is put around the first look, as a part of {@code coarsest} from 0 to 1: helps with faces that fill the
 *     picture or more
 * @param surest the least score that counts, 0..1
 */
public record FaceDetector(int coarsest, int finest, double margin, double surest) implements Sight<List<Detection>> {
    /** What is usual for a picture. */
    public static final FaceDetector NORMAL = new FaceDetector(160, 2560, 0.25, 0.5);

    /** What is usual for one frame of many: a single look. */
    public static final FaceDetector QUICK = new FaceDetector(320, 320, 0, 0.5);

    static final String TASK = "face-detector";
    private static final int TILE = 640;
    /** Tiles overlap by the size of faces that the coarser look surely sees. */
    private static final int OVERLAP = 96;
    /** Boxes that share more than this part of their union are of one face. */
    private static final double SAME = 0.4;
    /** So is a box that lies by this part within a surer one. */
    private static final double WITHIN = 0.75;
    /** Narrower boxes, in pixels of the picture, are of nothing that could be a face. */
    private static final double LEAST = 8;
    /** A box that comes so near to its tile's edge, in pixels of the look, may be cut off there. */
    private static final double EDGE = 2;
    /** Checks the numbers. */
    public FaceDetector {
        if (coarsest < 64 || coarsest > 1024 || finest < coarsest) {
            throw new IllegalArgumentException("looks from " + coarsest + " to " + finest
                    + " pixels, but the first must lie between 64 and 1024 and the last not below it");
        }
        if (!(margin >= 0 && margin <= 1)) {
            throw new IllegalArgumentException("margin is " + margin + ", but must lie between 0 and 1");
        }
        if (!(surest >= 0 && surest <= 1)) {
            throw new IllegalArgumentException("surest is " + surest + ", but must lie between 0 and 1");
        }
    }

    /** The same with another least score. */
    public FaceDetector withSurest(double least) {
        return new FaceDetector(coarsest, finest, margin, least);
    }

    /**
     * What goes in.
     *
     * @param image RGB 0..1, 1 × 3 × height × width, both multiples of 32
     */
    record In(@Binding(shape = {1, 3, -1, -1}) Tensor.Floats image) {}

    /**
     * What comes out: cells.
     *
     * @param score 0..1
     * @param box left, top, width, height of each, in pixels of the input
     * @param points five x and y of each
     */
    record Out(float[] score, float[] box, float[] points) {}

    @Override
    public List<Detection> look(Scene scene, Nets nets) {
        Stage<In, Out> net = nets.of(TASK, In.class, Out.class);
        var found = new ArrayList<Detection>();
        int longer = Math.max(scene.width(), scene.height());
        int last = Math.min(finest, longer);
        for (int side = Math.min(coarsest, longer); ; side = Math.min(2 * side, last)) {
            int around = side <= coarsest ? (int) Math.round(margin * coarsest) : 0;
            level(scene, net, (double) side / longer, around, found);
            if (side >= last) {
                return single(found);
            }
        }
    }

    private void level(Scene scene, Stage<In, Out> net, double scale, int around, List<Detection> found) {
        int side = (int) Math.ceil(TILE / scale);
        int step = (int) Math.floor((TILE - OVERLAP) / scale);
        for (int y = 0; ; y += step) {
            int h = Math.min(side, scene.height() - y);
            for (int x = 0; ; x += step) {
                int w = Math.min(side, scene.width() - x);
                tile(scene, new Crop(x, y, w, h), scale, around, net, found);
                if (x + w >= scene.width()) {
                    break;
                }
            }
            if (y + h >= scene.height()) {
                return;
            }
        }
    }

    private void tile(Scene scene, Crop part, double scale, int around, Stage<In, Out> net, List<Detection> found) {
        int w = Math.max(1, (int) Math.round(part.width() * scale));
        int h = Math.max(1, (int) Math.round(part.height() * scale));
        Tensor.Floats in = padded(scene.part(part, w, h), around);
        double back = (double) part.width() / w;
        for (Detection d : cells(net.apply(new In(in)))) {
            Detection placed = d.at(part.x() - around * back, part.y() - around * back, back);
            if (placed.box().width() >= LEAST && !cut(placed.box(), part, scene, EDGE * back)) {
                found.add(placed);
            }
        }
    }

    /** Whether a box reaches an edge of its tile beyond which the picture goes on: another look sees all of that face. */
    private static boolean cut(Box box, Crop part, Scene scene, double near) {
        return part.x() > 0 && box.x() < part.x() + near
                || part.y() > 0 && box.y() < part.y() + near
                || part.x() + part.width() < scene.width() && box.right() > part.x() + part.width() - near
                || part.y() + part.height() < scene.height() && box.bottom() > part.y() + part.height() - near;
    }

    /** Planes of red, green and blue on black, in multiples of 32 pixels. */
    private static Tensor.Floats padded(Image image, int around) {
        int w = (image.width() + 2 * around + 31) / 32 * 32;
        int h = (image.height() + 2 * around + 31) / 32 * 32;
        var values = new float[3 * w * h];
        for (int c = 0; c < 3; c++) {
            float[] plane = image.plane(Math.min(c, image.colour().planes() - 1));
            for (int y = 0; y < image.height(); y++) {
                int from = y * image.width();
                int to = (c * h + y + around) * w + around;
                for (int x = 0; x < image.width(); x++) {
                    values[to + x] = unit(plane[from + x]);
                }
            }
        }
        return new Tensor.Floats(values, 1, 3, h, w);
    }

    /** Within 0..1; what is no number counts as black. */
    static float unit(float v) {
        return v > 0 ? Math.min(v, 1) : 0;
    }

    private List<Detection> cells(Out out) {
        var found = new ArrayList<Detection>();
        for (int i = 0; i < out.score.length; i++) {
            int b = 4 * i;
            if (out.score[i] >= surest && out.box[b + 2] > 0 && out.box[b + 3] > 0) {
                var points = new ArrayList<Point2>();
                for (int k = 10 * i; k < 10 * i + 10; k += 2) {
                    points.add(new Point2(out.points[k], out.points[k + 1]));
                }
                var box = new Box(out.box[b], out.box[b + 1], out.box[b + 2], out.box[b + 3]);
                found.add(new Detection(box, out.score[i], points));
            }
        }
        return single(found);
    }

    /** The surest box of each face, surest first. */
    private static List<Detection> single(List<Detection> found) {
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        var kept = new ArrayList<Detection>();
        for (Detection d : found) {
            if (kept.stream().noneMatch(k -> same(k.box(), d.box()))) {
                kept.add(d);
            }
        }
        return kept;
    }

    private static boolean same(Box a, Box b) {
        double least = Math.min(a.area(), b.area());
        return a.overlap(b) > SAME || least > 0 && a.intersect(b).area() > WITHIN * least;
    }
}
