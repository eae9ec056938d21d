package dev.fovea.vision;

import dev.fovea.image.Colour;
import dev.fovea.image.Displacement;
import dev.fovea.image.Flow;
import dev.fovea.image.Image;
import dev.fovea.image.Warp;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The person's mask of one video, steady in time: each answer is a mean of the network's and of the answer before, carried along the optical
 * flow; the more of the latter, the better the pictures agree there. Where hardly a pixel changes the network looks at every second frame only. At a cut nothing is carried.
 *
 * <p>Frames nobody asks about cost nothing: the next answer is carried over the gap. A frame older than the last answer is looked at alone.
 */
final class PersonTrack {
    /** The share of the answer before where the pictures agree: noise of single looks is averaged over some ten frames. */
    private static final float KEPT = 0.9f;
    /** A difference between the pictures, 0..1, at which half as much is kept. */
    private static final float DIFFERENT = 0.12f;
    /** Pictures of which less than this share agrees are of different shots. */
    private static final double CUT = 0.4;
    /** Coarse: the pictures are small, and a mask is smooth. */
    private static final Flow FLOW = new Flow(1, 1, 4, 8, 2, 3, 20);

    /** A mask with so many pixels for each that has changed in the picture is carried alone; the next frame is looked at again. */
    private static final double STILL = 25;

    private PersonLook.@Nullable Seen last;
    private boolean carriedOnly;
    private long lastAsked = -1;
    private long frames;

    /** What looks for persons in one more frame. */
    Sight<Image> next() {
        long number = frames++;
        return (scene, nets) -> {
            PersonLook look = PersonLook.at(scene, false);
            Image picture = look.picture(scene);
            return Person.matte(scene, carried(number, picture, () -> look.look(picture, nets)));
        };
    }

    private synchronized Image carried(long number, Image picture, Supplier<PersonLook.Seen> look) {
        if (number <= lastAsked) {
            return look.get().mask();
        }
        PersonLook.Seen before = last;
        lastAsked = number;
        last = before != null && comparable(before.picture(), picture) ? mixed(before, picture, look) : look.get();
        return last.mask();
    }

    private static boolean comparable(Image a, Image b) {
        return a.width() == b.width() && a.height() == b.height() && a.colour() == b.colour();
    }

    private PersonLook.Seen mixed(PersonLook.Seen before, Image picture, Supplier<PersonLook.Seen> look) {
        int w = picture.width();
        int h = picture.height();
        Displacement flow = FLOW.apply(picture, before.picture());
        var back = new Warp(flow, w, h, Warp.Sampling.BILINEAR);
        float[] agreed = agreement(picture, back.apply(before.picture()), flow);
        Image carried = back.apply(before.mask());
        float[] old = carried.plane(0);
        double share = 0;
        double person = 0;
        int changed = 0;
        for (int i = 0; i < agreed.length; i++) {
            share += agreed[i];
            person += old[i];
            changed += agreed[i] < 0.5f ? 1 : 0;
        }
        share /= agreed.length;
        carriedOnly = !carriedOnly && changed * STILL <= person;
        if (carriedOnly) {
            return new PersonLook.Seen(picture, carried);
        }
        PersonLook.Seen seen = look.get();
        if (share < CUT) {
            return seen;
        }
        float[] fresh = seen.mask().plane(0);
        var mask = new float[w * h];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = fresh[i] + KEPT * agreed[i] * (old[i] - fresh[i]);
        }
        return new PersonLook.Seen(picture, Image.of(w, h, Colour.GREY, mask));
    }

    /** How alike two pictures are at each pixel, 0..1: 1 / (1 + (d / D)²) of the largest difference d of a colour; 0 beyond the picture. */
    private static float[] agreement(Image a, Image b, Displacement flow) {
        int w = a.width();
        var alike = new float[w * a.height()];
        for (int i = 0; i < alike.length; i++) {
            float difference = 0;
            for (int c = 0; c < a.colour().planes(); c++) {
                difference = Math.max(difference, Math.abs(a.plane(c)[i] - b.plane(c)[i]));
            }
            float ratio = difference / DIFFERENT;
            float x = i % w + flow.dx()[i];
            float y = i / w + flow.dy()[i];
            boolean inside = x >= -0.5f && y >= -0.5f && x <= w - 0.5f && y <= a.height() - 0.5f;
            alike[i] = inside ? 1 / (1 + ratio * ratio) : 0;
        }
        return alike;
    }
}
