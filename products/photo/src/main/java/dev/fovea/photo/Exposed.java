package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * One shot of a bracket as light.
 *
 * @param light in units of the reference's exposure
 * @param trust one plane, 1 where all is well exposed, falling to 0 where a channel is clipped: common to the channels of a pixel and
 *     to the pixels of a 2×2 cell of a mosaic, so that no fringe of false colour appears
 * @param noise of light in the shot's own units
 * @param exposure of the shot, relative to the reference
 * @param ceiling the light at which it clips, in units of the reference's exposure
 */
record Exposed(Image light, Image trust, LightNoise noise, double exposure, float ceiling) {
    private static final int BAND = 64;
    /** Trust falls from 1 to 0 between these shares of the largest value. */
    private static final float FULL = 0.92f;

    private static final float NONE = 0.985f;
    /** Of a sensor that does not tell: a middle gain. */
    private static final NoiseModel USUAL = new NoiseModel(2e-5, 5e-3);

    /** A developed frame. */
    static Exposed of(Frame frame, ResponseCurve response, double exposure) {
        Image codes = frame.image();
        int w = codes.width();
        var trust = new float[w * codes.height()];
        Work.rows(codes.height(), BAND, (from, to) -> {
            for (int i = from * w; i < to * w; i++) {
                float top = 0;
                for (int c = 0; c < codes.colour().planes(); c++) {
                    top = Math.max(top, codes.plane(c)[i]);
                }
                trust[i] = trust(top);
            }
        });
        float ceiling = Float.MAX_VALUE;
        for (float[] row : response.inverse()) {
            ceiling = Math.min(ceiling, ResponseCurve.light(row, FULL * 255));
        }
        var noise = LightNoise.of(response, codeNoise(codes));
        return of(response.apply(codes), trust, noise, exposure, ceiling);
    }

    /** Sensor values; a mosaic stays one. */
    static Exposed of(Raw raw, double exposure) {
        int w = raw.width();
        int h = raw.height();
        boolean mosaic = raw.cfa().mosaic();
        var planes = new float[mosaic ? 1 : 3][w * h];
        var trust = new float[w * h];
        Work.rows((h + 1) / 2, BAND / 2, (from, to) -> {
            for (int c = 0; c < planes.length; c++) {
                for (int y = 2 * from; y < Math.min(h, 2 * to); y++) {
                    for (int x = 0; x < w; x++) {
                        planes[c][y * w + x] = raw.value(c, x, y);
                    }
                }
            }
            trustCells(planes, w, 2 * from, Math.min(h, 2 * to), trust);
        });
        var noise = LightNoise.of(raw.noise().orElse(USUAL), planes.length);
        Colour colour = mosaic ? Colour.LINEAR_GREY : Colour.LINEAR;
        return of(Image.of(w, h, colour, planes), trust, noise, exposure, FULL);
    }

    private static void trustCells(float[][] planes, int w, int from, int to, float[] trust) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < w; x++) {
                float top = 0;
                for (float[] p : planes) {
                    int above = (y & ~1) * w;
                    int left = x & ~1;
                    int right = Math.min(w - 1, left + 1);
                    int below = Math.min(to - 1, (y & ~1) + 1) * w;
                    top = Math.max(top, Math.max(p[above + left], p[above + right]));
                    top = Math.max(top, Math.max(p[below + left], p[below + right]));
                }
                trust[y * w + x] = trust(top);
            }
        }
    }

    private static Exposed of(Image own, float[] trust, LightNoise noise, double exposure, float ceiling) {
        float scale = (float) (1 / exposure);
        for (int c = 0; c < own.colour().planes(); c++) {
            float[] p = own.plane(c);
            Work.rows(own.height(), BAND, (from, to) -> {
                for (int i = from * own.width(); i < to * own.width(); i++) {
                    p[i] *= scale;
                }
            });
        }
        Image t = Image.of(own.width(), own.height(), Colour.LINEAR_GREY, trust);
        return new Exposed(own, t, noise, exposure, ceiling * scale);
    }

    private static float trust(float top) {
        float t = Math.clamp((NONE - top) / (NONE - FULL), 0, 1);
        return t * t * (3 - 2 * t);
    }

    /** The typical noise in codes: the median of the second difference both ways of well-exposed pixels (Immerkær 1996, made robust). */
    private static double codeNoise(Image codes) {
        int w = codes.width();
        float[] p = codes.plane(codes.colour().planes() / 2);
        int step = Math.max(1, codes.height() / 512);
        var found = new float[(codes.height() / step + 1) * w];
        int n = 0;
        for (int y = 1; y < codes.height() - 1; y += step) {
            for (int x = 1; x < w - 1; x++) {
                int i = y * w + x;
                if (p[i] > 0.05f && p[i] < 0.9f) {
                    float columns = p[i - w] + p[i + w] + p[i - 1] + p[i + 1];
                    float corners = p[i - w - 1] + p[i - w + 1] + p[i + w - 1] + p[i + w + 1];
                    found[n++] = Math.abs(4 * p[i] - 2 * columns + corners);
                }
            }
        }
        Arrays.sort(found, 0, n);
        return n == 0 ? 1 : Math.clamp(found[n / 2] / 0.6745 / 6 * 255, 0.7, 12);
    }

    /** The square root of light, 1 at a ceiling: what {@link Aligner} compares. */
    Image grey(float ceiling) {
        var grey = new float[light.width() * light.height()];
        int planes = light.colour().planes();
        Work.rows(light.height(), BAND, (from, to) -> {
            for (int i = from * light.width(); i < to * light.width(); i++) {
                float sum = 0;
                for (int c = 0; c < planes; c++) {
                    sum += Math.min(light.plane(c)[i], ceiling);
                }
                grey[i] = (float) Math.sqrt(Math.max(0, sum) / (planes * ceiling));
            }
        });
        return Image.of(light.width(), light.height(), Colour.GREY, grey);
    }

    /** Resampled. */
    Exposed moved(UnaryOperator<Image> motion) {
        return new Exposed(motion.apply(light), motion.apply(trust), noise, exposure, ceiling);
    }
}
