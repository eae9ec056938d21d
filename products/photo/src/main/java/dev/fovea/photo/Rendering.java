package dev.fovea.photo;

import dev.fovea.Work;

/** What all tiles of a rendering share: the layer of every pixel, and which layers there are in each block of pixels. */
final class Rendering {
    /** Pixels of a tile's side; blocks and cells of coarser grids divide it. */
    static final int TILE = 128;

    /** A block is 2^BLOCK pixels wide and high. */
    static final int BLOCK = 4;

    final Layers layers;
    final Glow glow;
    final Bokeh wish;
    final byte[] seen;
    final byte[] hidden;
    final int blocksAcross;
    final int blocksDown;
    /** Two words of one bit a layer for each block: of what is seen, and of what is hidden. */
    final long[] seenIn;

    final long[] hiddenIn;

    Rendering(Layers layers, Glow glow, Bokeh wish) {
        this.layers = layers;
        this.glow = glow;
        this.wish = wish;
        var blurs = new Blurs(wish);
        seen = new byte[layers.near().length];
        hidden = new byte[layers.grid().far().length];
        blocksAcross = (layers.width() + (1 << BLOCK) - 1) >> BLOCK;
        blocksDown = (layers.height() + (1 << BLOCK) - 1) >> BLOCK;
        seenIn = new long[2 * blocksAcross * blocksDown];
        hiddenIn = new long[seenIn.length];
        Work.rows(
                hidden.length, 1 << 14, (from, to) -> blurs.layers(layers.grid().far(), from, to, hidden));
        Work.rows(blocksDown, 2, (from, to) -> {
            int top = from << BLOCK;
            int bottom = Math.min(layers.height(), to << BLOCK);
            blurs.layers(layers.near(), top * layers.width(), bottom * layers.width(), seen);
            for (int y = top; y < bottom; y++) {
                mark(y);
            }
        });
    }

    private void mark(int y) {
        int w = layers.width();
        int shift = layers.grid().shift();
        int row = (y >> shift) * layers.grid().width();
        for (int x = 0; x < w; x++) {
            int block = 2 * ((y >> BLOCK) * blocksAcross + (x >> BLOCK));
            int layer = seen[y * w + x];
            seenIn[block + (layer >> 6)] |= 1L << layer;
            int cell = row + (x >> shift);
            int behind = hidden[cell];
            if (behind >= 0 && layers.hides(y * w + x, cell)) {
                hiddenIn[block + (behind >> 6)] |= 1L << behind;
            }
        }
    }

    /** Whether a layer is in a block. */
    static boolean in(long[] words, int block, int layer) {
        return (words[2 * block + (layer >> 6)] >>> layer & 1) != 0;
    }
}
