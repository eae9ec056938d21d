package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.photo.kernel.Detail;
import dev.fovea.photo.kernel.Octave;
import dev.fovea.photo.kernel.Shrink;

/**
 * The last pass, at full size: finest detail, chroma and colours, row by row with no plane in between.
 *
 * @param negative the linear picture at half size
 * @param noisy its chroma
 * @param calm the same without noise
 * @param shown display luma at half size
 * @param detail what happens to the finest octave of luma
 * @param shrink what happens to the finest octave of chroma
 * @param trust how many standard deviations of luma chroma's divisor is kept above
 */
record Print(
        Image linear,
        Lightness scale,
        Negative negative,
        Chroma noisy,
        Chroma calm,
        SyntheticExposures exposures,
        Level shown,
        Detail detail,
        Shrink shrink,
        float trust,
        Palette palette) {
    private static final int BAND = 32;

    Image image() {
        int w = linear.width();
        int h = linear.height();
        float[] r = new float[w * h];
        float[] g = new float[w * h];
        float[] b = new float[w * h];
        Level curve = exposures.flat(negative.light());
        Work.rows(h, BAND, (from, to) -> {
            var row = new Row(curve);
            for (int y = from; y < to; y++) {
                row.luma(y);
                row.chroma(y);
                row.colour(y, r, g, b);
            }
        });
        return Image.of(w, h, Colour.SRGB, r, g, b);
    }

    /** The scratch of one thread, and the steps of a row. */
    private final class Row {
        private final int width = linear.width();
        private final Level curve;
        private final Window window = new Window(this::lightness, negative.light(), width, linear.height());
        private final float[] luma = new float[width];
        private final float[] u = new float[width];
        private final float[] v = new float[width];
        private final float[] noisyU = new float[width];
        private final float[] noisyV = new float[width];
        private final float[] mixed = new float[Octave.half(width)];

        Row(Level curve) {
            this.curve = curve;
        }

        private void lightness(int y, float[] out) {
            Negative.row(linear, scale, y * width, (y + 1) * width, out);
        }

        void luma(int y) {
            window.move(y);
            up(shown, y, luma);
            up(curve, y, u);
            exposures.add(detail, window, u, luma, width);
        }

        void chroma(int y) {
            up(calm.u(), y, u);
            up(calm.v(), y, v);
            up(noisy.u(), y, noisyU);
            up(noisy.v(), y, noisyV);
            shrink.add(
                    linear.plane(0),
                    linear.plane(1),
                    linear.plane(2),
                    y * width,
                    window.coarse(),
                    noisyU,
                    noisyV,
                    u,
                    v,
                    trust,
                    width);
        }

        void colour(int y, float[] r, float[] g, float[] b) {
            palette.row(window.fine(), luma, u, v, width, r, g, b, y * width);
        }

        private void up(Level half, int y, float[] row) {
            Octave.up(half.plane(), width, linear.height(), y, row, mixed);
        }
    }
}
