package dev.fovea.photo;

import dev.fovea.photo.kernel.SpanSum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One layer of a tile, cut out of the picture with what is about the tile, halved as often as its blur allows, and blurred. */
final class LayerBlur {
    /** The shape changes across the picture in so many steps. */
    private static final int STEPS = 24;
    /** Lights begin to bloom at this diameter, as a share of the picture's longer side, and do it fully at four times of it. */
    private static final double BLOOM = 0.003;

    private final Rendering all;
    private final Layers layers;
    private final int planes;
    private final @Nullable Spans[] shapes = new Spans[Blurs.COUNT];
    private float[][] values;
    private float[][] sums;
    private float[][] blurred;
    private final float[][] result;
    private boolean[] empty = new boolean[0];
    private int[] places = new int[0];
    private float[] weights = new float[0];
    private int layer;
    private int shift;
    private float glow;
    // what of the tile the layer may reach, in pixels
    private int left;
    private int top;
    private int right;
    private int bottom;
    // what is blurred, in cells of the layer's grid, and what is read for it
    private int fromX;
    private int fromY;
    private int cellsX;
    private int cellsY;
    private int reach;

    LayerBlur(Rendering all) {
        this.all = all;
        this.layers = all.layers;
        this.planes = layers.seen().length + 1;
        values = new float[planes][0];
        sums = new float[planes][0];
        blurred = new float[planes][0];
        result = new float[planes][Rendering.TILE];
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int right() {
        return right;
    }

    int bottom() {
        return bottom;
    }

    /** The planes of a row, coverage last: pixels from {@link #left} on. */
    float[][] result() {
        return result;
    }

    /** Blurs a layer of a part of a tile; false if that gets nothing of it. */
    boolean of(int layer, int x0, int y0, int x1, int y1) {
        this.layer = layer;
        double diameter = Blurs.diameter(layer);
        shift = Blurs.halvings(layer);
        int pixels = (int) Math.ceil(diameter * 0.8 + 2) + (2 << shift);
        if (!clip(x0, y0, x1, y1, pixels)) {
            return false;
        }
        double least = BLOOM * Math.max(layers.width(), layers.height());
        glow = (float) (all.wish.lens().highlights() * Math.clamp((diameter / least - 1) / 3, 0, 1));
        Spans shape = shape(x0, y0, diameter);
        reach = shape.reach() + 1;
        int margin = shift > 0 ? 1 : 0;
        fromX = (left >> shift) - margin;
        fromY = (top >> shift) - margin;
        cellsX = ((right - 1) >> shift) + 1 + margin - fromX;
        cellsY = ((bottom - 1) >> shift) + 1 + margin - fromY;
        reserve();
        for (int y = 0; y < cellsY + 2 * reach; y++) {
            read(y);
        }
        int patch = all.wish.lens().catsEye() == 0
                ? 2 * Rendering.TILE
                : Math.max(2, (Math.max(layers.width(), layers.height()) / STEPS) >> shift);
        // patches lie where they do whatever part is asked for
        for (int y = 0; y < cellsY; ) {
            int high = Math.min(cellsY - y, patch - Math.floorMod(fromY + y, patch));
            for (int x = 0; x < cellsX; ) {
                int wide = Math.min(cellsX - x, patch - Math.floorMod(fromX + x, patch));
                blur(x, y, wide, high, patch, diameter);
                x += wide;
            }
            y += high;
        }
        return true;
    }

    /** The part of a tile that lies within some distance of the layer's pixels; false if there is none. */
    private boolean clip(int x0, int y0, int x1, int y1, int pixels) {
        int bx0 = Math.max(0, (x0 - pixels) >> Rendering.BLOCK);
        int by0 = Math.max(0, (y0 - pixels) >> Rendering.BLOCK);
        int bx1 = Math.min(all.blocksAcross - 1, (x1 + pixels) >> Rendering.BLOCK);
        int by1 = Math.min(all.blocksDown - 1, (y1 + pixels) >> Rendering.BLOCK);
        int minX = Integer.MAX_VALUE;
        int minY = Integer.MAX_VALUE;
        int maxX = -1;
        int maxY = -1;
        for (int y = by0; y <= by1; y++) {
            for (int x = bx0; x <= bx1; x++) {
                int block = y * all.blocksAcross + x;
                if (Rendering.in(all.seenIn, block, layer) || Rendering.in(all.hiddenIn, block, layer)) {
                    minX = Math.min(minX, x);
                    maxX = Math.max(maxX, x);
                    minY = Math.min(minY, y);
                    maxY = Math.max(maxY, y);
                }
            }
        }
        if (maxX < 0) {
            return false;
        }
        left = Math.max(x0, (minX << Rendering.BLOCK) - pixels);
        top = Math.max(y0, (minY << Rendering.BLOCK) - pixels);
        right = Math.min(x1, ((maxX + 1) << Rendering.BLOCK) + pixels);
        bottom = Math.min(y1, ((maxY + 1) << Rendering.BLOCK) + pixels);
        return left < right && top < bottom;
    }

    private void reserve() {
        int wide = cellsX + 2 * reach;
        int high = cellsY + 2 * reach;
        if (empty.length < high) {
            empty = new boolean[high];
            places = new int[2 * high];
            weights = new float[4 * high];
        }
        if (sums[0].length < (wide + 1) * high) {
            sums = new float[planes][(wide + 1) * high];
        }
        if (values[0].length < wide) {
            values = new float[planes][wide];
        }
        if (blurred[0].length < cellsX * cellsY) {
            blurred = new float[planes][cellsX * cellsY];
        }
    }

    private Spans shape(double x, double y, double diameter) {
        Lens lens = all.wish.lens();
        if (lens.catsEye() == 0) {
            Spans known = shapes[layer];
            if (known == null) {
                known = Spans.of(lens, diameter / (1 << shift), layer < Blurs.SHARP, 0, 0);
                shapes[layer] = known;
            }
            return known;
        }
        double half = Math.hypot(layers.width(), layers.height()) / 2;
        return Spans.of(
                lens,
                diameter / (1 << shift),
                layer < Blurs.SHARP,
                (x - layers.width() / 2.0) / half,
                (y - layers.height() / 2.0) / half);
    }

    /** A row of cells about the tile: colour and coverage of what is in the layer, as running sums. Beyond the picture it is mirrored. */
    private void read(int row) {
        int wide = cellsX + 2 * reach;
        for (float[] v : values) {
            Arrays.fill(v, 0, wide, 0);
        }
        int size = 1 << shift;
        int y = (fromY - reach + row) * size;
        int x = (fromX - reach) * size;
        boolean any = false;
        for (int i = 0; i < size; i++) {
            any |= line(mirrored(y + i, layers.height()), x, x + wide * size);
        }
        empty[row] = !any;
        if (any) {
            float scale = 1f / (size * size);
            for (int c = 0; c < planes; c++) {
                SpanSum.run(values[c], wide, scale, sums[c], row * (wide + 1));
            }
        }
    }

    /** Adds a line of pixels, block by block. */
    private boolean line(int y, int from, int to) {
        boolean any = false;
        int last = layers.width() - 1;
        if (from < 0) {
            any = outside(y, from, Math.min(0, to), from);
        }
        int blocks = (y >> Rendering.BLOCK) * all.blocksAcross;
        int end = Math.min(to, last + 1);
        for (int x = Math.max(0, from); x < end; ) {
            int next = Math.min(end, ((x >> Rendering.BLOCK) + 1) << Rendering.BLOCK);
            int block = blocks + (x >> Rendering.BLOCK);
            if (Rendering.in(all.seenIn, block, layer)) {
                any = true;
                seen(y * layers.width(), x, next, from);
            }
            if (Rendering.in(all.hiddenIn, block, layer)) {
                any = true;
                hidden(y, x, next, from);
            }
            x = next;
        }
        return to > last + 1 ? any | outside(y, Math.max(last + 1, from), to, from) : any;
    }

    /** Beyond its edge the picture is mirrored: a lamp at the edge must not become a beam. */
    private static int mirrored(int i, int n) {
        return Math.clamp(i < 0 ? -1 - i : i >= n ? 2 * n - 1 - i : i, 0, n - 1);
    }

    private boolean outside(int y, int from, int to, int origin) {
        Behind grid = layers.grid();
        int cells = (y >> grid.shift()) * grid.width();
        boolean any = false;
        for (int x = from; x < to; x++) {
            int inside = mirrored(x, layers.width());
            int pixel = y * layers.width() + inside;
            int cell = cells + (inside >> grid.shift());
            int i = (x - origin) >> shift;
            if (all.seen[pixel] == layer) {
                any = true;
                add(layers.seen(), pixel, layers.coverage()[pixel], i);
            }
            if (all.hidden[cell] == layer && layers.hides(pixel, cell)) {
                any = true;
                add(grid.hidden(), cell, 1, i);
            }
        }
        return any;
    }

    private void add(float[][] colour, int from, float coverage, int to) {
        for (int c = 0; c < planes - 1; c++) {
            values[c][to] += colour[c][from];
        }
        values[planes - 1][to] += coverage;
    }

    private void seen(int row, int from, int to, int origin) {
        float[] cover = values[planes - 1];
        if (glow > 0 && glows(row, from, to)) {
            bright(row, from, to, origin);
        } else {
            for (int c = 0; c < planes - 1; c++) {
                add(layers.seen()[c], values[c], row, from, to, origin);
            }
        }
        add(layers.coverage(), cover, row, from, to, origin);
    }

    private void add(float[] plane, float[] line, int row, int from, int to, int origin) {
        byte[] seen = all.seen;
        for (int x = from; x < to; x++) {
            line[(x - origin) >> shift] += seen[row + x] == layer ? plane[row + x] : 0;
        }
    }

    private void bright(int row, int from, int to, int origin) {
        for (int x = from; x < to; x++) {
            int pixel = row + x;
            if (all.seen[pixel] == layer) {
                float gain = gain(pixel, x, row);
                for (int c = 0; c < planes - 1; c++) {
                    int i = (x - origin) >> shift;
                    values[c][i] = Math.fma(gain, layers.seen()[c][pixel], values[c][i]);
                }
            }
        }
    }

    /** Whether any light of a piece of a line blooms. */
    private boolean glows(int row, int from, int to) {
        int cells = (row / layers.width() >> Glow.SHIFT) * all.glow.width();
        boolean any = false;
        for (int cell = from >> Glow.SHIFT; cell <= (to - 1) >> Glow.SHIFT; cell++) {
            any |= all.glow.gain()[cells + cell] > 0;
        }
        return any;
    }

    private float gain(int pixel, int x, int row) {
        float lit = Glow.lit(layers, pixel);
        return lit == 0
                ? 1
                : 1
                        + glow
                                * lit
                                * all.glow
                                        .gain()[
                                        (row / layers.width() >> Glow.SHIFT) * all.glow.width() + (x >> Glow.SHIFT)];
    }

    private void hidden(int y, int from, int to, int origin) {
        Behind grid = layers.grid();
        int cells = (y >> grid.shift()) * grid.width();
        for (int x = from; x < to; x++) {
            int cell = cells + (x >> grid.shift());
            if (all.hidden[cell] == layer && layers.hides(y * layers.width() + x, cell)) {
                add(grid.hidden(), cell, 1, (x - origin) >> shift);
            }
        }
    }

    /** A patch of places, within which the shape changes too little to be seen. */
    private void blur(int x, int y, int wide, int high, int patch, double diameter) {
        Spans shape = shape(middle(fromX + x, patch), middle(fromY + y, patch), diameter);
        for (int row = y; row < y + high; row++) {
            int spans = spans(shape, x, row);
            for (int c = 0; c < planes; c++) {
                SpanSum.gather(sums[c], places, weights, spans, blurred[c], row * cellsX + x, wide);
            }
        }
    }

    /** The middle of the patch that a cell lies in, in pixels. */
    private double middle(int cell, int patch) {
        return (Math.floorDiv(cell, patch) + 0.5) * patch * (1 << shift);
    }

    /** The shape about a place, as ends of spans among the running sums; how many rows of it are not empty. */
    private int spans(Spans shape, int x, int y) {
        int stride = cellsX + 2 * reach + 1;
        int rows = 0;
        for (int k = 0; k <= 2 * shape.reach(); k++) {
            int row = y + reach - shape.reach() + k;
            if (shape.weight()[k] > 0 && !empty[row]) {
                int at = row * stride + reach + x;
                end(shape.left()[k], (float) -shape.weight()[k], at, rows, 0);
                end(shape.right()[k], (float) shape.weight()[k], at, rows, 1);
                rows++;
            }
        }
        return rows;
    }

    /** One end of a span: between which sums it lies, and how they are mixed. */
    private void end(double offset, float weight, int at, int row, int side) {
        double edge = offset + 0.5;
        int whole = (int) Math.floor(edge);
        float part = (float) (edge - whole);
        places[2 * row + side] = at + whole;
        weights[4 * row + 2 * (1 - side)] = weight * (1 - part);
        weights[4 * row + 2 * (1 - side) + 1] = weight * part;
    }

    /** Makes a row of the tile, from {@link #left} to {@link #right}. */
    void row(int y) {
        if (shift == 0) {
            for (int c = 0; c < planes; c++) {
                System.arraycopy(blurred[c], (y - fromY) * cellsX, result[c], 0, right - left);
            }
            return;
        }
        float size = 1 << shift;
        float v = (y + 0.5f) / size - 0.5f - fromY;
        int upper = (int) v;
        float down = v - upper;
        for (int c = 0; c < planes; c++) {
            int a = upper * cellsX;
            int b = a + cellsX;
            float[] line = values[c];
            float[] from = blurred[c];
            for (int x = 0; x < cellsX; x++) {
                line[x] = Math.fma(down, from[b + x] - from[a + x], from[a + x]);
            }
            enlarge(line, result[c]);
        }
    }

    /** Linear interpolation along a row of cells: between two of their centres the steps are even. */
    private void enlarge(float[] line, float[] to) {
        int size = 1 << shift;
        float step = 1f / size;
        for (int i = 0; i < cellsX - 1; i++) {
            float slope = (line[i + 1] - line[i]) * step;
            float base = Math.fma(slope, 0.5f, line[i]);
            int x = ((fromX + i) << shift) + size / 2;
            int end = Math.min(right, x + size);
            for (int k = Math.max(left, x); k < end; k++) {
                to[k - left] = Math.fma(slope, k - x, base);
            }
        }
    }
}
