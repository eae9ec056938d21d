package dev.fovea.bench;

import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Develop;
import dev.fovea.image.Exif;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Resize;
import dev.fovea.photo.SuperRes;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.World;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;

/**
 * A rendered chart of grey gratings, from coarse to finer than the sensor's pixels, upright, level and slanted: how much of each
 * grating's contrast is left, in its true place (an alias counts nothing), and how much colour there is where there should be none.
 * Grains around the gratings, which repeat everywhere, tell how the frames lie on each other, as the rest of a real picture does.
 */
final class ResolutionChart {
    /** Cycles per sensor pixel; the sensor alone can tell them apart up to 0.5. */
    private static final double[] FREQUENCIES = {0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9};

    private static final double[] DEGREES = {0, 90, 27};
    /** Contrast below which a grating counts as lost. */
    private static final double LOST = 0.1;

    private static final int SCALE = 2;
    private static final int MARGIN = 8;
    private static final int FRAMES = 8;
    private static final double LENS = 0.4;
    private static final NoiseModel NOISE = new NoiseModel(5e-6, 1e-3);
    /** Fine pixels along a field, of the texture around its grating, and around what counts. */
    private static final int FIELD = 128;

    private static final int FRAME = 16;
    private static final int RIM = 28;
    /** Fine pixels along a grain of the texture. */
    private static final int GRAIN = 5;

    private static final double GREY = 0.3;
    private static final double CONTRAST = 0.25;

    private ResolutionChart() {}

    /**
     * One way to make the picture.
     *
     * @param contrast what is left of each grating's contrast, 1 is all
     * @param limit the frequency, in cycles per sensor pixel, at which a tenth of the contrast is left
     * @param colour the worst field's false colour: root mean square of red and blue less green, display values
     * @param reach the same over the fields finer than the limit
     */
    record Row(String sensor, String way, List<Double> contrast, double limit, double colour, double reach) {}

    /** Measures and prints. */
    static List<Row> run(PrintStream out) {
        out.printf(
                Locale.ROOT, "%nResolution chart: contrast left at cycles per sensor pixel; limit = a tenth is left%n");
        out.print("sensor way      ");
        for (double f : FREQUENCIES) {
            out.printf(Locale.ROOT, " %5.2f", f);
        }
        out.println("  limit  false colour  beyond limit");
        var rows = new ArrayList<Row>();
        for (Cfa cfa : List.of(Cfa.RGGB, Cfa.NONE)) {
            Burst burst = shot(cfa);
            Raw first = (Raw) burst.shots().getFirst();
            Image reference = new Develop().apply(first);
            var stage = new SuperRes(SCALE).withReference(0);
            String sensor = cfa.mosaic() ? "RAW" : "RGB";
            Image bicubic = new Resize(SCALE * first.width(), SCALE * first.height()).apply(reference);
            rows.add(row(sensor, "bicubic", bicubic, out));
            rows.add(row(sensor, "single", stage.apply(new Burst(List.of(first))), out));
            rows.add(row(sensor, "ours", stage.apply(burst), out));
        }
        return rows;
    }

    private static Burst shot(Cfa cfa) {
        Image chart = new GaussianBlur(LENS * SCALE).apply(chart());
        return new BurstSimulator(FRAMES, SCALE, MARGIN, 4, 0.2, Mishap.NONE, Sensor.plain(NOISE, cfa), Exif.NONE, 11)
                .shoot(new World(chart))
                .burst();
    }

