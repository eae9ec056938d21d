package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import java.util.Optional;

/**
 * The shape of all of a person, from a picture's depth: smoothed among what belongs to the person, so that noise, steps of eight bits and the
 * fall to the background bend no normals. What depth is worth in pixels is rarely known; the face tells, whose mesh has heights of its own,
 * and on the face the mesh's are taken.
 */
final class BodyRelief {
    /** Cells along the longer side. */
    private static final int ACROSS = 256;
    /** Depth is smoothed over so many cells. */
    private static final double SMOOTH = 3;
    /** So well depth and mesh agree on the face, or depth is of something else: their correlation. */
    private static final double AGREE = 0.5;
    /** Less of a person than this about a cell tells nothing. */
    private static final float TRACE = 1e-3f;

    private BodyRelief() {}

    /**
     * The relief of a whole picture, its body (what of the person is not the face) in {@link Relief#face}; empty if the depth does not agree
     * with the face.
     *
     * @param person of the picture's size
     */
    static Optional<Relief> of(Depth depth, Relief face, Image person) {
        double scale = Math.min(1, (double) ACROSS / Math.max(person.width(), person.height()));
        int w = Math.max(1, (int) Math.round(person.width() * scale));
        int h = Math.max(1, (int) Math.round(person.height() * scale));
        float[] body = sized(person, w, h);
        float[] nearness = smoothed(depth, body, w, h);
        Relief mesh = onto(face, person.width(), person.height(), w, h);
        double[] line = line(nearness, mesh.heights(), mesh.face());
        if (line.length == 0) {
            return Optional.empty();
        }
        var heights = new float[w * h];
        var rest = new float[w * h];
        for (int i = 0; i < heights.length; i++) {
            float onFace = mesh.face()[i];
            heights[i] = (float) (line[0] * nearness[i] + line[1]);
            heights[i] += onFace * (mesh.heights()[i] - heights[i]);
            rest[i] = body[i] * (1 - onFace);
        }
        return Optional.of(
                new Relief(new Crop(0, 0, person.width(), person.height()), w, h, heights, rest, face.symmetry()));
    }

    /** How near each cell is: the mean of those of the person about it; beyond the person as far as the farthest of it. */
    private static float[] smoothed(Depth depth, float[] body, int w, int h) {
        float[] near = nearness(depth);
        var known = new float[near.length];
        for (int i = 0; i < near.length; i++) {
            known[i] = Float.isNaN(near[i]) ? 0 : 1;
            near[i] = Float.isNaN(near[i]) ? 0 : near[i];
        }
        float[] values = sized(Image.of(depth.width(), depth.height(), Colour.LINEAR_GREY, near), w, h);
        float[] weights = sized(Image.of(depth.width(), depth.height(), Colour.LINEAR_GREY, known), w, h);
        for (int i = 0; i < values.length; i++) {
            float own = body[i] * body[i];
            values[i] *= own;
            weights[i] *= own;
        }
        var blur = new GaussianBlur(SMOOTH);
        float[] sum =
                blur.apply(Image.of(w, h, Colour.LINEAR_GREY, values)).plane(0).clone();
        float[] all = blur.apply(Image.of(w, h, Colour.LINEAR_GREY, weights)).plane(0);
        float far = Float.POSITIVE_INFINITY;
        for (int i = 0; i < sum.length; i++) {
            sum[i] = all[i] > TRACE ? sum[i] / all[i] : Float.NaN;
            far = sum[i] < far ? sum[i] : far;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Float.isNaN(sum[i]) ? far : sum[i];
        }
        return sum;
    }

    private static float[] nearness(Depth depth) {
        return switch (depth) {
            case Disparity d -> d.pixels().clone();
            case DepthMap map -> {
                float[] near = map.metres().clone();
                for (int i = 0; i < near.length; i++) {
                    near[i] = near[i] > 0 ? 1 / near[i] : Float.NaN;
                }
                yield near;
            }
        };
    }

    private static float[] sized(Image image, int w, int h) {
        var filter = image.width() >= w ? Resize.Filter.BOX : Resize.Filter.TRIANGLE;
        return new Resize(w, h, filter).apply(image).plane(0).clone();
    }

    /** A face's relief on the grid of the whole picture, its heights in that grid's cells. */
    private static Relief onto(Relief face, int width, int height, int w, int h) {
        var heights = new float[w * h];
        var inside = new float[w * h];
        Crop part = face.part();
        double cell = (double) width / w;
        double own = (double) part.width() / face.width();
        Work.rows(h, 16, (from, to) -> {
            for (int y = from; y < to; y++) {
                double py = ((y + 0.5) * height / h - part.y()) / own - 0.5;
                for (int x = 0; x < w; x++) {
                    double px = ((x + 0.5) * cell - part.x()) / own - 0.5;
                    if (px >= 0 && py >= 0 && px <= face.width() - 1 && py <= face.height() - 1) {
                        heights[y * w + x] = (float) (Shading.height(face, px, py) * own / cell);
                        inside[y * w + x] = (float) Shading.sample(face.face(), face.width(), face.height(), px, py);
                    }
                }
            }
        });
        return new Relief(new Crop(0, 0, width, height), w, h, heights, inside, face.symmetry());
    }

    /** Slope and offset from nearness to heights by least squares over the face; none if they do not agree. */
    private static double[] line(float[] nearness, float[] heights, float[] face) {
        double n = 1e-9, u = 0, v = 0;
        for (int i = 0; i < face.length; i++) {
            n += face[i];
            u += face[i] * nearness[i];
            v += face[i] * heights[i];
        }
        double uu = 0, uv = 0, vv = 0;
        for (int i = 0; i < face.length; i++) {
            double du = nearness[i] - u / n;
            double dv = heights[i] - v / n;
            uu += face[i] * du * du;
            uv += face[i] * du * dv;
            vv += face[i] * dv * dv;
        }
        if (!(uv > AGREE * Math.sqrt(uu * vv))) {
            return new double[0];
        }
        return new double[] {uv / uu, (v - uv / uu * u) / n};
    }
}
