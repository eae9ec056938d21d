package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Displacement;
import dev.fovea.image.Flow;
import dev.fovea.image.Image;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Evidence for dense optical flow, beside OpenCV's DIS (preset MEDIUM): time in turn in one process with equal threads, and how far the
 * second picture, warped back by one and the same bicubic warp, is from the first. On a rendered pair the truth is known.
 */
final class FlowBench {
    private static final String[][] PAIRS = {
        {"Grove2_07", "Grove2_08"}, {"Grove2_07", "Grove2_09"}, {"Urban2_07", "Urban2_08"}, {"dogdance07", "dogdance08"}
    };
    private static final List<String> WAYS = List.of("fine", "fast", "OpenCV");
    private static final int[] THREADS = {1, 2};
    private static final int WARM = 6;
    private static final int ROUNDS = 15;

    private FlowBench() {}

    /** Two pictures, and the truth where it is known. */
    private record Pair(String name, Image from, Image to, Optional<Displacement> truth) {}

    /**
     * One line of the table.
     *
     * @param pair what was compared
     * @param way ours, fine or fast, or OpenCV's
     * @param ms the median time with one thread, and with two
     * @param error RMS between the first picture and the second warped back, of 255
     * @param visible the same, without what one of the three ways calls hidden
     * @param endpoint the mean distance from the true displacement in pixels; NaN where it is not known
     */
    record Row(String pair, String way, double[] ms, double error, double visible, double endpoint) {}

    /** Measures and prints a table, or JSON; what is missing is skipped with a sentence. */
    static List<Row> run(Path data, boolean json, PrintStream out) {
        var skipped = new ArrayList<String>();
        var rows = new ArrayList<Row>();
        for (Pair pair : pairs(data.resolve("flow"), skipped)) {
            rows.addAll(measured(pair));
        }
        out.print(json ? json(rows) : table(rows));
        if (!json) {
            skipped.forEach(out::println);
        }
        return rows;
    }

    private static List<Pair> pairs(Path folder, List<String> skipped) {
        var pairs = new ArrayList<Pair>();
        for (String[] names : PAIRS) {
            Path a = folder.resolve(names[0] + ".png");
            Path b = folder.resolve(names[1] + ".png");
            if (Files.exists(a) && Files.exists(b)) {
                pairs.add(new Pair(
                        names[0] + "-" + names[1].substring(names[1].length() - 2),
                        Image.read(a).to(Colour.GREY),
                        Image.read(b).to(Colour.GREY),
                        Optional.empty()));
            } else {
                skipped.add(
                        "Flow from " + names[0] + " to " + names[1] + ": skipped, " + folder + " has no such pair.");
            }
        }
        pairs.add(rendered(640, 480, 0));
        pairs.add(rendered(640, 480, 4 / 255.0));
        return pairs;
    }

