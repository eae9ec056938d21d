package dev.fovea.vision;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.GuidedFilter;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import java.util.Optional;

/**
 * How surely each pixel belongs to a person, any number of persons together: grey, 0..1, of the picture's size. Where nobody is it is 0,
 * inside a person 1; along hair and other soft edges it lies between.
 *
 * <p>A network looks at the whole picture made small, and again more closely at what persons there are if they fill little of it. Its mask is
 * brought to the picture's edges by a guided filter (He, Sun and Tang, "Guided Image Filtering", 2013). In a watched video there is one look a
 * frame, and the mask is carried along from frame to frame.
 */
public record Person() implements Sight<Image> {
    /** The filter's windows reach so many pixels of the network's mask to each side. */
    private static final double REACH = 2;
    /** The variance of grey below which an area has no edge to hold on to. */
    private static final double FLAT = 4e-4;
    /** What is surer than this counts as certain, on either side: nothing of a picture is almost nobody. */
    private static final float CERTAIN = 0.94f;
    /** A closer look is worth its time if it sees at most this share of the picture. */
    private static final double CLOSE = 0.6;
    /** What a closer look sees around the persons, in parts of their box's longer side. */
    private static final double AROUND = 0.18;
    /** How much a closer look's answer counts. */
    private static final float CLOSER = 0.7f;

    private static final int BAND = 1 << 16;

    @Override
    public Image look(Scene scene, Nets nets) {
        Image whole = scene.see(PersonLook.at(scene, true)).mask();
        Image large = enlarged(whole, scene.width(), scene.height());
        Optional<Crop> near = around(whole, scene.width(), scene.height());
        if (near.isEmpty()) {
            return refined(scene, large, scale(whole, scene.width(), scene.height()));
        }
        Crop part = near.get();
        Image mask = scene.see(new PersonLook(part, true)).mask();
        Image both = within(large, enlarged(mask, part.width(), part.height()), part);
        return refined(scene, both, scale(mask, part.width(), part.height()));
    }

    /** A coarse mask of a whole scene as its matte. */
    static Image matte(Scene scene, Image mask) {
        int w = scene.width();
        int h = scene.height();
        return refined(scene, enlarged(mask, w, h), scale(mask, w, h));
    }

    private static Image enlarged(Image mask, int w, int h) {
        return new Resize(w, h, Resize.Filter.TRIANGLE).apply(mask);
    }

    /** How many pixels a pixel of the mask is wide. */
    private static double scale(Image mask, int w, int h) {
        return Math.sqrt((double) w / mask.width() * h / mask.height());
    }

    /** What to look at again: the persons and a little around them. */
    private static Optional<Crop> around(Image mask, int w, int h) {
        int left = mask.width();
        int top = mask.height();
        int right = 0;
        int bottom = 0;
        for (int i = 0; i < mask.plane(0).length; i++) {
            if (mask.plane(0)[i] > 0.5f) {
                left = Math.min(left, i % mask.width());
                right = Math.max(right, i % mask.width() + 1);
                top = Math.min(top, i / mask.width());
                bottom = i / mask.width() + 1;
            }
        }
        double sx = (double) w / mask.width();
        double sy = (double) h / mask.height();
        double more = AROUND * Math.max((right - left) * sx, (bottom - top) * sy);
        int x = (int) Math.max(0, left * sx - more);
        int y = (int) Math.max(0, top * sy - more);
        int width = (int) Math.min(w, right * sx + more) - x;
        int height = (int) Math.min(h, bottom * sy + more) - y;
        boolean close = right > left && width > 0 && height > 0 && (double) width * height <= CLOSE * w * h;
        return close ? Optional.of(new Crop(x, y, width, height)) : Optional.empty();
    }

    private static Image within(Image all, Image part, Crop where) {
        float[] mask = all.plane(0).clone();
        for (int y = 0; y < where.height(); y++) {
            int to = (where.y() + y) * all.width() + where.x();
            for (int x = 0; x < where.width(); x++) {
                mask[to + x] += CLOSER * (part.plane(0)[y * where.width() + x] - mask[to + x]);
            }
        }
        return Image.of(all.width(), all.height(), Colour.GREY, mask);
    }

    private static Image refined(Scene scene, Image mask, double scale) {
        if (scale <= 1) {
            return certain(mask);
        }
        int radius = (int) Math.round(REACH * scale);
        return certain(new GuidedFilter(radius, FLAT, (int) scale).apply(mask, scene.luma()));
    }

    private static Image certain(Image mask) {
        float[] from = mask.plane(0);
        var to = new float[from.length];
        Work.rows(to.length, BAND, (start, end) -> {
            for (int i = start; i < end; i++) {
                to[i] = FaceDetector.unit((from[i] - (1 - CERTAIN)) / (2 * CERTAIN - 1));
            }
        });
        return Image.of(mask.width(), mask.height(), Colour.GREY, to);
    }
}
