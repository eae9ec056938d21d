package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.Detail;
import dev.fovea.photo.kernel.Octave;

/**
 * Exposure fusion and local contrast in one pyramid of luma (Mertens 2007, as in Hasinoff 2016, section 6).
 *
 * <p>Every octave of the result is the weighted sum of that octave in the synthetic {@link SyntheticExposures}, and passes {@link Detail} on its
 * way. The two finest octaves take weights and curves point by point from lightness; the pyramids of the exposures themselves start at a
 * quarter of the size, where they cost a twelfth of what they would.
 */
final class Fusion {
    private static final int BAND = 32;

    /** How much of the noise of one octave is left in the next: white noise keeps 0.27 and then 0.5; what demosaicing smeared keeps more. */
    private static final double[] LEFT = {1, 0.45, 0.22, 0.1, 0.05, 0.025, 0.012};

    /** How many times the energy of noise a detail needs to be believed by half. */
    private static final double SURE = 2.5;

    private final SyntheticExposures exposures;
    private final Lightness lightness;
    private final Tone tone;

    Fusion(SyntheticExposures exposures, Lightness lightness, Tone tone) {
        this.exposures = exposures;
        this.lightness = lightness;
        this.tone = tone;
    }

    /** What an octave's detail is multiplied by; octave 0 is the finest. */
    Detail detail(int octave) {
        double left = LEFT[Math.min(octave, LEFT.length - 1)];
        double square = SURE * left * left;
        var noise = lightness.noise();
        double boost = octave == 0 ? tone.sharpness() : tone.contrast() * (octave == 1 ? 0.5 : 0.6);
        return new Detail(
                (float) (square * noise.shot() / 4),
                (float) (square * (noise.read() - noise.shot() * lightness.offset()) / 4),
                lightness.offset(),
                (float) boost,
                (float) Math.max(0, 1 - 1.25 * tone.clean()));
    }

    /**
     * Display luma at half size.
     *
     * @param half lightness at half size
     */
    Level fuse(Level half) {
        Level quarter = half.down();
        Level shown = coarse(quarter);
        Level curve = exposures.flat(quarter);
        Detail detail = detail(1);
        float[] out = new float[half.plane().length];
        int w = half.width();
        Work.rows(half.height(), BAND, (from, to) -> {
            var window = new Window(half::row, quarter, w, half.height());
            float[] row = new float[w];
            float[] flat = new float[w];
            float[] mixed = new float[quarter.width()];
            for (int y = from; y < to; y++) {
                window.move(y);
                Octave.up(shown.plane(), w, half.height(), y, row, mixed);
                Octave.up(curve.plane(), w, half.height(), y, flat, mixed);
                exposures.add(detail, window, flat, row, w);
                System.arraycopy(row, 0, out, y * w, w);
            }
        });
        return new Level(out, w, half.height());
    }

    /** Exposure fusion proper, of a quarter-size picture. */
    private Level coarse(Level quarter) {
        int depth = quarter.depth(4);
        Level[] light = quarter.pyramid(depth);
        Level[][] planes = new Level[SyntheticExposures.ROW][];
        for (int k = 0; k < SyntheticExposures.ROW; k++) {
            planes[k] = column(quarter, k).pyramid(depth);
        }
        Level out = blend(planes, depth - 1);
        for (int j = depth - 2; j >= 0; j--) {
            out = finer(planes, light, out, j);
        }
        return out;
    }

    /** One column of the exposures' table, looked up for every pixel. */
    private Level column(Level light, int k) {
        int w = light.width();
        float[] out = new float[light.plane().length];
        Work.rows(light.height(), BAND, (from, to) -> exposures.column(k, light.plane(), out, from * w, to * w));
        return new Level(out, light.width(), light.height());
    }

    private static Level blend(Level[][] planes, int j) {
        Level first = planes[0][j];
        float[] out = new float[first.plane().length];
        for (int k = 0; k < SyntheticExposures.COUNT; k++) {
            float[] f = planes[k][j].plane();
            float[] w = planes[SyntheticExposures.COUNT + k][j].plane();
            for (int i = 0; i < out.length; i++) {
                out[i] += f[i] * w[i];
            }
        }
        return new Level(out, first.width(), first.height());
    }

    private Level finer(Level[][] planes, Level[] light, Level small, int j) {
        Level here = light[j];
        int w = here.width();
        int h = here.height();
        float[] out = new float[w * h];
        Detail detail = detail(j + 2);
        Work.rows(h, BAND, (from, to) -> {
            var window = new Window(here::row, light[j + 1], w, h);
            float[] row = new float[w];
            float[] sum = new float[w];
            float[] mixed = new float[small.width()];
            for (int y = from; y < to; y++) {
                int at = y * w;
                java.util.Arrays.fill(sum, 0);
                for (int k = 0; k < SyntheticExposures.COUNT; k++) {
                    Octave.up(planes[k][j + 1].plane(), w, h, y, row, mixed);
                    float[] f = planes[k][j].plane();
                    float[] weight = planes[SyntheticExposures.COUNT + k][j].plane();
                    for (int x = 0; x < w; x++) {
                        sum[x] += weight[at + x] * (f[at + x] - row[x]);
                    }
                }
                window.move(y);
                Octave.up(small.plane(), w, h, y, row, mixed);
                for (int x = 0; x < w; x++) {
                    out[at + x] = row[x] + sum[x] * detail.gain(window.energy()[x], window.coarse()[x], sum[x]);
                }
            }
        });
        return new Level(out, w, h);
    }
}
