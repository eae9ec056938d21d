package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.Convolve;
import dev.fovea.image.kernel.PatchError;
import java.util.Arrays;

/**
 * A plane within a frame that repeats its edge, so wide that a patch may leave the picture but for one pixel.
 *
 * @param width of the picture in the frame
 * @param height of the picture in the frame
 * @param plane with the frame
 */
record Framed(int width, int height, float[] plane) {
    private static final int FRAME = PatchError.SIDE;
    private static final int BAND = 32;
    private static final float[] SLOPE = {-0.5f, 0.5f};

    static Framed of(FlowLevel level) {
        int width = level.width();
        var framed = new Framed(width, level.height(), new float[(width + 2 * FRAME) * (level.height() + 2 * FRAME)]);
        int pitch = framed.pitch();
        float[] to = framed.plane;
        Work.rows(level.height() + 2 * FRAME, BAND, (top, bottom) -> {
            for (int y = top; y < bottom; y++) {
                int from = Math.clamp(y - FRAME, 0, level.height() - 1) * width;
                int at = y * pitch + FRAME;
                System.arraycopy(level.plane(), from, to, at, width);
                Arrays.fill(to, at - FRAME, at, to[at]);
                Arrays.fill(to, at + width, at + width + FRAME, to[at + width - 1]);
            }
        });
        return framed;
    }

    /** From row to row. */
    int pitch() {
        return width + 2 * FRAME;
    }

    /** The index of a pixel of the picture. */
    int at(int x, int y) {
        return (y + FRAME) * pitch() + x + FRAME;
    }

    /** Half the difference of a pixel's neighbours on both sides; 0 at the frame's own edge. */
    float[] slope(int step) {
        var slope = new float[plane.length];
        int pitch = pitch();
        Work.rows(height + 2 * FRAME - 2, BAND, (top, bottom) -> {
            for (int y = top + 1; y <= bottom; y++) {
                int at = y * pitch + 1;
                Convolve.taps(plane, new int[] {at - step, at + step}, SLOPE, 0, 2, slope, at, pitch - 2);
            }
        });
        return slope;
    }
}
