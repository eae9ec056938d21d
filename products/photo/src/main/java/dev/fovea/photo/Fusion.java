package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.kernel.Detail;
import dev.fovea.photo.kernel.Octave;

/**
 * Exposure fusion and local contrast in one pyramid of luma (Mertens 2007, as in Hasinoff 2016, section 6).
 *
 * <p>Every octave of the result is the weighted sum of that octave in the synthetic {@link Exposures}, and passes {@link Detail} on its
 * way. The two finest octaves take weights and curves point by point from lightness; the pyramids of the exposures themselves start at a
 * quarter of the size, where they cost a twelfth of what they would.
 */
final class Fusion {
    private static final int BAND = 32;

    /** How much of the noise of one octave is left in the next: white noise keeps 0.27 and then 0.5; what demosaicing smeared keeps more. */
    private static final double[] LEFT = {1, 0.5, 0.27, 0.14, 0.07, 0.035, 0.018};

    private final Exposures exposures;
    private final Lightness lightness;
    private final Tone tone;

    Fusion(Exposures exposures, Lightness lightness, Tone tone) {
        this.exposures = exposures;
        this.lightness = lightness;
        this.tone = tone;
    }

    /** What an octave's detail is multiplied by; octave 0 is the finest. */
    Detail detail(int octave) {
        double sure = 1.5 * LEFT[Math.min(octave, LEFT.length - 1)];
        double square = tone.clean() == 0 && tone.contrast() == 0 && tone.sharpness() == 0 ? 0 : sure * sure;
        var noise = lightness.noise();
        double boost = octave == 0 ? tone.sharpness() : tone.contrast() * (octave == 1 ? 0.5 : 0.6);
        return new Detail(
                (float) (square * noise.shot() / 4),
                (float) (square * (noise.read() - noise.shot() * lightness.offset()) / 4),
                lightness.offset(),
                (float) boost,
                (float) (1 - 0.7 * tone.clean()));
    }

    /**
     * Display luma at half size.
     *
     * @param half lightness at half size
     */
    Level fuse(Level half) {
        Level quarter = half.down();
        Level shown = coarse(quarter);
        Detail detail = detail(1);
        float[] out = new float[half.plane().length];
        int w = half.width();
        Work.rows(half.height(), BAND, (from, to) -> {
            float[] fine = new float[w];
            float[] coarse = new float[w];
            float[] row = new float[w];
            float[] mixed = new float[quarter.width()];
            for (int y = from; y < to; y++) {
                System.arraycopy(half.plane(), y * w, fine, 0, w);
                Octave.up(quarter.plane(), w, half.height(), y, coarse, mixed);
                Octave.up(shown.plane(), w, half.height(), y, row, mixed);
                detail.add(fine, coarse, row, w, exposures.table(), exposures.scale(), exposures.last());
                System.arraycopy(row, 0, out, y * w, w);
            }
        });
        return new Level(out, w, half.height());
    }

    /** Exposure fusion proper, of a quarter-size picture. */
    private Level coarse(Level quarter) {
        int depth = quarter.depth(4);
        Level[] light = quarter.pyramid(depth);
        Level[][] planes = new Level[Exposures.ROW][];
        for (int k = 0; k < Exposures.ROW; k++) {
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
        float[] table = exposures.table();
        float scale = exposures.scale();
        int last = exposures.last();
        float[] out = new float[light.plane().length];
        Work.rows(light.height(), BAND, (from, to) -> {
            for (int i = from * light.width(); i < to * light.width(); i++) {
                float at = light.plane()[i] * scale;
                int row = Math.min((int) at, last);
                float a = table[row * Exposures.ROW + k];
                out[i] = a + (table[(row + 1) * Exposures.ROW + k] - a) * (at - row);
            }
        });
        return new Level(out, light.width(), light.height());
    }

    private static Level blend(Level[][] planes, int j) {
        Level first = planes[0][j];
        float[] out = new float[first.plane().length];
        for (int k = 0; k < Exposures.COUNT; k++) {
            float[] f = planes[k][j].plane();
            float[] w = planes[Exposures.COUNT + k][j].plane();
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
            float[] row = new float[w];
            float[] coarse = new float[w];
            float[] sum = new float[w];
            float[] mixed = new float[small.width()];
            for (int y = from; y < to; y++) {
                int at = y * w;
                java.util.Arrays.fill(sum, 0);
                for (int k = 0; k < Exposures.COUNT; k++) {
                    Octave.up(planes[k][j + 1].plane(), w, h, y, row, mixed);
                    float[] f = planes[k][j].plane();
                    float[] weight = planes[Exposures.COUNT + k][j].plane();
                    for (int x = 0; x < w; x++) {
                        sum[x] += weight[at + x] * (f[at + x] - row[x]);
                    }
                }
                Octave.up(light[j + 1].plane(), w, h, y, coarse, mixed);
                Octave.up(small.plane(), w, h, y, row, mixed);
                for (int x = 0; x < w; x++) {
                    float d = here.plane()[at + x] - coarse[x];
                    out[at + x] = row[x] + sum[x] * detail.gain(d, coarse[x], sum[x]);
                }
            }
        });
        return new Level(out, w, h);
    }
}
