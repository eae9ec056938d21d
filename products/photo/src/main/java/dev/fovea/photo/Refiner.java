package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.model.Model;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.Tensor;
import java.util.Optional;

/**
 * Doubles a picture's luma with a small network of our own, which adds to Catmull-Rom what a picture like this one usually has there (see
 * {@code training/superres-refiner}). Tile by tile: memory stays flat, and tiles overlap by all that the network sees, so that no seam
 * can show.
 */
final class Refiner implements AutoCloseable {
    /** The models' task. */
    static final String TASK = "superres-double";
    /** How far the network sees to each side: one pixel for each of ten convolutions, and more than the two of Catmull-Rom. */
    static final int REACH = 10;

    private static final int TILE = 128;
    /** Tiles between two reports of progress. */
    private static final int GROUP = 16;

    private static final int PLANES = 3;

    /** What goes in: luma, the noise's standard deviation and the lens blur. */
    record Coarse(Tensor.Floats picture) {}

    /** What comes out: luma of twice the size. */
    record Fine(Tensor.Floats doubled) {}

    private final Net<Coarse, Fine> net;

    private Refiner(Net<Coarse, Fine> net) {
        this.net = net;
    }

    /** The best network on the class path, if there is one and something that runs it. */
    static Optional<Refiner> present() {
        if (NetRuntime.found().isEmpty()) {
            return Optional.empty();
        }
        return ModelStore.standard().best(TASK).map(Refiner::of);
    }

    /** With a network of one's own. */
    static Refiner of(Model model) {
        return new Refiner(Net.open(model, Coarse.class, Fine.class));
    }

    /** The network's name. */
    String name() {
        return net.model().name();
    }

    /**
     * Luma of twice the size.
     *
     * @param luma display values 0..1, rows of {@code width}
     * @param noise the standard deviation of its noise, pixel by pixel
     * @param blur standard deviation of the lens's Gaussian, in pixels; 0 for pictures that are as sharp as their pixels allow
     */
    float[] doubled(float[] luma, float[] noise, float blur, int width, int height) {
        return doubled(luma, noise, blur, width, height, TILE);
    }

    /** The same by tiles of another size. */
    float[] doubled(float[] luma, float[] noise, float blur, int width, int height, int side) {
        float[] out = new float[4 * width * height];
        int across = (width + side - 1) / side;
        int tiles = across * ((height + side - 1) / side);
        for (int begin = 0; begin < tiles; begin += GROUP) {
            int first = begin;
            Work.step("refining", (double) begin / tiles);
            Work.rows(Math.min(GROUP, tiles - begin), 1, (from, to) -> {
                for (int i = first + from; i < first + to; i++) {
                    int x = i % across * side;
                    int y = i / across * side;
                    int w = Math.min(side, width - x);
                    int h = Math.min(side, height - y);
                    float[] tile = tile(luma, noise, blur, width, height, x, y, w, h);
                    int wide = w + 2 * REACH;
                    var in = new Tensor.Floats(tile, 1, PLANES, h + 2 * REACH, wide);
                    float[] fine = net.apply(new Coarse(in)).doubled().values();
                    for (int v = 0; v < 2 * h; v++) {
                        System.arraycopy(
                                fine, ((v + 2 * REACH) * wide + REACH) * 2, out, ((2 * y + v) * width + x) * 2, 2 * w);
                    }
                }
            });
        }
        return out;
    }

    /** The network's input for one tile and its surroundings; beyond the picture lies its mirror image. */
    private static float[] tile(
            float[] luma, float[] noise, float blur, int width, int height, int x, int y, int w, int h) {
        int wide = w + 2 * REACH;
        int plane = wide * (h + 2 * REACH);
        float[] tile = new float[PLANES * plane];
        java.util.Arrays.fill(tile, 2 * plane, 3 * plane, blur);
        for (int v = 0; v < h + 2 * REACH; v++) {
            int row = mirrored(y + v - REACH, height) * width;
            for (int u = 0; u < wide; u++) {
                int from = row + mirrored(x + u - REACH, width);
                tile[v * wide + u] = luma[from];
                tile[plane + v * wide + u] = noise[from];
            }
        }
        return tile;
    }

    /** The edge pixel counts twice: ..1 0 0 1 2... */
    private static int mirrored(int i, int n) {
        int at = Math.floorMod(i, 2 * n);
        return at < n ? at : 2 * n - 1 - at;
    }

    @Override
    public void close() {
        net.close();
    }
}
