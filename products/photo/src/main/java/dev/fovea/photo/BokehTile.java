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
    /** All pixels before this one are covered. */
    private int open;

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
        open = 0;
        for (int layer = 0; layer < Blurs.COUNT && open(); layer++) {
            if (layer == Blurs.SHARP) {
                sharp();
            } else if (blur.of(layer, x0, y0, x1, y1)) {
                lay();
            }
        }
        finish();
    }

    /** Whether light still passes anywhere. */
    private boolean open() {
        int end = (y1 - y0) * SIZE;
        while (open < end && (covered[open] >= Underlay.CLOSED || open % SIZE >= x1 - x0)) {
            open++;
        }
        return open < end;
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
        int from = Math.max(x0, blur.left());
        int n = Math.min(x1, blur.right()) - from;
        for (int y = Math.max(y0, blur.top()); y < Math.min(y1, blur.bottom()); y++) {
            blur.row(y);
            under(blur.result(), from - x0, (y - y0) * SIZE + from - x0, n);
        }
    }

    private void under(float[][] row, int from, int at, int n) {
        float[] alpha = row[planes];
        Underlay.cover(covered, at, alpha, from, n);
        for (int c = 0; c < planes; c++) {
            float[] colour = row[c];
            float[] to = sum[c];
            for (int i = 0; i < n; i++) {
                to[at + i] = Math.fma(alpha[from + i], colour[from + i], to[at + i]);
            }
        }
    }

    private void finish() {
        for (int c = 0; c < planes; c++) {
            for (int y = y0; y < y1; y++) {
                for (int x = x0; x < x1; x++) {
                    int at = (y - y0) * SIZE + x - x0;
                    int pixel = y * layers.width() + x;
                    out[c][pixel] = covered[at] > 1e-4f ? sum[c][at] / covered[at] : layers.seen()[c][pixel];
                }
            }
        }
    }
}
