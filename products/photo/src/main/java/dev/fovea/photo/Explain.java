package dev.fovea.photo;

import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.util.ArrayList;
import java.util.List;

/** Draws what the merge saw. */
final class Explain {
    private Explain() {}

    static List<Night.Named> of(Merging m, Burst burst) {
        var pictures = new ArrayList<Night.Named>();
        pictures.add(new Night.Named("reference", Linear.shown(burst.shots().get(m.reference()))));
        for (int f = 0; f < burst.size(); f++) {
            if (f != m.reference()) {
                pictures.add(new Night.Named("alignment-" + f, field(m.fields().get(f))));
                pictures.add(new Night.Named(
                        "merged-" + f, map(m.merged(), m.merged().used()[f], false)));
                pictures.add(new Night.Named(
                        "motion-" + f, map(m.merged(), m.merged().trust()[f], true)));
            }
        }
        pictures.add(new Night.Named("noise-curve", NoisePlot.of(m.noise())));
        return pictures;
    }

    /** One value for each tile, eight pixels wide. */
    private static Image map(Merge.Merged merged, float[] values, boolean inverted) {
        int scale = 4;
        int w = merged.columns() * scale;
        int h = merged.rows() * scale;
        float[] out = new float[w * h];
        for (int i = 0; i < out.length; i++) {
            float v = values[i / w / scale * merged.columns() + i % w / scale];
            out[i] = Math.clamp(inverted ? 1 - v : v, 0f, 1f);
        }
        return Image.of(w, h, Colour.GREY, out);
    }

    /** Displacements about their mean: the hue is the direction, the brightness the length, white 2 pixels. */
    private static Image field(Field field) {
        int scale = 8;
        int w = field.columns() * scale;
        int h = field.rows() * scale;
        double mx = mean(field.dx());
        double my = mean(field.dy());
        float[][] rgb = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            int t = i / w / scale * field.columns() + i % w / scale;
            double x = 2 * (field.dx()[t] - mx);
            double y = 2 * (field.dy()[t] - my);
            double hue = (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1;
            double value = Math.min(1, Math.hypot(x, y) / 2);
            for (int c = 0; c < 3; c++) {
                double k = (hue * 6 + 5 - 2 * c) % 6;
                rgb[c][i] = (float) (value * (1 - Math.clamp(Math.min(k, 4 - k), 0, 1)));
            }
        }
        return Image.of(w, h, Colour.SRGB, rgb);
    }

    private static double mean(float[] v) {
        double sum = 0;
        for (float x : v) {
            sum += x;
        }
        return sum / v.length;
    }
}
