package dev.fovea.photo;

import dev.fovea.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies on both sides of edges of depth, on a grid of cells: the colour and disparity of the far side, continued behind the near one, and
 * of the near side. Found on a pyramid: the smallest cell that sees both sides tells them apart, and what is smaller and sees one only takes
 * over what the larger cells about it know (push and pull; Gortler and others, "The Lumigraph", 1996, with two values a cell).
 *
 * @param width cells per row
 * @param height rows of cells
 * @param shift a cell is 2^shift pixels wide and high
 * @param hidden planes of the far side's colour
 * @param far its disparity; NaN where no edge is near
 * @param before planes of the near side's colour
 * @param front its disparity; NaN where no edge is near
 * @param edge cells through which an edge may pass
 */
record Behind(
        int width,
        int height,
        int shift,
        float[][] hidden,
        float[] far,
        float[][] before,
        float[] front,
        boolean[] edge) {
    /** More cells than this are not worth their time: what is hidden is only ever seen through something soft. */
    private static final int CELLS = 1_300_000;

    private static final int BAND = 32;
    /** How far background is continued, as a share of the picture's longer side. */
    private static final double EXTENT = 0.06;

    static Behind of(int width, int height, float[][] planes, float[] disparity, float apart, double reach) {
        int shift = 0;
        while (((width >> shift) * (long) (height >> shift)) > CELLS) {
            shift++;
        }
        Sides finest = Sides.of(width, height, shift, planes, disparity);
        boolean[] edge = finest.edges(apart, Math.max(1, (int) Math.round(reach / (1 << shift))));
        finest.forget(edge);
        var levels = new ArrayList<Sides>(List.of(finest));
        double extent = EXTENT * Math.max(width, height);
        for (int size = 2 << shift; size < 2 * extent && levels.getLast().width() > 1; size *= 2) {
            levels.add(levels.getLast().halved(apart));
        }
        for (int i = levels.size() - 1; i >= 0; i--) {
            Sides level = levels.get(i);
            boolean top = i == levels.size() - 1;
            Sides above = top ? level : levels.get(i + 1);
            // A slope differs by more the larger a cell is, and is no edge.
            float wide = apart * (1 + 0.5f * i);
            Work.rows(level.height(), BAND, (from, to) -> level.pull(above, top, wide, from, to));
        }
        return new Behind(
                finest.width(),
                finest.height(),
                shift,
                finest.farColour(),
                finest.far(),
                finest.nearColour(),
                finest.near(),
                edge);
    }
}
