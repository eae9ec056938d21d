package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.FlowTerms.Field;
import dev.fovea.image.kernel.PatchError;
import dev.fovea.image.kernel.PyramidStep;
import java.util.ArrayList;
import java.util.List;

/** One size of a grey picture, 0..255, as {@link Flow} compares them. */
record FlowLevel(int width, int height, float[] plane) {
    /** A level's longer side is at least four patches long, its shorter side one. */
    private static final int LONG = 4 * PatchError.SIDE;

    private static final int SHORT = PatchError.SIDE;

    /** No displacement anywhere, to be filled in. */
    Field still() {
        return new Field(new float[plane.length], new float[plane.length]);
    }

    /** The picture and its smaller sizes, largest first. */
    static List<FlowLevel> pyramid(Image image) {
        var levels = new ArrayList<FlowLevel>();
        var level = new FlowLevel(image.width(), image.height(), scaled(grey(image)));
        levels.add(level);
        while (Math.max(level.width, level.height) >= 2 * LONG && Math.min(level.width, level.height) >= 2 * SHORT) {
            level = level.half();
            levels.add(level);
        }
        return levels;
    }

    private FlowLevel half() {
        int w = (width + 1) / 2;
        int h = (height + 1) / 2;
        var small = new float[w * h];
        PyramidStep.down(plane, width, height, small);
        return new FlowLevel(w, h, small);
    }

    private static Image grey(Image image) {
        Colour colour = image.colour();
        return colour.linear() || colour == Colour.OKLAB ? image.to(Colour.GREY) : new Luma().apply(image);
    }

    /** Clipped to the display's range, so that no sum of squares overflows; what is not a number is black. */
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
}
