package dev.fovea.space;

import dev.fovea.Knob;
import dev.fovea.Knobs;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.space.kernel.EdgeSmoother;

/**
 * Brings depth from a sensor (structured light, time of flight) or from a smaller picture to a picture's grid: wild pixels are dropped,
 * those that fly between two surfaces hardly believed, holes filled, noise smoothed, and the surfaces' borders laid where the picture has
 * its edges. What is measured is spread along the picture by the fast global smoother (Min et al. 2014), divided by how much of it arrives
 * (normalised convolution, Knutsson and Westin 1993).
 *
 * @param holes see its knob
 */
public record DepthRepair(
        @Knob(normal = 0, help = "Whether pixels far from anything measured stay unknown.")
        boolean holes) {
    /** Larger pictures guide at this many pixels; the rest is found from each pixel's neighbours. */
    private static final int MOST_PIXELS = 3_000_000;

    /** Of the smoother. */
    private static final int ROUNDS = 3;

    /** A pixel of so many of the picture's is a mean of what is there. */
    private static final float COARSE = 2;

    /** How often what is still missing is spread again. */
    private static final int CORRECTIONS = 3;

    /** How far a measurement spreads over an even surface, in distances between measurements. */
    private static final float REACH = 2;

    /** The difference of colour, 0..255, that halts three quarters of it where depth has a border near. */
    private static final float COLOUR = 6;

    private static final float LEAST_WEIGHT = 2e-4f;

    /** What arrives from so far away is no measurement of the pixel. */
    private static final float NOTHING = 1e-4f;

    private static final int BAND = 32;
    private static final int COLUMNS = 64;

    /** Everything known. */
    public DepthRepair() {
        this(false);
    }

    /** Checks the knobs. */
    public DepthRepair {
        Knobs.check(DepthRepair.class, holes ? 1 : 0);
    }

    /**
     * Depth of the same kind on the picture's grid.
     *
     * @param depth of the picture's shape, of any size up to its
     * @throws dev.fovea.BadInput if it is of another shape
     */
    public Depth apply(Depth depth, Image picture) {
        return apply(depth, picture, CORRECTIONS);
    }

    /** As above, of depth that was not measured as the mean of squares, but matched point by point. */
    Disparity along(Disparity matched, Image picture) {
        return (Disparity) apply(matched, picture, 0);
    }

    private Depth apply(Depth depth, Image picture, int corrections) {
        depth.fitting(picture.width(), picture.height(), "the depth");
        int w = picture.width(), h = picture.height();
        return switch (depth) {
            case DepthMap map ->
                DepthMap.of(
                        w, h, repaired(new Measured(map.width(), map.height(), map.metres()), picture, corrections));
            case Disparity d -> {
                float[] pixels = repaired(new Measured(d.width(), d.height(), d.pixels()), picture, corrections);
                float scale = (float) w / d.width();
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] *= scale;
                }
                yield Disparity.of(w, h, pixels);
            }
        };
    }

    private float[] repaired(Measured measured, Image picture, int corrections) {
        int w = picture.width(), h = picture.height();
        double scale = Math.max(1, Math.sqrt((double) w * h / MOST_PIXELS));
        Image guide = scale == 1
                ? picture
                : new Resize((int) (w / scale), (int) (h / scale), Resize.Filter.BOX).apply(picture);
        float[] spread = spread(measured.tamed(), guide, corrections);
        float[] all = guide == picture ? spread : Nearest.enlarged(spread, guide, picture);
        return holes ? all : Filling.rows(all, w, h);
    }

    private float[] spread(Measured measured, Image guide, int corrections) {
        int w = guide.width(), h = guide.height();
        float pitch = Math.max(1, (float) w / measured.width());
        float[] breaks = measured.breaks();
        float[] across = weights(guide, measured, breaks, 1, 0);
        float[] down = weights(guide, measured, breaks, 0, 1);
        float lambda = REACH * REACH * pitch * pitch;
        var value = new float[w * h];
        var amount = new float[w * h];
        measured.scatter(w, h, value, amount);
        float[] result = smoothed(across, down, w, h, lambda, value, amount);
        for (int k = 0; k < corrections && pitch >= COARSE; k++) {
            correct(measured, across, down, w, h, lambda / 2, result);
            measured.bound(w, h, result);
        }
        return result;
    }

    /** What the picture's squares lack to being what was measured of them is spread, too, and added (as in Irani and Peleg 1991). */
    private void correct(Measured measured, float[] across, float[] down, int w, int h, float lambda, float[] result) {
        var rest = new float[w * h];
        var amount = new float[w * h];
        measured.scatterRest(w, h, result, rest, amount);
        float[] correction = smoothed(across, down, w, h, lambda, rest, amount);
        for (int i = 0; i < result.length; i++) {
            result[i] += Float.isNaN(correction[i]) ? 0 : correction[i];
        }
    }

    private float[] smoothed(float[] across, float[] down, int w, int h, float lambda, float[] value, float[] amount) {
        for (int round = 1; round <= ROUNDS; round++) {
            float l = (float) (1.5 * lambda * Math.pow(4, ROUNDS - round) / (Math.pow(4, ROUNDS) - 1));
            Work.rows(h, BAND, (from, to) -> EdgeSmoother.rows(across, value, amount, w, from, to, l, new float[w]));
            Work.rows(
                    w,
                    COLUMNS,
                    (from, to) ->
                            EdgeSmoother.columns(down, value, amount, w, h, from, to, l, new float[h * (to - from)]));
        }
        for (int i = 0; i < value.length; i++) {
            boolean known = amount[i] > (holes ? NOTHING : 1e-30f);
            value[i] = known ? value[i] / amount[i] : Float.NaN;
        }
        return value;
    }

    /** How freely a measurement passes from each pixel to its neighbour: by colour where depth has a border near, else freely. */
    private static float[] weights(Image guide, Measured measured, float[] breaks, int dx, int dy) {
        Image rgb = guide.to(Colour.SRGB);
        float[] red = rgb.plane(0), green = rgb.plane(1), blue = rgb.plane(2);
        int w = guide.width(), h = guide.height(), step = dy * w + dx;
        var weights = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < Math.min(to, h - dy); y++) {
                for (int x = 0; x < w - dx; x++) {
                    int i = y * w + x;
                    float change = Math.max(
                            Math.abs(red[i] - red[i + step]),
                            Math.max(Math.abs(green[i] - green[i + step]), Math.abs(blue[i] - blue[i + step])));
                    float border = breaks[measured.at(x, y, w, h)];
                    weights[i] = Math.max(LEAST_WEIGHT, (float) Math.exp(-change * 255 / COLOUR * border));
                }
            }
        });
        return weights;
    }
}
