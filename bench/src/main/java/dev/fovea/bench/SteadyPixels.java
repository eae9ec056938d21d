package dev.fovea.bench;

import dev.fovea.image.Displacement;
import dev.fovea.image.Flow;
import dev.fovea.image.Image;
import dev.fovea.image.Warp;

/**
 * Where a frame's pixels were in the frame before, by OpenCV's optical flow, and which of them both frames show.
 *
 * @param back for every pixel of the later frame
 * @param hidden 1 where the earlier frame does not show it
 */
record SteadyPixels(Displacement back, float[] hidden) {
    static SteadyPixels between(Image before, Image now) {
        var peer = new DisFlow(before, now);
        Displacement back = peer.backward();
        return new SteadyPixels(back, Flow.hidden(back, peer.forward()).plane(0));
    }

    /** The mean absolute change of a mask that is carried along. */
    double change(Image before, Image now) {
        float[] carried = new Warp(back, now.width(), now.height(), Warp.Sampling.BILINEAR)
                .apply(before)
                .plane(0);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < hidden.length; i++) {
            if (hidden[i] == 0) {
                sum += Math.abs(carried[i] - now.plane(0)[i]);
                count++;
            }
        }
        return sum / Math.max(1, count);
    }
}
