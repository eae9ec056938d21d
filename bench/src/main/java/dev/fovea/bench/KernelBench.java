package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.image.Affine2;
import dev.fovea.image.Point2;
import dev.fovea.image.kernel.Bicubic;
import dev.fovea.image.kernel.Bilinear;
import dev.fovea.image.kernel.BoxSum;
import dev.fovea.image.kernel.Convolve;
import dev.fovea.image.kernel.Guided;
import dev.fovea.image.kernel.Lattice;
import dev.fovea.image.kernel.Median;
import dev.fovea.image.kernel.Mix;
import dev.fovea.image.kernel.PyramidStep;
import dev.fovea.image.kernel.Resample;
import dev.fovea.image.kernel.SrgbCurve;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_ximgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Our kernels beside OpenCV's: one thread each, float planes of 12 megapixels, results into memory that is there already, runs in turn in
 * one process. The floor is the larger of the bytes that must move over the measured speed of a copy, and the arithmetic over the measured
 * speed of fused multiply-adds.
 */
public final class KernelBench {
    private static final int W = 4000;
    private static final int H = 3000;
    private static final int WARM = 4;
    private static final int ROUNDS = 11;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int EDGE = opencv_core.BORDER_REPLICATE;

    /**
     * One line of the table.
     *
     * @param kernel what was computed
     * @param ours milliseconds, the median
     * @param theirs OpenCV's milliseconds, the median; NaN where it has no such kernel
     * @param floor milliseconds that this machine needs at least
     * @param difference the largest difference between the two results, the outermost pixels left out
     */
    public record Line(String kernel, double ours, double theirs, double floor, double difference) {
        /** Our time over theirs. */
        public double ratio() {
            return ours / theirs;
        }
    }

    private record Job(
            String kernel,
            Runnable ours,
            Runnable theirs,
            double megabytes,
            double megaflops,
            float[] result,
            Mat other,
            int width,
            int border) {}

    private final List<Job> jobs = new ArrayList<>();
    private final float[] input = noise(W * H);
    private final Mat inputMat = mat(input, W, H);

    private static String only = "";

    private KernelBench() {}