    private static List<Row> measured(Pair pair) {
        var peer = new DisFlow(pair.from, pair.to);
        List<Supplier<Displacement>> ways = List.of(
                () -> Flow.FINE.apply(pair.from, pair.to), () -> Flow.FAST.apply(pair.from, pair.to), peer::forward);
        double[][][] ms = new double[THREADS.length][][];
        for (int i = 0; i < THREADS.length; i++) {
            ms[i] = times(ways, THREADS[i]);
        }
        boolean[] hidden = hidden(pair, peer);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < ways.size(); i++) {
            int way = i;
            Displacement flow = ways.get(i).get();
            rows.add(new Row(
                    pair.name,
                    WAYS.get(i),
                    Arrays.stream(ms).mapToDouble(t -> median(t[way])).toArray(),
                    error(pair, flow, new boolean[hidden.length]),
                    error(pair, flow, hidden),
                    pair.truth.map(t -> endpoint(t, flow)).orElse(Double.NaN)));
        }
        return rows;
    }

    /** What there-and-back shows to be hidden, by any of the ways. */
    private static boolean[] hidden(Pair pair, DisFlow peer) {
        float[][] masks = {
            Flow.FINE.both(pair.from, pair.to).hiddenInB().plane(0),
            Flow.FAST.both(pair.from, pair.to).hiddenInB().plane(0),
            Flow.hidden(peer.forward(), peer.backward()).plane(0)
        };
        var any = new boolean[masks[0].length];
        for (float[] mask : masks) {
            for (int i = 0; i < any.length; i++) {
                any[i] |= mask[i] > 0;
            }
        }
        return any;
    }

    /** Milliseconds of so many rounds in turn. */
    private static double[][] times(List<Supplier<Displacement>> ways, int threads) {
        opencv_core.setNumThreads(threads);
        var ms = new double[ways.size()][ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            for (int w = 0; w < ways.size(); w++) {
                long start = Race.clock(threads);
                Work.threads(threads, ways.get(w));
                if (i >= 0) {
                    ms[w][i] = (Race.clock(threads) - start) * 1e-6;
                }
            }
        }
        return ms;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double error(Pair pair, Displacement flow, boolean[] without) {
        float[] warped = flow.warp(pair.to).plane(0);
        float[] wanted = pair.from.plane(0);
        double sum = 0;
        int n = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (!without[i]) {
                double d = 255 * (warped[i] - wanted[i]);
                sum += d * d;
                n++;
            }
        }
        return Math.sqrt(sum / n);
    }

    private static double endpoint(Displacement truth, Displacement flow) {
        double sum = 0;
        for (int i = 0; i < truth.dx().length; i++) {
            sum += Math.hypot(flow.dx()[i] - truth.dx()[i], flow.dy()[i] - truth.dy()[i]);
        }
        return sum / truth.dx().length;
    }

    /** A texture of waves, turned, enlarged and bent: the first picture is drawn at p + d(p), so that nothing is interpolated. */
    private static Pair rendered(int width, int height, double noise) {
        var dx = new float[width * height];
        var dy = new float[width * height];
        for (int i = 0; i < dx.length; i++) {
            double x = i % width - width / 2.0;
            double y = i / width - height / 2.0;
            dx[i] = (float) (3 - 0.02 * y + 0.012 * x + 1.5 * Math.sin(y / 37));
            dy[i] = (float) (-2 + 0.02 * x + 0.012 * y + 1.5 * Math.sin(x / 43));
        }
        IntFunction<double[]> there = i -> new double[] {i % width + dx[i], i / width + dy[i]};
        IntFunction<double[]> here = i -> new double[] {i % width, i / width};
        return new Pair(
                noise > 0 ? "rendered, noise of 4" : "rendered",
                drawn(width, height, there, noise, 1),
                drawn(width, height, here, noise, 2),
                Optional.of(Displacement.of(width, height, dx, dy)));
    }

    private static Image drawn(int width, int height, IntFunction<double[]> at, double noise, long seed) {
        var plane = new float[width * height];
        double[][] waves = waves();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < plane.length; i++) {
            double[] p = at.apply(i);
            double sum = 0.5;
            for (double[] w : waves) {
                sum += w[0] * Math.sin(w[1] * p[0] + w[2] * p[1] + w[3]);
            }
            plane[i] = (float) Math.clamp(sum + noise * random.nextGaussian(), 0, 1);
        }
        return Image.of(width, height, Colour.GREY, plane);
    }

    /** Forty waves of 4 to 120 pixels, in all directions, longer ones stronger. */
    private static double[][] waves() {
        var random = new SplittableRandom(7);
        var waves = new double[40][];
        for (int i = 0; i < waves.length; i++) {
            double length = 4 * Math.pow(30, random.nextDouble());
            double angle = random.nextDouble() * 2 * Math.PI;
            double k = 2 * Math.PI / length;
            waves[i] = new double[] {
                0.01 * Math.sqrt(length), k * Math.cos(angle), k * Math.sin(angle), random.nextDouble() * 2 * Math.PI
            };
        }
        return waves;
    }

    private static String table(List<Row> rows) {
        var s = new StringBuilder("Dense flow, 640 x 480; errors in grey values of 255, end points in pixels\n");
        s.append(String.format(
                Locale.ROOT,
                "%-22s %-8s %11s %12s %10s %10s %10s%n",
                "pair",
                "way",
                "1 thread ms",
                "2 threads ms",
                "error",
                "visible",
                "end point"));
        for (Row r : rows) {
            s.append(String.format(
                    Locale.ROOT,
                    "%-22s %-8s %11.1f %12.1f %10.2f %10.2f %10s%n",
                    r.pair,
                    r.way,
                    r.ms[0],
                    r.ms[1],
                    r.error,
                    r.visible,
                    Double.isNaN(r.endpoint) ? "" : String.format(Locale.ROOT, "%.3f", r.endpoint)));
        }
        return s.toString();
    }

    private static String json(List<Row> rows) {
        var s = new StringBuilder("[");
        for (Row r : rows) {
            s.append(s.length() > 1 ? ",\n " : "")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"pair\":\"%s\",\"way\":\"%s\",\"ms_1\":%.2f,\"ms_2\":%.2f,\"error\":%.3f,\"visible\":%.3f,\"endpoint\":%s}",
                            r.pair,
                            r.way,
                            r.ms[0],
                            r.ms[1],
                            r.error,
                            r.visible,
                            Double.isNaN(r.endpoint) ? "null" : String.format(Locale.ROOT, "%.4f", r.endpoint)));
        }
        return s.append("]\n").toString();
    }
}
