package dev.fovea.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.photo.Bokeh;
import dev.fovea.photo.Lens;
import dev.fovea.photo.Refocus;
import dev.fovea.space.Disparity;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What focusing costs: getting a picture ready, once, and each wish after that. The scene: a floor that comes near, a far wall and balls at
 * many depths; focus on the middle, blur up to 3 % of the longer side, a round lens with a cat's eye, lights that bloom.
 */
final class BokehSpeed {
    private static final int[][] SIZES = {{640, 480}, {1632, 1224}, {2828, 2121}, {4000, 3000}};
    private static final double STRENGTH = 0.03;
    private static final int WARM = 6;
    private static final int ROUNDS = 7;
    private static final int BALLS = 24;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * One size.
     *
     * @param ready milliseconds to get the picture ready
     * @param wish milliseconds of a wish
     * @param readyWork processor time of all threads for the first
     * @param wishWork and for the second
     * @param target milliseconds of both, or of a wish alone where it is a preview; not a number if nothing was promised
     */
    record Line(int width, int height, double ready, double wish, double readyWork, double wishWork, double target) {}

    private BokehSpeed() {}

    static List<Line> run(PrintStream out) {
        out.printf(
                "%nFocusing, medians of %d, %d threads (milliseconds; in brackets processor time of all threads):%n%-14s %20s %20s%n",
                ROUNDS, Runtime.getRuntime().availableProcessors(), "pixels", "getting ready", "a wish");
        var lines = new ArrayList<Line>();
        for (int[] size : SIZES) {
            lines.add(line(size[0], size[1]));
            out.println(shown(lines.getLast()));
        }
        return lines;
    }

    private static Line line(int w, int h) {
        Disparity disparity = disparity(w, h);
        Image image = image(w, h, disparity);
        var wish = new Bokeh(20, STRENGTH * w / 20, Lens.NORMAL);
        double[][] times = new double[4][ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            long work = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            Refocus refocus = Refocus.of(image, disparity);
            long between = System.nanoTime();
            long workBetween = SYSTEM.getProcessCpuTime();
            refocus.apply(wish);
            if (i >= 0) {
                times[0][i] = (between - start) * 1e-6;
                times[1][i] = (System.nanoTime() - between) * 1e-6;
                times[2][i] = (workBetween - work) * 1e-6;
                times[3][i] = (SYSTEM.getProcessCpuTime() - workBetween) * 1e-6;
            }
        }
        for (double[] t : times) {
            Arrays.sort(t);
        }
        int m = ROUNDS / 2;
        double target = w == 1632 ? 100 : w == 4000 ? 3000 : Double.NaN;
        return new Line(w, h, times[0][m], times[1][m], times[2][m], times[3][m], target);
    }

    /** Far 2, floor up to 40, balls between. */
    private static Disparity disparity(int w, int h) {
        var d = new float[w * h];
        for (int i = 0; i < d.length; i++) {
            double y = (double) (i / w) / h;
            d[i] = (float) (y < 0.4 ? 2 : 2 + 38 * (y - 0.4) / 0.6);
        }
        for (int k = 0; k < BALLS; k++) {
            int cx = (int) ((0.5 + 0.45 * Math.sin(2.4 * k)) * w);
            int cy = (int) ((0.5 + 0.4 * Math.cos(1.7 * k)) * h);
            float near = 3 + 1.5f * k;
            int r = (int) (w * (0.01 + 0.0025 * k));
            for (int y = Math.max(0, cy - r); y < Math.min(h, cy + r); y++) {
                for (int x = Math.max(0, cx - r); x < Math.min(w, cx + r); x++) {
                    if (Math.hypot(x - cx, y - cy) < r) {
                        d[y * w + x] = Math.max(near, d[y * w + x]);
                    }
                }
            }
        }
        return Disparity.of(w, h, d);
    }

    private static Image image(int w, int h, Disparity disparity) {
        var rgb = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            int x = i % w;
            int y = i / w;
            boolean lamp = x % 97 < 4 && y % 89 < 4;
            for (int c = 0; c < 3; c++) {
                double wave = Math.sin(0.31 * x + c)
                        * Math.sin(0.27 * y)
                        * Math.sin(disparity.pixels()[i] + c);
                rgb[c][i] = lamp ? 1 : (float) (0.4 + 0.3 * wave);
            }
        }
        return Image.of(w, h, Colour.SRGB, rgb);
    }

    private static String shown(Line l) {
        return String.format(
                Locale.ROOT,
                "%-14s %9.0f (%7.0f) %9.0f (%7.0f)%s",
                l.width + " x " + l.height,
                l.ready,
                l.readyWork,
                l.wish,
                l.wishWork,
                l.width == 1632
                        ? "   a wish: at most 100" + (l.wish <= 100 ? "" : "  MISSED")
                        : l.width == 4000
                                ? "   both: at most 3000" + (l.ready + l.wish <= 3000 ? "" : "  MISSED")
                                : "");
    }
}