    /** Measures everything and prints a table, or JSON. */
    public static void run(boolean json, PrintStream out) {
        if (System.getProperty("org.bytedeco.javacpp.cachedir") == null) {
            System.setProperty(
                    "org.bytedeco.javacpp.cachedir",
                    java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), "fovea-javacpp")
                            .toString());
        }
        opencv_core.setNumThreads(1);
        opencv_core.setUseOptimized(true);
        List<Line> lines = Work.threads(1, () -> new KernelBench().measured());
        out.print(json ? json(lines) : table(lines));
    }

    /** For running it by itself. */
    public static void main(String[] args) {
        only = System.getProperty("only", "");
        run(Arrays.asList(args).contains("--json"), System.out);
    }

    private List<Line> measured() {
        stencils();
        warps();
        sizes();
        windows();
        colours();
        double bandwidth = copySpeed();
        double arithmetic = multiplySpeed();
        var lines = new ArrayList<Line>();
        for (Job job : jobs) {
            if (!job.kernel.matches(".*(" + only + ").*")) {
                continue;
            }
            double[] t = times(job.ours, job.theirs);
            double floor = Math.max(job.megabytes / bandwidth, job.megaflops / arithmetic);
            lines.add(new Line(job.kernel, t[0], t[1], floor, difference(job)));
        }
        return lines;
    }

    private void stencils() {
        float[] nine = {0.05f, 0.1f, 0.05f, 0.1f, 0.4f, 0.1f, 0.05f, 0.1f, 0.05f};
        var to = new float[W * H];
        Mat other = empty(W, H);
        Mat kernel = mat(nine, 3, 3);
        add(
                "3x3 convolution",
                () -> Convolve.three(input, W, H, nine, to),
                () -> opencv_imgproc.filter2D(inputMat, other, -1, kernel, new Point(-1, -1), 0, EDGE),
                2,
                18,
                to,
                other);
        float[] g = Convolve.gaussian(2);
        var blurred = new float[W * H];
        Mat blurredMat = empty(W, H);
        add(
                "Gaussian, sigma 2, 13 taps",
                () -> Convolve.separable(input, W, H, g, blurred),
                () -> opencv_imgproc.GaussianBlur(inputMat, blurredMat, new Size(13, 13), 2, 2, EDGE, 0),
                2,
                52,
                blurred,
                blurredMat);
        var median = new float[W * H];
        Mat medianMat = empty(W, H);
        add(
                "median 3x3",
                () -> Median.three(input, W, H, median),
                () -> opencv_imgproc.medianBlur(inputMat, medianMat, 3),
                2,
                0,
                median,
                medianMat);
        int w = W / 2;
        int h = H / 2;
        var small = new float[w * h];
        Mat smallMat = empty(w, h);
        jobs.add(new Job(
                "pyramid step down",
                () -> PyramidStep.down(input, W, H, small),
                () -> opencv_imgproc.pyrDown(inputMat, smallMat),
                megabytes(1.25),
                15,
                small,
                smallMat,
                w,
                0));
        var large = new float[W * H];
        Mat largeMat = empty(W, H);
        jobs.add(new Job(
                "pyramid step up",
                () -> PyramidStep.up(small, w, h, large, W, H),
                () -> opencv_imgproc.pyrUp(smallMat, largeMat, new Size(W, H), opencv_core.BORDER_DEFAULT),
                megabytes(1.25),
                W * H * 8e-6,
                large,
                largeMat,
                W,
                0));
    }

    private void warps() {
        var turn = Affine2.rotation(Math.toRadians(1), new Point2(W / 2.0, H / 2.0))
                .then(Affine2.shift(3.3, -7.7));
        Mat matrix = new Mat(2, 3, opencv_core.CV_64F);
        try (var m = matrix.createIndexer()) {
            double[] six = {turn.a(), turn.b(), turn.c(), turn.d(), turn.e(), turn.f()};
            for (int i = 0; i < 6; i++) {
                m.putDouble(new long[] {i / 3, i % 3}, six[i]);
            }
        }
        warp("bilinear warp, 1 degree and a shift", turn, matrix, opencv_imgproc.INTER_LINEAR, 20);
        warp("bicubic warp (OpenCV's sharper cubic)", turn, matrix, opencv_imgproc.INTER_CUBIC, 60);
    }

    private void warp(String name, Affine2 m, Mat matrix, int how, double flops) {
        var to = new float[W * H];
        Mat other = empty(W, H);
        add(
                name,
                () -> Work.rows(H, 16, (from, end) -> {
                    var dx = new float[W];
                    var dy = new float[W];
                    for (int y = from; y < end; y++) {
                        Lattice.affine(m.a(), m.b(), m.c(), m.d(), m.e(), m.f(), y, dx, dy, 0, W);
                        if (how == opencv_imgproc.INTER_LINEAR) {
                            Bilinear.row(input, W, H, dx, dy, 0, y, to, y * W, W);
                        } else {
                            Bicubic.row(input, W, H, dx, dy, 0, y, to, y * W, W);
                        }
                    }
                }),
                () -> opencv_imgproc.warpAffine(
                        inputMat,
                        other,
                        matrix,
                        new Size(W, H),
                        how | opencv_imgproc.WARP_INVERSE_MAP,
                        EDGE,
                        new Scalar(0)),
                2,
                flops,
                to,
                other);
    }

    private void sizes() {
        resize("resize x0.5, area", 0.5, opencv_imgproc.INTER_AREA);
        resize("resize x0.37, area", 0.37, opencv_imgproc.INTER_AREA);
        resize("resize x0.37, bilinear", 0.37, opencv_imgproc.INTER_LINEAR);
        resize("resize x0.37, bicubic", 0.37, opencv_imgproc.INTER_CUBIC);
        resize("resize x1.7, bilinear", 1.7, opencv_imgproc.INTER_LINEAR);
        resize("resize x1.7, bicubic", 1.7, opencv_imgproc.INTER_CUBIC);
    }

    private void resize(String name, double scale, int how) {
        int w = (int) Math.round(W * scale);
        int h = (int) Math.round(H * scale);
        var to = new float[w * h];
        Mat other = empty(w, h);
        Resample across = line(W, w, how);
        Resample down = line(H, h, how);
        double read = how == opencv_imgproc.INTER_AREA || scale > 0.5 ? 1 : 4 * scale * scale;
        jobs.add(new Job(
                name,
                () -> Resample.plane(input, W, H, across, down, to),
                () -> opencv_imgproc.resize(inputMat, other, new Size(w, h), 0, 0, how),
                megabytes(Math.min(1, read) + scale * scale),
                w * (h + (double) H) * 4e-6,
                to,
                other,
                w,
                4));
    }

    /** OpenCV's kernels: not widened when shrinking, and a cubic with a = -3/4. */
    private static Resample line(int from, int to, int how) {
        return switch (how) {
            case opencv_imgproc.INTER_AREA -> Resample.area(from, to);
            case opencv_imgproc.INTER_LINEAR -> Resample.of(from, to, x -> 1 - x, 1, false);
            default ->
                Resample.of(
                        from,
                        to,
                        x -> x < 1 ? (1.25 * x - 2.25) * x * x + 1 : ((-0.75 * x + 3.75) * x - 6) * x + 3,
                        2,
                        false);
        };
    }

    private void windows() {
        var to = new float[W * H];
        Mat other = empty(W, H);
        add(
                "box, radius 8",
                () -> BoxSum.mean(input, W, H, 8, to),
                () -> opencv_imgproc.boxFilter(inputMat, other, -1, new Size(17, 17), new Point(-1, -1), true, EDGE),
                2,
                6,
                to,
                other);
        var guided = new float[W * H];
        Mat guidedMat = empty(W, H);
        jobs.add(new Job(
                "guided filter, radius 8",
                () -> Guided.filter(input, input, W, H, 8, 1e-3f, guided),
                () -> opencv_ximgproc.guidedFilter(inputMat, inputMat, guidedMat, 8, 1e-3),
                megabytes(2),
                W * H * 40e-6,
                guided,
                guidedMat,
                W,
                17));
    }

    private void colours() {
        float[] green = noise(W * H);
        float[] blue = noise(W * H);
        var to = new float[W * H];
        Mat other = empty(W, H);
        var packed = new float[3 * W * H];
        for (int i = 0; i < W * H; i++) {
            packed[3 * i] = input[i];
            packed[3 * i + 1] = green[i];
            packed[3 * i + 2] = blue[i];
        }
        Mat rgb = new Mat(H, W, opencv_core.CV_32FC3);
        new FloatPointer(rgb.data()).put(packed);
        add(
                "grey of three colours",
                () -> Work.rows(
                        W * H,
                        1 << 16,
                        (from, end) ->
                                Mix.three(input, green, blue, from, 0.299f, 0.587f, 0.114f, to, from, end - from)),
                () -> opencv_imgproc.cvtColor(rgb, other, opencv_imgproc.COLOR_RGB2GRAY),
                4,
                5,
                to,
                other);
        var display = new float[W * H];
        jobs.add(new Job(
                "sRGB transfer, encode one plane",
                () -> Work.rows(
                        W * H, 1 << 16, (from, end) -> SrgbCurve.encode(input, from, display, from, end - from)),
                null,
                megabytes(2),
                W * H * 18e-6,
                display,
                null,
                W,
                0));
        var light = new float[W * H];
        jobs.add(new Job(
                "sRGB transfer, decode one plane",
                () -> Work.rows(W * H, 1 << 16, (from, end) -> SrgbCurve.decode(input, from, light, from, end - from)),
                null,
                megabytes(2),
                W * H * 17e-6,
                light,
                null,
                W,
                0));
    }

    private void add(
            String kernel, Runnable ours, Runnable theirs, double planes, double flops, float[] result, Mat other) {
        jobs.add(new Job(kernel, ours, theirs, megabytes(planes), W * H * flops * 1e-6, result, other, W, 0));
    }

    private static double megabytes(double planes) {
        return planes * W * H * 4e-6;
    }

    /** Medians of runs in turn. */
    private static double[] times(Runnable ours, Runnable theirs) {
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

    /** Milliseconds of processor time of this thread, which does all the work: what others do on the machine counts less. */
    private static double time(Runnable task) {
        long start = CLOCK.getCurrentThreadCpuTime();
        task.run();
        return (CLOCK.getCurrentThreadCpuTime() - start) * 1e-6;
    }

    /** Megabytes per millisecond that a copy between two planes reads and writes together. */
    private double copySpeed() {
        var to = new float[W * H];
        double t = times(() -> System.arraycopy(input, 0, to, 0, W * H), null)[0];
        return megabytes(2) / t;
    }

    /** Millions of operations per millisecond of fused multiply-adds within the cache. */
    private static double multiplySpeed() {
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
        if (job.other == null) {
            return Double.NaN;
        }
        var other = new float[job.result.length];
        new FloatPointer(job.other.data()).get(other);
        int height = other.length / job.width;
        double worst = 0;
        for (int y = job.border; y < height - job.border; y++) {
            for (int x = job.border; x < job.width - job.border; x++) {
                worst = Math.max(worst, Math.abs(job.result[y * job.width + x] - other[y * job.width + x]));
            }
        }
        return worst;
    }

    private static float[] noise(int n) {
        var random = new SplittableRandom(n);
        var plane = new float[n];
        for (int i = 0; i < n; i++) {
            plane[i] = random.nextFloat();
        }
        return plane;
    }

    private static Mat empty(int width, int height) {
        return new Mat(height, width, opencv_core.CV_32F, new Scalar(0));
    }

    private static Mat mat(float[] values, int width, int height) {
        Mat m = empty(width, height);
        new FloatPointer(m.data()).put(values);
        return m;
    }

    private static String table(List<Line> lines) {
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

    private static String json(List<Line> lines) {
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
