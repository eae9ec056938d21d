package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.kernel.SrgbCurve;
import dev.fovea.photo.kernel.Detail;
import dev.fovea.photo.kernel.Octave;

/** The last pass, at full size: finest detail, mood, colour, highlights and the sRGB transfer, row by row without a plane in between. */
final class Print {
    private static final int BAND = 32;

    private final Image linear;
    private final Lightness scale;
    private final float softening;
    private final Negative negative;
    private final Chroma noisy;
    private final Chroma clean;
    private final SyntheticExposures exposures;
    private final Level shown;
    private final Level curve;
    private final Detail detail;
    private final Metering metering;
    private final Mood mood;
    private final Tone tone;

    Print(
            Image linear,
            Lightness scale,
            float softening,
            Negative negative,
            Chroma noisy,
            Chroma clean,
            SyntheticExposures exposures,
            Level shown,
            Detail detail,
            Metering metering,
            Mood mood,
            Tone tone) {
        this.linear = linear;
        this.scale = scale;
        this.softening = softening;
        this.negative = negative;
        this.noisy = noisy;
        this.clean = clean;
        this.exposures = exposures;
        this.shown = shown;
        curve = exposures.flat(negative.light());
        this.detail = detail;
        this.metering = metering;
        this.mood = mood;
        this.tone = tone;
    }

    Image image() {
        int w = linear.width();
        int h = linear.height();
        float[] r = new float[w * h];
        float[] g = new float[w * h];
        float[] b = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            var row = new Row(w);
            for (int y = from; y < to; y++) {
                row.luma(y);
                row.chroma(y);
                row.colour(y * w, r, g, b);
            }
        });
        return Image.of(w, h, Colour.SRGB, r, g, b);
    }

    /** The scratch of one row, and its steps. */
    private final class Row {
        private final int width;
        private final Window window;
        private final float[] luma;
        private final float[] u;
        private final float[] v;
        private final float[] uFrom;
        private final float[] vFrom;
        private final float[] mixed;
        private final float[] rgb = new float[3];

        Row(int width) {
            this.width = width;
            window = new Window(this::lightness, negative.light(), width, linear.height());
            luma = new float[width];
            u = new float[width];
            v = new float[width];
            uFrom = new float[width];
            vFrom = new float[width];
            mixed = new float[Octave.half(width)];
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

        /** Chroma of the row: the clean one of half size, and of its own detail what stands out of the noise. */
        void chroma(int y) {
            up(clean.u(), y, u);
            up(clean.v(), y, v);
            up(noisy.u(), y, uFrom);
            up(noisy.v(), y, vFrom);
            float[] r = linear.plane(0);
            float[] g = linear.plane(1);
            float[] b = linear.plane(2);
            var expected = new Chroma.Octaves(scale, softening, 8 * tone.clean());
            float[] light = window.coarse();
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float l = Lightness.RED * r[i] + Lightness.GREEN * g[i] + Lightness.BLUE * b[i];
                float around = light[x] * light[x] - scale.offset();
                float least = Math.min(around, 4 * tone.clean() * expected.deviation(around));
                float base = 1 / (Math.max(Math.max(l, least), 0) + softening);
                float du = (r[i] - l) * base - uFrom[x];
                float dv = (b[i] - l) * base - vFrom[x];
                float energy = du * du + dv * dv;
                float noise = expected.noise(light[x]);
                float share = energy * energy / (energy * energy + noise * noise + 1e-20f);
                u[x] += du * share;
                v[x] += dv * share;
            }
        }

        void colour(int at, float[] r, float[] g, float[] b) {
            float fade = 0.35f * tone.colour();
            float vivid = 1 + 0.3f * tone.colour();
            boolean roll = tone.highlights() > 0;
            float burn = 0.8f * tone.highlights();
            float toWhite = (float) (metering.gain() / metering.white());
            float[] fine = window.fine();
            for (int x = 0; x < width; x++) {
                float y = Math.max(0, mood.at(luma[x]));
                // What outshines the white point burns out towards white, as on film; what lies below keeps its colour.
                float over = Math.max(0, (fine[x] * fine[x] - scale.offset()) * toWhite - 0.7f);
                float saturation = (vivid - fade * 0.02f / (0.02f + y)) / (1 + burn * over);
                float du = u[x] * saturation;
                float dv = v[x] * saturation;
                float red = y * (1 + du);
                float blue = y * (1 + dv);
                float green = y * (1 - (Lightness.RED * du + Lightness.BLUE * dv) / Lightness.GREEN);
                if (roll && Math.max(red, Math.max(green, blue)) > 1) {
                    rgb[0] = Math.max(0, red);
                    rgb[1] = Math.max(0, green);
                    rgb[2] = Math.max(0, blue);
                    Gamut.fit(rgb);
                    red = rgb[0];
                    green = rgb[1];
                    blue = rgb[2];
                }
                r[at + x] = red;
                g[at + x] = green;
                b[at + x] = blue;
            }
            SrgbCurve.encode(r, at, r, at, width);
            SrgbCurve.encode(g, at, g, at, width);
            SrgbCurve.encode(b, at, b, at, width);
        }

        private void up(Level half, int y, float[] row) {
            Octave.up(half.plane(), width, linear.height(), y, row, mixed);
        }
    }
}
