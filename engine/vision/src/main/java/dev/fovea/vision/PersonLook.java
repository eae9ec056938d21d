package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.Binding;
import dev.fovea.model.Tensor;

/**
 * One look of the matting network ({@code training/person-matte}) at a part of a picture, made small.
 *
 * @param part of the picture
 * @param twice whether it looks at the mirror image, too, and takes the mean: a little better for twice the time
 */
record PersonLook(Crop part, boolean twice) implements Sight<PersonLook.Seen> {
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

    /** A look at all of a scene. */
    static PersonLook at(Scene scene, boolean twice) {
        return new PersonLook(new Crop(0, 0, scene.width(), scene.height()), twice);
    }

    @Override
    public Seen look(Scene scene, Nets nets) {
        double shape = (double) part.width() / part.height();
        int w = side(shape);
        int h = side(1 / shape);
        Image shrunk = scene.part(part, Math.min(w, part.width()), Math.min(h, part.height()));
        Image picture = new Resize(w, h, Resize.Filter.TRIANGLE).apply(shrunk);
        return new Seen(picture, Image.of(w, h, Colour.GREY, mask(picture, nets)));
    }

    private static int side(double shape) {
        return Math.clamp(STRIDE * Math.round(Math.sqrt(AREA * shape) / STRIDE), SHORTEST, LONGEST);
    }

    private float[] mask(Image picture, Nets nets) {
        Stage<In, Out> net = nets.of(TASK, In.class, Out.class);
        float[] mask = answer(net, picture, false);
        if (twice) {
            float[] other = answer(net, picture, true);
            int w = picture.width();
            for (int i = 0; i < mask.length; i++) {
                mask[i] = (mask[i] + other[i - i % w + w - 1 - i % w]) / 2;
            }
        }
        return mask;
    }

    private static float[] answer(Stage<In, Out> net, Image picture, boolean mirrored) {
        int w = picture.width();
        int n = w * picture.height();
        var values = new float[3 * n];
        for (int c = 0; c < 3; c++) {
            float[] plane = picture.plane(Math.min(c, picture.colour().planes() - 1));
            for (int i = 0; i < n; i++) {
                values[c * n + i] = FaceDetector.unit(plane[mirrored ? i - i % w + w - 1 - i % w : i]);
            }
        }
        return net.apply(new In(new Tensor.Floats(values, 1, 3, picture.height(), w)))
                .mask
                .clone();
    }
}
