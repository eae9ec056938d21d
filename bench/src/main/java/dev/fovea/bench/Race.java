package dev.fovea.bench;

import dev.fovea.image.kernel.Convolve;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Two ways to compute the same, in turn in one process: after a warm-up the median of {@value #ROUNDS} rounds. The floor is what the machine needs at
 * least: the larger of the bytes that must move over the measured speed of a copy, and the arithmetic over the measured speed of fused
 * multiply-adds.
 */
final class Race {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int WARM = 4;
    private static final int ROUNDS = 11;

    /**
     * One line of the table.
     *
     * @param kernel what was computed
     * @param ours milliseconds, the median
     * @param theirs OpenCV's milliseconds, the median; NaN where it has no such kernel
     * @param floor milliseconds that this machine needs at least
     * @param difference the largest difference between the two results, the outermost pixels left out
     */
    record Line(String kernel, double ours, double theirs, double floor, double difference) {
        /** Our time over theirs. */
        double ratio() {
            return ours / theirs;
        }
    }

    /**
     * Something to compute.
     *
     * @param kernel its name
     * @param ours how we do it
     * @param theirs how OpenCV does it, or null
     * @param megabytes what must be read and written
     * @param megaflops what must be computed
     * @param result where ours ends up
     * @param other where theirs ends up, or null
     * @param width of the result
     * @param border how many outermost pixels are not compared
     */
    record Job(
            String kernel,
            Runnable ours,
            @Nullable Runnable theirs,
            double megabytes,
            double megaflops,
            float[] result,
            @Nullable Mat other,
            int width,
            int border) {}

    private Race() {}

    static Line run(Job job, double bandwidth, double arithmetic) {
        double[] t = times(job.ours, job.theirs);
        double floor = Math.max(job.megabytes / bandwidth, job.megaflops / arithmetic);
        return new Line(job.kernel, t[0], t[1], floor, difference(job));
    }

    /** Medians of runs in turn. */
    private static double[] times(Runnable ours, @Nullable Runnable theirs) {
        var a = new double[ROUNDS];
        var b = new double[ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            double x = time(ours);
            double y = theirs == null ? Double.NaN : time(theirs);
            if (i >= 0) {
                a[i] = x;
                b[i] = y;
            }
        }
        Arrays.sort(a);
        Arrays.sort(b);
        return new double[] {a[ROUNDS / 2], b[ROUNDS / 2]};
    }

    /** Nanoseconds: of processor time of this thread where it does all the work, of the day where others help. */
    static long clock(int threads) {
        return threads == 1 ? CLOCK.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** Milliseconds of processor time of this thread, which does all the work: what others do on the machine counts less. */
    private static double time(Runnable task) {
        long start = clock(1);
        task.run();
        return (clock(1) - start) * 1e-6;
    }

    /** Megabytes per millisecond that a copy between two planes reads and writes together. */
    static double copySpeed(float[] input) {
        var to = new float[input.length];
        double t = times(() -> System.arraycopy(input, 0, to, 0, to.length), null)[0];
        return 8e-6 * to.length / t;
    }

    /** Millions of operations per millisecond of fused multiply-adds within the cache. */
    static double multiplySpeed() {
        var a = new float[2048];
        Arrays.fill(a, 0.5f);
        var sum = new float[2048];
        int taps = 64;
        var rows = new int[taps];
        float[] weights = new float[taps];
        int repeats = 400;
        double t = times(
                () -> {
                    for (int i = 0; i < repeats; i++) {
                        Convolve.taps(a, rows, weights, 0, taps, sum, 0, a.length);
                    }
                },
                null)[0];
        return 2e-6 * taps * a.length * repeats / t;
    }

    private static double difference(Job job) {
        Mat theirs = job.other;
        if (theirs == null) {
            return Double.NaN;
        }
        var other = new float[job.result.length];
        new FloatPointer(theirs.data()).get(other);
        int height = other.length / job.width;
        double worst = 0;
        for (int y = job.border; y < height - job.border; y++) {
            for (int x = job.border; x < job.width - job.border; x++) {
                worst = Math.max(worst, Math.abs(job.result[y * job.width + x] - other[y * job.width + x]));
            }
        }
        return worst;
    }

    static String table(List<Line> lines) {
        var s = new StringBuilder(String.format(
                Locale.ROOT,
                "%-40s %9s %10s %6s %9s %8s %12s%n",
                "kernel, 4000 x 3000 float, one thread",
                "ours ms",
                "OpenCV ms",
                "ratio",
                "floor ms",
                "x floor",
                "difference"));
        for (Line l : lines) {
            s.append(String.format(
                    Locale.ROOT,
                    "%-40s %9.1f %10.1f %6.2f %9.1f %8.1f %12.1e%n",
                    l.kernel,
                    l.ours,
                    l.theirs,
                    l.ratio(),
                    l.floor,
                    l.ours / l.floor,
                    l.difference));
        }
        return s.toString();
    }

    static String json(List<Line> lines) {
        var s = new StringBuilder("[");
        for (Line l : lines) {
            s.append(s.length() > 1 ? ",\n " : "")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"kernel\":\"%s\",\"ours_ms\":%.2f,\"opencv_ms\":%s,\"floor_ms\":%.2f,\"difference\":%s}",
                            l.kernel,
                            l.ours,
                            number(l.theirs),
                            l.floor,
                            number(l.difference)));
        }
        return s.append("]\n").toString();
    }

    private static String number(double v) {
        return Double.isNaN(v) ? "null" : Double.toString(v);
    }
}
