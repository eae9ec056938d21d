package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.Binding;
import dev.fovea.model.Tensor;

/** One look of the matting network ({@code training/person-matte}) at the whole picture, made small. */
record PersonLook() implements Sight<PersonLook.Seen> {
    static final String TASK = "person-matte";
    /** Sides of what the network looks at are multiples of this. */
    private static final int STRIDE = 32;
    /** About so many pixels it looks at, whatever the proportions. */
    private static final double AREA = 192 * 256;
    /** A side is at least and at most so long: a ribbon of a picture is squeezed. */
    private static final int SHORTEST = 96;

    private static final int LONGEST = 512;

    /**
     * What goes in.
     *
     * @param image RGB 0..1, 1 × 3 × height × width, both multiples of 32
     */
    record In(@Binding(shape = {1, 3, -1, -1}) Tensor.Floats image) {}

    /**
     * What comes out.
     *
     * @param mask of the same height and width: how surely a pixel shows a person, 0..1
     */
    record Out(float[] mask) {}

    /**
     * What was seen.
     *
     * @param picture what the network looked at
     * @param mask grey, of its size
     */
    record Seen(Image picture, Image mask) {}

    @Override
    public Seen look(Scene scene, Nets nets) {
        double shape = (double) scene.width() / scene.height();
        Image picture = small(scene, side(shape), side(1 / shape));
        return new Seen(picture, mask(picture, nets));
    }

    private static int side(double shape) {
        return Math.clamp(STRIDE * Math.round(Math.sqrt(AREA * shape) / STRIDE), SHORTEST, LONGEST);
    }

    private static Image small(Scene scene, int w, int h) {
        var whole = new Crop(0, 0, scene.width(), scene.height());
        Image shrunk = scene.part(whole, Math.min(w, scene.width()), Math.min(h, scene.height()));
        return new Resize(w, h, Resize.Filter.TRIANGLE).apply(shrunk);
    }

    private static Image mask(Image picture, Nets nets) {
        int w = picture.width();
        int h = picture.height();
        var values = new float[3 * w * h];
        for (int c = 0; c < 3; c++) {
            float[] plane = picture.plane(Math.min(c, picture.colour().planes() - 1));
            for (int i = 0; i < w * h; i++) {
                values[c * w * h + i] = FaceDetector.unit(plane[i]);
            }
        }
        Stage<In, Out> net = nets.of(TASK, In.class, Out.class);
        Out out = net.apply(new In(new Tensor.Floats(values, 1, 3, h, w)));
        return Image.of(w, h, Colour.GREY, out.mask.clone());
    }
}
