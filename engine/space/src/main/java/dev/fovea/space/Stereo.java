package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.Knob;
import dev.fovea.Knobs;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Resize;
import dev.fovea.space.kernel.MatchCost;
import dev.fovea.space.kernel.SigmaFilter;

/**
 * Measures how far apart two rectified views see each pixel: semi-global matching (Hirschmüller 2008), checked from the right view, small
 * islands removed, gaps filled from behind. Pictures of more than a megapixel or so are matched smaller, and the result is brought back
 * along the picture's edges.
 *
 * @param range see its knob
 * @param holes see its knob
 */
public record Stereo(
        @Knob(
                normal = 0,
                max = 2048,
                step = 1,
                unit = "pixels",
                help = "Disparities up to about this are looked for; 0 finds the range by itself.")
        int range,

        @Knob(normal = 0, help = "Whether pixels that only one view sees stay unknown.")
        boolean holes)
        implements Stage<StereoPair, Disparity> {
    /** Pictures of more pixels are matched smaller. */
    private static final int MOST_PIXELS = 1_300_000;

    /** Islands of fewer pixels are removed. */
    private static final int ISLAND = 100;

    /** Views of one scene agree at more of their pixels. */
    private static final double AGREEMENT = 0.3;

    /** Pixels of one surface differ by less than this, in pixels. */
    private static final float NOISE = 1;

    /** Something that is known must be more than nothing. */
    private static final float NEARLY_NOTHING = 1e-3f;

    /** Dense, of any range. */
    public Stereo() {
        this(0, false);
    }

    /** Checks the knobs. */
    public Stereo {
        Knobs.check(Stereo.class, range, holes ? 1 : 0);
    }

    /**
     * The disparity of the left view.
     *
     * @throws BadInput if the pictures have no texture, do not show one scene, or are swapped
     */
    @Override
    public Disparity apply(StereoPair pair) {
        Work.step("matching", 0);
        int most = range > 0 ? range : Survey.of(pair).checked().range();
        int w = pair.width(), h = pair.height();
        double scale = Math.max(1, Math.sqrt((double) w * h / MOST_PIXELS));
        if (scale < 1.2) {
            return Disparity.of(w, h, matched(pair, most));
        }
        var area = new Resize((int) Math.round(w / scale), (int) Math.round(h / scale), Resize.Filter.BOX);
        var small = new StereoPair(area.apply(pair.left()), area.apply(pair.right()));
        float[] matched = matched(small, (int) Math.ceil((double) most * small.width() / w));
        Work.step("refining", 0.7);
        Disparity coarse = Disparity.of(small.width(), small.height(), matched);
        return new DepthRepair(holes).along(coarse, pair.left());
    }

    private float[] matched(StereoPair pair, int most) {
        int w = pair.width(), h = pair.height();
        int lanes = (Math.min(most, w) + MatchCost.LANES - 1) / MatchCost.LANES;
        SemiGlobal views = SemiGlobal.of(pair, lanes * MatchCost.LANES);
        float[] known = views.checked();
        Speckles.remove(known, w, h, ISLAND, 1);
        if (share(known) < AGREEMENT) {
            Survey.of(pair).checked();
            throw Survey.unrelated();
        }
        for (int i = 0; i < known.length; i++) {
            known[i] = known[i] < NEARLY_NOTHING ? NEARLY_NOTHING : known[i];
        }
        return smoothed(holes ? known : Filling.filled(known, w, h, views.colours()), w, h);
    }

    private static float[] smoothed(float[] values, int width, int height) {
        var smooth = new float[values.length];
        Work.rows(height, 32, (from, to) -> {
            for (int y = from; y < to; y++) {
                SigmaFilter.row(values, width, height, y, NOISE, smooth);
            }
        });
        return smooth;
    }

    private static double share(float[] known) {
        int count = 0;
        for (float v : known) {
            count += Float.isNaN(v) ? 0 : 1;
        }
        return (double) count / known.length;
    }
}
