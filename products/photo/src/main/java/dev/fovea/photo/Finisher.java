package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Image;
import dev.fovea.image.kernel.SrgbCurve;
import dev.fovea.model.Model;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.Tensor;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Finishes what a burst's samples tell of a finer picture: a small network of our own undoes more of the blur, and leaves less noise, than
 * can be done without knowing what pictures look like (see {@code training/superres-finisher}). Tile by tile, with all that the network
 * sees around each, so that no seam can show.
 */
final class Finisher implements AutoCloseable {
    /** The models' task. */
    static final String TASK = "superres-finish";
    /** How far the network sees to each side: two pixels for each of five convolutions on squares of two by two. */
    static final int REACH = 10;

    private static final int TILE = 300;
    /** Tiles between two reports of progress. */
    private static final int GROUP = 16;

    private static final int COLOURS = 3;

    /** What goes in: display values, the noise of squares of two by two pixels, and fine pixels per sensor pixel. */
    record Rough(Tensor.Floats picture, Tensor.Floats noise, Tensor.Floats scale) {}

    /** What comes out: display values. */
    record Finished(Tensor.Floats finished) {}

    private final Net<Rough, Finished> net;

    private Finisher(Net<Rough, Finished> net) {
        this.net = net;
    }

    /** The best network on the class path, if there is one and something that runs it. */
    static Optional<Finisher> present() {
        if (ServiceLoader.load(NetRuntime.class).findFirst().isEmpty()) {
            return Optional.empty();
        }
        return ModelStore.standard().best(TASK).map(Finisher::of);
    }

    /** With a network of one's own. */
    static Finisher of(Model model) {
        return new Finisher(Net.open(model, Rough.class, Finished.class));
    }

    /** The network's name. */
    String name() {
        return net.model().name();
    }

    /** The finished picture, of the same size and colour; light that is too bright to be shown stays as it is. */
    Image apply(Enlarged rough, double scale) {
        return apply(rough, scale, TILE);
    }

    /** The same by tiles of another size, which is even. */
    Image apply(Enlarged rough, double scale, int side) {
        int width = rough.image().width();
        int height = rough.image().height();
        var out = new float[rough.image().colour().planes()][width * height];
        int across = (width + side - 1) / side;
        int tiles = across * ((height + side - 1) / side);
        for (int begin = 0; begin < tiles; begin += GROUP) {
            int first = begin;
            Work.step("finishing", (double) begin / tiles);
            Work.rows(Math.min(GROUP, tiles - begin), 1, (from, to) -> {
                for (int i = first + from; i < first + to; i++) {
                    int x = i % across * side;
                    int y = i / across * side;
                    new Tile(rough, x, y, Math.min(side, width - x), Math.min(side, height - y))
                            .finish(net, (float) scale, out);
                }
            });
        }
        return Image.of(width, height, rough.image().colour(), out);
    }

    /** A part of the picture, with its surroundings. */
    private record Tile(Enlarged rough, int x, int y, int width, int height) {
        void finish(Net<Rough, Finished> net, float scale, float[][] out) {
            // Whole squares of two by two.
            int wide = (width + 2 * REACH + 1) / 2 * 2;
            int high = (height + 2 * REACH + 1) / 2 * 2;
            float[] in = shown(wide, high);
            var finished = net.apply(new Rough(
                            new Tensor.Floats(in, 1, COLOURS, high, wide),
                            new Tensor.Floats(noise(wide / 2, high / 2), 1, 1, high / 2, wide / 2),
                            new Tensor.Floats(new float[] {scale}, 1, 1, 1, 1)))
                    .finished()
                    .values();
            for (int c = 0; c < out.length; c++) {
                for (int v = 0; v < height; v++) {
                    int from = (c * high + v + REACH) * wide + REACH;
                    put(finished, from, c, (y + v) * rough.image().width() + x, out[c]);
                }
            }
        }

        private float[] shown(int wide, int high) {
            Image image = rough.image();
            float[] in = new float[COLOURS * high * wide];
            for (int c = 0; c < COLOURS; c++) {
                float[] plane = image.plane(Math.min(c, image.colour().planes() - 1));
                for (int v = 0; v < high; v++) {
                    int row = Math.clamp(y + v - REACH, 0, image.height() - 1) * image.width();
                    int at = (c * high + v) * wide;
                    int left = Math.max(0, REACH - x);
                    int right = Math.min(wide, image.width() - x + REACH);
                    System.arraycopy(plane, row + x - REACH + left, in, at + left, right - left);
                    java.util.Arrays.fill(in, at, at + left, in[at + left]);
                    java.util.Arrays.fill(in, at + right, at + wide, in[at + right - 1]);
                }
            }
            if (image.colour().linear()) {
                SrgbCurve.encode(in, 0, in, 0, in.length);
            }
            return in;
        }

        private float[] noise(int wide, int high) {
            Image noise = rough.noise();
            float[] in = new float[wide * high];
            for (int v = 0; v < high; v++) {
                int row = Math.clamp((y - REACH) / 2 + v, 0, noise.height() - 1) * noise.width();
                for (int u = 0; u < wide; u++) {
                    in[v * wide + u] = noise.plane(0)[row + Math.clamp((x - REACH) / 2 + u, 0, noise.width() - 1)];
                }
            }
            return in;
        }

        /** A row of one colour. */
        private void put(float[] finished, int from, int c, int to, float[] out) {
            float[] plane = rough.image().plane(c);
            if (!rough.image().colour().linear()) {
                for (int u = 0; u < width; u++) {
                    out[to + u] = Math.clamp(finished[from + u], 0f, 1f);
                }
                return;
            }
            float[] light = new float[width];
            SrgbCurve.decode(finished, from, light, 0, width);
            for (int u = 0; u < width; u++) {
                // What the display cuts off is kept.
                out[to + u] = light[u] + plane[to + u] - Math.clamp(plane[to + u], 0f, 1f);
            }
        }
    }

    @Override
    public void close() {
        net.close();
    }
}