    static Image chart() {
        int w = FREQUENCIES.length * FIELD + 2 * MARGIN * SCALE;
        int h = DEGREES.length * FIELD + 2 * MARGIN * SCALE;
        float[] grey = new float[w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                grey[y * w + x] = (float) (GREY + CONTRAST * value(x - MARGIN * SCALE, y - MARGIN * SCALE));
            }
        }
        return Image.of(w, h, Colour.LINEAR, grey, grey.clone(), grey.clone());
    }

    private static double value(int x, int y) {
        int i = Math.floorDiv(x, FIELD);
        int j = Math.floorDiv(y, FIELD);
        int u = Math.floorMod(x, FIELD);
        int v = Math.floorMod(y, FIELD);
        boolean grating = Math.min(u, v) >= FRAME
                && Math.max(u, v) < FIELD - FRAME
                && i >= 0
                && i < FREQUENCIES.length
                && j >= 0
                && j < DEGREES.length;
        return grating ? Math.cos(phase(i, j, x, y)) : grain(Math.floorDiv(x, GRAIN), Math.floorDiv(y, GRAIN));
    }

    /** Black, white or grey at random. */
    private static double grain(int x, int y) {
        return new SplittableRandom(x * 7919L + y).nextInt(3) - 1;
    }

    private static double phase(int i, int j, int x, int y) {
        double k = 2 * Math.PI * FREQUENCIES[i] / SCALE;
        double angle = Math.toRadians(DEGREES[j]);
        return k * (Math.cos(angle) * x + Math.sin(angle) * y);
    }

    static Row row(String sensor, String way, Image image, PrintStream out) {
        var contrast = new ArrayList<Double>();
        double[] colours = new double[FREQUENCIES.length];
        for (int i = 0; i < FREQUENCIES.length; i++) {
            double sum = 0;
            for (int j = 0; j < DEGREES.length; j++) {
                sum += contrast(image, i, j) / DEGREES.length;
                colours[i] = Math.max(colours[i], colour(image, i, j));
            }
            contrast.add(sum);
        }
        double limit = limit(contrast);
        double worst = 0;
        double beyond = 0;
        for (int i = 0; i < FREQUENCIES.length; i++) {
            worst = Math.max(worst, colours[i]);
            beyond = FREQUENCIES[i] > limit ? Math.max(beyond, colours[i]) : beyond;
        }
        var row = new Row(sensor, way, contrast, limit, worst, beyond);
        out.printf("%-6s %-9s", sensor, way);
        contrast.forEach(c -> out.printf(Locale.ROOT, " %5.2f", c));
        out.printf(Locale.ROOT, "  %5.2f  %12.4f  %12.4f%n", limit, worst, beyond);
        return row;
    }

    /** The grating itself, found by projection, which also is its sign: an alias or a reversed grating counts nothing or less. */
    private static double contrast(Image image, int i, int j) {
        double[] sums = new double[2];
        float[] green = image.plane(1);
        each(i, j, (x, y) -> {
            double wave = Math.cos(phase(i, j, x, y));
            sums[0] += wave * (green[y * image.width() + x] - GREY);
            sums[1] += wave * wave;
        });
        return sums[0] / sums[1] / CONTRAST;
    }

    private static double colour(Image image, int i, int j) {
        double[] sums = new double[2];
        each(i, j, (x, y) -> {
            DoubleFunction<Double> shown = v -> dev.fovea.image.Transfer.encode(Math.clamp(v, 0, 1));
            int at = y * image.width() + x;
            double green = shown.apply(image.plane(1)[at]);
            double red = shown.apply(image.plane(0)[at]) - green;
            double blue = shown.apply(image.plane(2)[at]) - green;
            sums[0] += (red * red + blue * blue) / 2;
            sums[1]++;
        });
        return Math.sqrt(sums[0] / sums[1]);
    }

    private interface Place {
        void at(int x, int y);
    }

    private static void each(int i, int j, Place place) {
        for (int y = j * FIELD + RIM; y < (j + 1) * FIELD - RIM; y++) {
            for (int x = i * FIELD + RIM; x < (i + 1) * FIELD - RIM; x++) {
                place.at(x, y);
            }
        }
    }

    private static double limit(List<Double> contrast) {
        for (int i = 1; i < FREQUENCIES.length; i++) {
            if (contrast.get(i) < LOST) {
                double t = (contrast.get(i - 1) - LOST) / (contrast.get(i - 1) - contrast.get(i));
                return FREQUENCIES[i - 1] + t * (FREQUENCIES[i] - FREQUENCIES[i - 1]);
            }
        }
        return FREQUENCIES[FREQUENCIES.length - 1];
    }
}
