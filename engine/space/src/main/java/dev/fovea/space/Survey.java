package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Resize;
import dev.fovea.space.kernel.MatchCost;
import java.util.Arrays;

/**
 * A quick look at a pair made small: whether there is something to match, whether the views agree, and how large disparities are.
 *
 * @param texture share of the pixels that differ from a neighbour by more than noise does
 * @param agreement share of the pixels whose partner in the right view leads back to them
 * @param swapped the same after left and right are exchanged
 * @param range the largest disparity, in pixels of the whole pair
 */
record Survey(double texture, double agreement, double swapped, int range) {
    private static final int WIDTH = 320;

    /** Of the small pair's width. */
    private static final double WIDEST = 0.45;

    private static final int LANES = MatchCost.LANES;
    private static final int ISLAND = 40;

    /** Steps of 0..255 that noise rarely makes in a picture made small. */
    private static final int STEP = 4;

    private static final double TEXTURE = 0.01;
    private static final double AGREEMENT = 0.3;

    /** The share of disparities that are not trusted to be large. */
    private static final double RARE = 0.002;

    static Survey of(StereoPair pair) {
        double scale = Math.max(1, pair.width() / (double) WIDTH);
        int w = (int) Math.round(pair.width() / scale), h = (int) Math.max(8, Math.round(pair.height() / scale));
        StereoPair small = pair;
        if (scale > 1) {
            var area = new Resize(w, Math.min(h, pair.height()), Resize.Filter.BOX);
            small = new StereoPair(area.apply(pair.left()), area.apply(pair.right()));
        }
        int range = Math.max(LANES, (int) Math.round(w * WIDEST / LANES) * LANES);
        float[] there = known(small, range);
        float[] back = known(new StereoPair(small.right(), small.left()), range);
        double largest = largest(there);
        int most = (int) Math.ceil((largest * 1.1 + 2) * scale);
        return new Survey(texture(small), share(there), share(back), Math.clamp(most, 16, pair.width() - 1));
    }

    private static float[] known(StereoPair pair, int range) {
        float[] known = SemiGlobal.of(pair, range).checked();
        Speckles.remove(known, pair.width(), pair.height(), ISLAND, 1);
        return known;
    }

    private static double share(float[] known) {
        int count = 0;
        for (float v : known) {
            count += Float.isNaN(v) ? 0 : 1;
        }
        return (double) count / known.length;
    }

    private static double largest(float[] known) {
        float[] sorted = known.clone();
        Arrays.sort(sorted);
        int count = (int) Math.round(share(known) * known.length);
        return count == 0 ? 0 : sorted[(int) ((count - 1) * (1 - RARE))];
    }

    private static double texture(StereoPair pair) {
        short[][] colours = Tones.of(pair).left();
        int w = pair.width(), h = pair.height(), count = 0;
        for (int y = 0; y < h - 1; y++) {
            for (int x = 0; x < w - 1; x++) {
                int i = y * w + x;
                short g = colours[1][i];
                boolean edge = Math.abs(colours[1][i + 1] - g) > STEP || Math.abs(colours[1][i + w] - g) > STEP;
                count += edge ? 1 : 0;
            }
        }
        return (double) count / (w * h);
    }

    /**
     * This, if something can be measured.
     *
     * @throws BadInput if not
     */
    Survey checked() {
        if (texture < TEXTURE) {
            throw new BadInput(
                    "the left picture",
                    "has no texture by which it could be matched",
                    "take a picture with more detail");
        }
        if (swapped > 1.25 * agreement + 0.05 && swapped > AGREEMENT) {
            throw new BadInput("the pair", "has left and right swapped", "give the left picture first");
        }
        if (agreement < AGREEMENT) {
            throw unrelated();
        }
        return this;
    }

    static BadInput unrelated() {
        return new BadInput(
                "the pair", "does not show one scene from two places side by side", "give two pictures that do");
    }
}
