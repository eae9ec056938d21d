package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;

/**
 * Exchanges the light on a face: what it sends back is albedo times light, so every pixel is divided by the old light and multiplied by
 * the new. Where the old light was too weak to tell the albedo, it is taken from the other half of the face, which is lit when this one is not.
 *
 * @param relief the shape
 * @param from the light that it was taken in, a value for each cell
 * @param to the light wanted
 * @param dim below about this light the albedo is more noise and stray light than skin
 */
record Relighting(Relief relief, float[] from, float[] to, double dim) {
    /** Cells over which a borrowed albedo is smoothed: the halves of a face are alike, not equal. */
    private static final double BORROWED = 3;

    /** The picture's linear light in the new light, in place; what lies beyond the relief is not touched. */
    void apply(float[][] light, int width) {
        Crop part = relief.part();
        float[] gain = gain();
        float[] large = enlarged(gain);
        for (float[] plane : light) {
            float[] added = enlarged(added(shrunk(plane, width)));
            Work.rows(part.height(), 16, (first, last) -> {
                for (int y = first; y < last; y++) {
                    int row = (y + part.y()) * width + part.x();
                    for (int x = 0; x < part.width(); x++) {
                        int i = y * part.width() + x;
                        plane[row + x] = Math.max(0, plane[row + x] * large[i] + added[i]);
                    }
                }
            });
        }
    }

    /** What is kept of each cell's own light, times the change of the light; 1 far from the face. */
    private float[] gain() {
        var gain = new float[from.length];
        for (int i = 0; i < gain.length; i++) {
            double trusted = trusted(i);
            double face = relief.face()[i];
            gain[i] = (float) (1 - face + face * trusted * to[i] / Math.max(1e-6, from[i]));
        }
        return gain;
    }

    /** What is added from the other half of the face. */
    private float[] added(float[] plane) {
        int w = relief.width();
        int h = relief.height();
        var albedo = new float[plane.length];
        var trust = new float[plane.length];
        double sum = 0;
        double weights = 1e-9;
        for (int i = 0; i < plane.length; i++) {
            trust[i] = (float) (trusted(i) * relief.face()[i]);
            albedo[i] = (float) (trust[i] * plane[i] / Math.max(1e-6, from[i]));
            sum += albedo[i];
            weights += trust[i];
        }
        double mean = sum / weights;
        var near = new GaussianBlur(BORROWED);
        float[] a = near.apply(Image.of(w, h, Colour.LINEAR_GREY, albedo)).plane(0);
        float[] t = near.apply(Image.of(w, h, Colour.LINEAR_GREY, trust)).plane(0);
        var added = new float[plane.length];
        Work.rows(h, 8, (first, last) -> {
            for (int i = first * w; i < last * w; i++) {
                double missing = relief.face()[i] * (1 - trusted(i));
                if (missing > 1e-4) {
                    added[i] = (float) (missing * borrowed(a, t, mean, i) * to[i]);
                }
            }
        });
        return added;
    }

    /** The albedo around the mirror image of a cell, and around the cell itself, by how far each is known. */
    private double borrowed(float[] albedo, float[] trust, double mean, int i) {
        int w = relief.width();
        int h = relief.height();
        double[] s = relief.symmetry();
        double x = i % w;
        double y = i / w;
        double side = s[0] * x + s[1] * y + s[2] * relief.heights()[i] - s[3];
        double mx = Math.clamp(x - 2 * side * s[0], 0, w - 1);
        double my = Math.clamp(y - 2 * side * s[1], 0, h - 1);
        double there = Shading.sample(trust, w, h, mx, my);
        double known = there + trust[i] + 0.02;
        return (Shading.sample(albedo, w, h, mx, my) + albedo[i] + 0.02 * mean) / known;
    }

    /** How far a cell's own light tells its albedo, 0..1. */
    private double trusted(int i) {
        double square = from[i] * from[i];
        return square / (square + dim * dim);
    }

    private float[] shrunk(float[] plane, int width) {
        Crop part = relief.part();
        var cut = new float[part.width() * part.height()];
        for (int y = 0; y < part.height(); y++) {
            System.arraycopy(plane, (y + part.y()) * width + part.x(), cut, y * part.width(), part.width());
        }
        return new Resize(relief.width(), relief.height(), Resize.Filter.BOX)
                .apply(Image.of(part.width(), part.height(), Colour.LINEAR_GREY, cut))
                .plane(0);
    }

    private float[] enlarged(float[] cells) {
        return new Resize(relief.part().width(), relief.part().height(), Resize.Filter.TRIANGLE)
                .apply(Image.of(relief.width(), relief.height(), Colour.LINEAR_GREY, cells))
                .plane(0);
    }
}
