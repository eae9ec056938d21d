package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.Convolve;
import dev.fovea.image.kernel.FlowTerms.Field;
import dev.fovea.image.kernel.PatchError;
import dev.fovea.image.kernel.PyramidStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One size of a grey picture, 0..255, as {@link Flow} needs it: plain, and within a frame that repeats its edge, with the slopes of the
 * framed plane.
 */
record FlowLevel(int width, int height, float[] plain, float[] framed, float[] slopeX, float[] slopeY) {
    /** How far the frame reaches: a patch may leave the picture but for one pixel. */
    static final int FRAME = PatchError.SIDE;

    /** Below this many pixels along the longer side there is no smaller level: four patches side by side. */
    private static final int SMALLEST = 4 * PatchError.SIDE;

    private static final int BAND = 32;
    private static final float[] SLOPE = {-0.5f, 0.5f};

    /** From row to row of the framed planes. */
    int pitch() {
        return width + 2 * FRAME;
    }

    /** The index of a pixel in the framed planes. */
    int at(int x, int y) {
        return (y + FRAME) * pitch() + x + FRAME;
    }

    /** No displacement anywhere, to be filled in. */
    static Field still(FlowLevel level) {
        int n = level.width * level.height;
        return new Field(new float[n], new float[n]);
    }

    /** The picture and its smaller sizes, largest first. */
    static List<FlowLevel> pyramid(Image image) {
        int w = image.width();
        int h = image.height();
        float[] plane = scaled(grey(image));
        var levels = new ArrayList<FlowLevel>();
        levels.add(of(w, h, plane));
        while (Math.max(w, h) >= 2 * SMALLEST && Math.min(w, h) >= 2 * PatchError.SIDE) {
            var small = new float[((w + 1) / 2) * ((h + 1) / 2)];
            PyramidStep.down(plane, w, h, small);
            plane = small;
            w = (w + 1) / 2;
            h = (h + 1) / 2;
            levels.add(of(w, h, plane));
        }
        return levels;
    }

    private static Image grey(Image image) {
        Colour colour = image.colour();
        return colour.linear() || colour == Colour.OKLAB ? image.to(Colour.GREY) : new Luma().apply(image);
    }

    /** Clipped to the display's range, so that no sum of squares overflows. */
    private static float[] scaled(Image grey) {
        float[] from = grey.plane(0);
        var to = new float[from.length];
        Work.rows(to.length, 1 << 16, (start, end) -> {
            for (int i = start; i < end; i++) {
                to[i] = from[i] > 0 ? Math.min(1, from[i]) * 255 : 0;
            }
        });
        return to;
    }

    private static FlowLevel of(int width, int height, float[] plain) {
        int pitch = width + 2 * FRAME;
        int rows = height + 2 * FRAME;
        var framed = new float[pitch * rows];
        var slopeX = new float[framed.length];
        var slopeY = new float[framed.length];
        Work.rows(rows, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                frame(plain, Math.clamp(y - FRAME, 0, height - 1) * width, width, framed, y * pitch);
                slope(framed, y * pitch, 1, slopeX, pitch);
            }
        });
        Work.rows(rows - 2, BAND, (from, to) -> {
            for (int y = from + 1; y <= to; y++) {
                slope(framed, y * pitch, pitch, slopeY, pitch);
            }
        });
        return new FlowLevel(width, height, plain, framed, slopeX, slopeY);
    }

    private static void frame(float[] plain, int at, int width, float[] framed, int to) {
        System.arraycopy(plain, at, framed, to + FRAME, width);
        Arrays.fill(framed, to, to + FRAME, plain[at]);
        Arrays.fill(framed, to + FRAME + width, to + width + 2 * FRAME, plain[at + width - 1]);
    }

    private static void slope(float[] framed, int row, int step, float[] to, int pitch) {
        int from = row + 1;
        Convolve.taps(framed, new int[] {from - step, from + step}, SLOPE, 0, 2, to, from, pitch - 2);
    }
}
