package dev.fovea.vision;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.GuidedFilter;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import dev.fovea.image.Resize;

/**
 * How surely each pixel belongs to a person, any number of persons together: grey, 0..1, of the picture's size. Where nobody is it is 0,
 * inside a person 1; along hair and other soft edges it lies between.
 *
 * <p>A network looks at the whole picture made small; its mask is brought to the picture's edges by a guided filter (He, Sun and Tang,
 * "Guided Image Filtering", 2013). In a watched video it is carried along from frame to frame.
 */
public record Person() implements Sight<Image> {
    /** The filter's windows reach so many pixels of the network's mask to each side. */
    private static final double REACH = 2;
    /** The variance of grey below which an area has no edge to hold on to. */
    private static final double FLAT = 4e-4;
    /** What is surer than this counts as certain, on either side: nothing of a picture is almost nobody. */
    private static final float CERTAIN = 0.94f;

    private static final int BAND = 1 << 16;

    @Override
    public Image look(Scene scene, Nets nets) {
        Image mask = scene.see(new PersonLook()).mask();
        int w = scene.width();
        int h = scene.height();
        Image large = new Resize(w, h, Resize.Filter.TRIANGLE).apply(mask);
        double scale = Math.sqrt((double) w / mask.width() * h / mask.height());
        if (scale > 1) {
            int radius = (int) Math.round(REACH * scale);
            large = new GuidedFilter(radius, FLAT, (int) scale).apply(large, new Luma().apply(scene.display()));
        }
        return certain(large);
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
