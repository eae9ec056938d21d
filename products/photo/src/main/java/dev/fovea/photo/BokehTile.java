package dev.fovea.photo;

import dev.fovea.photo.kernel.Underlay;
import java.util.Arrays;

/** Renders tiles of a refocused picture, one after the other, front to back. */
final class BokehTile {
    private static final int SIZE = Rendering.TILE;
    private final Rendering all;
    private final Layers layers;
    private final float[][] out;
    private final int planes;
    private final float[][] sum;
    private final float[] covered = new float[SIZE * SIZE];
    private final LayerBlur blur;
    private int x0;
    private int y0;
    private int x1;
    private int y1;
    /** Beyond this part of the tile no light passes any more. */
    private int left;

    private int top;
    private int right;
    private int bottom;

    BokehTile(Rendering all, float[][] out) {
        this.all = all;
        this.layers = all.layers;
        this.out = out;
        this.planes = out.length;
        this.sum = new float[planes][SIZE * SIZE];
        this.blur = new LayerBlur(all);
    }

    /** Renders the tile with its upper left corner here. */
    void render(int x, int y) {
        x0 = x;
        y0 = y;
        x1 = Math.min(layers.width(), x + SIZE);
        y1 = Math.min(layers.height(), y + SIZE);
        Arrays.fill(covered, 0);
        for (float[] plane : sum) {
            Arrays.fill(plane, 0);
        }
        left = x0;
        top = y0;
        right = x1;
        bottom = y1;
        for (int layer = 0; layer < Blurs.COUNT && top < bottom; layer++) {
            if (layer == Blurs.SHARP) {
                sharp();
                close();
            } else if (blur.of(layer, left, top, right, bottom)) {
                lay();
                close();
            }
        }
        finish();
    }

    /** Draws the part through which light still passes together; it is empty when all is covered. */
    private void close() {
        while (top < bottom && closed(left, top, right, top + 1)) {
            top++;
        }
        while (top < bottom && closed(left, bottom - 1, right, bottom)) {
            bottom--;
        }
        while (top < bottom && closed(left, top, left + 1, bottom)) {
            left++;
        }
        while (top < bottom && closed(right - 1, top, right, bottom)) {
            right--;
        }
    }

    private boolean closed(int fromX, int fromY, int toX, int toY) {
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                if (covered[(y - y0) * SIZE + x - x0] < Underlay.CLOSED) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The layer in focus, pixel by pixel. */
    private void sharp() {
        int shift = layers.grid().shift();
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                int pixel = y * layers.width() + x;
                int at = (y - y0) * SIZE + x - x0;
                if (all.seen[pixel] == Blurs.SHARP) {
                    float part = Math.min(1, Underlay.free(covered[at]) / layers.coverage()[pixel]);
                    add(at, pixel, layers.seen(), part, layers.coverage()[pixel]);
                }
                int cell = (y >> shift) * layers.grid().width() + (x >> shift);
                if (all.hidden[cell] == Blurs.SHARP && layers.hides(pixel, cell)) {
                    add(at, cell, layers.grid().hidden(), Underlay.free(covered[at]), 1);
                }
            }
        }
    }

    private void add(int at, int from, float[][] colour, float part, float coverage) {
        for (int c = 0; c < planes; c++) {
            sum[c][at] = Math.fma(part, colour[c][from], sum[c][at]);
        }
        covered[at] += part * coverage;
    }

    /** A blurred layer goes under what is before it. */
    private void lay() {
        int from = blur.left();
        int n = blur.right() - from;
        for (int y = blur.top(); y < blur.bottom(); y++) {
            blur.row(y);
            under(blur.result(), (y - y0) * SIZE + from - x0, n);
        }
    }

    private void under(float[][] row, int at, int n) {
        float[] alpha = row[planes];
        Underlay.cover(covered, at, alpha, 0, n);
        for (int c = 0; c < planes; c++) {
            float[] colour = row[c];
            float[] to = sum[c];
            for (int i = 0; i < n; i++) {
                to[at + i] = Math.fma(alpha[i], colour[i], to[at + i]);
            }
        }
    }

    private void finish() {
        for (int c = 0; c < planes; c++) {
            float[] light = sum[c];
            float[] seen = layers.seen()[c];
            float[] to = out[c];
            for (int y = y0; y < y1; y++) {
                int at = (y - y0) * SIZE;
                int pixel = y * layers.width() + x0;
                for (int x = 0; x < x1 - x0; x++) {
                    float cover = covered[at + x];
                    to[pixel + x] = cover > 1e-4f ? light[at + x] / cover : seen[pixel + x];
                }
            }
        }
    }
}
