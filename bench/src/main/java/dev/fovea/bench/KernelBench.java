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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * one process. OpenCV's warps round positions to 1/32 pixel, its cubic is sharper (a = -3/4) and its guided filter mirrors the edges: that is
 * what the differences show.
 */
public final class KernelBench {
    private static final int W = 4000;
    private static final int H = 3000;
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";
    private static final int EDGE = opencv_core.BORDER_REPLICATE;

    private final List<Race.Job> jobs = new ArrayList<>();
    private final float[] input = noise(W * H);
    private final Mat inputMat = mat(input, W, H);

    private KernelBench() {}

    /**
     * Measures and prints a table, or JSON.
     *
     * @param kernels a part of the names of what is to be measured; empty for all
     */
    public static void run(String kernels, boolean json, PrintStream out) {
        if (System.getProperty(CACHE) == null) {
            System.setProperty(
                    CACHE,
                    Path.of(System.getProperty("java.io.tmpdir"), "fovea-javacpp")
                            .toString());
        }
        opencv_core.setNumThreads(1);
        List<Race.Line> lines = Work.threads(1, () -> new KernelBench().race(kernels));
        out.print(json ? Race.json(lines) : Race.table(lines));
    }

    /** Runs it by itself; the first argument that is no option chooses kernels. */
    public static void main(String[] args) {
        List<String> all = List.of(args);
        String kernels =
                all.stream().filter(a -> !a.startsWith("-")).findFirst().orElse("");
        run(kernels, all.contains("--json"), System.out);
    }

    private List<Race.Line> race(String kernels) {
        stencils();
        warps();
        sizes();
        windows();
        colours();
        double bandwidth = Race.copySpeed(input);
        double arithmetic = Race.multiplySpeed();
        return jobs.stream()
                .filter(job -> job.kernel().contains(kernels))
                .map(job -> Race.run(job, bandwidth, arithmetic))
                .toList();
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
        jobs.add(new Race.Job(
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
        jobs.add(new Race.Job(
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
                () -> Work.rows(H, 64, (from, end) -> turn(m, how == opencv_imgproc.INTER_LINEAR, from, end, to)),
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

    /** As {@link dev.fovea.image.Warp} does it: in tiles whose source stays in the cache. */
    private void turn(Affine2 m, boolean linear, int from, int end, float[] to) {
        int tile = 512;
        var dx = new float[tile];
        var dy = new float[tile];
        for (int x = 0; x < W; x += tile) {
            int n = Math.min(tile, W - x);
            for (int y = from; y < end; y++) {
                Lattice.affine(m.a(), m.b(), m.c(), m.d(), m.e(), m.f(), x, y, dx, dy, 0, n);
                if (linear) {
                    Bilinear.row(input, W, H, dx, dy, 0, x, y, to, y * W + x, n);
                } else {
                    Bicubic.row(input, W, H, dx, dy, 0, x, y, to, y * W + x, n);
                }
            }
        }
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
        jobs.add(new Race.Job(
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
        jobs.add(new Race.Job(
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
        jobs.add(new Race.Job(
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
        jobs.add(new Race.Job(
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
        jobs.add(new Race.Job(kernel, ours, theirs, megabytes(planes), W * H * flops * 1e-6, result, other, W, 0));
    }

    private static double megabytes(double planes) {
        return planes * W * H * 4e-6;
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
}
