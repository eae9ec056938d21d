package dev.fovea.vision;

import dev.fovea.image.Colour;
import dev.fovea.image.Displacement;
import dev.fovea.image.Flow;
import dev.fovea.image.Image;
import dev.fovea.image.Warp;
import org.jspecify.annotations.Nullable;

/**
 * The person's mask of one video, steady in time: each answer is a mean of the network's and of the answer before, carried along the optical
 * flow; the more of the latter, the better the pictures agree there. At a cut nothing is carried.
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

    private PersonLook.@Nullable Seen last;
    private long lastAsked = -1;
    private long frames;

    /** What looks for persons in one more frame. */
    Sight<Image> next() {
        long number = frames++;
        return (scene, nets) -> {
            PersonLook.Seen seen = scene.see(PersonLook.at(scene, false));
            return Person.matte(scene, carried(number, seen).mask());
        };
    }

    private synchronized PersonLook.Seen carried(long number, PersonLook.Seen seen) {
        if (number <= lastAsked) {
            return seen;
        }
        PersonLook.Seen before = last;
        lastAsked = number;
        last = before != null && comparable(before.picture(), seen.picture()) ? mixed(before, seen) : seen;
        return last;
    }

    private static boolean comparable(Image a, Image b) {
        return a.width() == b.width() && a.height() == b.height() && a.colour() == b.colour();
    }

    private static PersonLook.Seen mixed(PersonLook.Seen before, PersonLook.Seen seen) {
        Image picture = seen.picture();
        int w = picture.width();
        int h = picture.height();
        Displacement flow = FLOW.apply(picture, before.picture());
        var back = new Warp(flow, w, h, Warp.Sampling.BILINEAR);
        float[] agreed = agreement(picture, back.apply(before.picture()), flow);
        double share = 0;
        for (float a : agreed) {
            share += a;
        }
        if (share < CUT * agreed.length) {
            return seen;
        }
        float[] carried = back.apply(before.mask()).plane(0);
        float[] fresh = seen.mask().plane(0);
        var mask = new float[w * h];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = fresh[i] + KEPT * agreed[i] * (carried[i] - fresh[i]);
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
