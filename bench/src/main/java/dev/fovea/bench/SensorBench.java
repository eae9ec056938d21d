package dev.fovea.bench;

import dev.fovea.image.Image;
import dev.fovea.sample.SampleStereo;
import dev.fovea.space.DepthMap;
import dev.fovea.space.DepthRepair;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_ximgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Quality of depth that a coarse sensor saw, brought to a picture: known depth is averaged over squares of eight pixels, gets noise and
 * holes, and is repaired. Beside OpenCV's guided filter and its joint bilateral filter, on the depth enlarged and its holes filled; of
 * several strengths each peer may keep the one that is best for the very scene.
 */
final class SensorBench {
    private static final int TIMES = 8;
    private static final double NOISE = 0.01;
    private static final double HOLES = 0.1;
    private static final int[] RADII = {4, 8, 16};
    private static final double[] EPSILONS = {1e-4, 1e-3, 1e-2};
    private static final double[] COLOURS = {0.05, 0.15};
    private static final double[] SPACES = {4, 8};

    private SensorBench() {}

    /** Depth that is known, in some unit; NaN where it is not. */
    private record Scene(String name, Image picture, float[] truth) {}

    /** What a sensor saw. */
    private record Seen(int width, int height, float[] values) {}

    /**
     * One line of the table: root mean squared errors, as percent of the scene's mean depth.
     *
     * @param ours of {@link DepthRepair}
     * @param guided of OpenCV's guided filter
     * @param bilateral of its joint bilateral filter
     * @param cubic of the enlarged depth itself
     */
    record Row(String scene, double ours, double guided, double bilateral, double cubic) {}

    static List<Row> run(Path data, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%nDepth sensor, %d times coarser, noise of %.0f %%, %.0f %% holes: RMSE in percent of the mean%n",
                TIMES,
                100 * NOISE,
                100 * HOLES);
        out.printf("%-12s %8s %14s %16s %8s%n", "scene", "Fovea", "guided filter", "joint bilateral", "cubic");
        var rows = new ArrayList<Row>();
        for (Scene scene : scenes(data, out)) {
            Row row = row(scene);
            rows.add(row);
            out.printf(
                    Locale.ROOT,
                    "%-12s %8.3f %14.3f %16.3f %8.3f%n",
                    row.scene,
                    row.ours,
                    row.guided,
                    row.bilateral,
                    row.cubic);
        }
        double worst = rows.stream()
                .mapToDouble(r -> r.ours / Math.min(r.guided, r.bilateral))
                .max()
                .orElse(Double.NaN);
        out.printf(
                Locale.ROOT, "at most %.2f times the error of the better peer, scene by scene (target: 0.90)%n", worst);
        return rows;
    }

    private static List<Scene> scenes(Path data, PrintStream out) {
        var scenes = new ArrayList<Scene>();
        for (StereoTruth t : StereoTruth.all(data, out)) {
            scenes.add(new Scene(t.name(), t.pair().left(), t.truth().pixels()));
        }
        for (long seed = 1; seed <= 2; seed++) {
            SampleStereo.Pair pair =
                    SampleStereo.NORMAL.withSize(640, 480).withSeed(seed).shoot();
            scenes.add(new Scene("rendered " + seed, pair.left(), pair.leftMetres()));
        }
        return scenes;
    }

    private static Row row(Scene scene) {
        int w = scene.picture.width(), h = scene.picture.height();
        Seen seen = seen(scene, 7);
        var sensed = DepthMap.of(seen.width, seen.height, seen.values);
        float[] ours = ((DepthMap) new DepthRepair().apply(sensed, scene.picture)).metres();
        try (Mat coarse = new Mat(seen.height, seen.width, opencv_core.CV_32F);
                Mat cubic = new Mat();
                Mat guide = new Mat();
                Mat colours = CvStereo.mat(scene.picture, 0)) {
            coarse.data().put(bytes(filled(seen)));
            opencv_imgproc.resize(coarse, cubic, new Size(w, h), 0, 0, opencv_imgproc.INTER_CUBIC);
            colours.convertTo(guide, opencv_core.CV_32F, 1 / 255.0, 0);
            return new Row(
                    scene.name,
                    error(scene, ours),
                    guided(scene, guide, cubic),
                    bilateral(scene, guide, cubic),
                    error(scene, values(cubic)));
        }
    }

    private static Seen seen(Scene scene, long seed) {
        int w = scene.picture.width(), h = scene.picture.height(), sw = w / TIMES, sh = h / TIMES;
        var random = new SplittableRandom(seed);
        var values = new float[sw * sh];
        double mean = mean(scene.truth);
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            int n = 0;
            for (int y = i / sw * h / sh; y < (i / sw + 1) * h / sh; y++) {
                for (int x = i % sw * w / sw; x < (i % sw + 1) * w / sw; x++) {
                    float v = scene.truth[y * w + x];
                    sum += Float.isNaN(v) ? 0 : v;
                    n += Float.isNaN(v) ? 0 : 1;
                }
            }
            values[i] = n < TIMES * TIMES / 2 ? Float.NaN : (float) (sum / n + NOISE * mean * random.nextGaussian());
        }
        for (double gone = 0; gone < HOLES; ) {
            gone += hole(values, sw, sh, random);
        }
        return new Seen(sw, sh, values);
    }

    private static double hole(float[] values, int w, int h, SplittableRandom random) {
        double cx = random.nextDouble(w), cy = random.nextDouble(h);
        double rx = random.nextDouble(0.5, 3.5), ry = random.nextDouble(0.5, 3.5);
        for (int i = 0; i < values.length; i++) {
            double x = (i % w - cx) / rx, y = (i / w - cy) / ry;
            if (x * x + y * y < 1) {
                values[i] = Float.NaN;
            }
        }
        return Math.PI * rx * ry / values.length;
    }

    private static double mean(float[] values) {
        double sum = 0;
        int n = 0;
        for (float v : values) {
            sum += Float.isNaN(v) ? 0 : v;
            n += Float.isNaN(v) ? 0 : 1;
        }
        return sum / n;
    }

    /** Each hole gets the mean of the nearest known values around it, ring by ring. */
    private static float[] filled(Seen seen) {
        float[] now = seen.values.clone();
        while (true) {
            float[] next = now.clone();
            boolean holes = false;
            for (int i = 0; i < now.length; i++) {
                if (Float.isNaN(now[i])) {
                    next[i] = around(now, seen.width, seen.height, i);
                    holes = true;
                }
            }
            if (!holes) {
                return now;
            }
            now = next;
        }
    }

    private static float around(float[] values, int w, int h, int i) {
        float sum = 0;
        int n = 0;
        for (int y = Math.max(0, i / w - 1); y <= Math.min(h - 1, i / w + 1); y++) {
            for (int x = Math.max(0, i % w - 1); x <= Math.min(w - 1, i % w + 1); x++) {
                float v = values[y * w + x];
                sum += Float.isNaN(v) ? 0 : v;
                n += Float.isNaN(v) ? 0 : 1;
            }
        }
        return n == 0 ? Float.NaN : sum / n;
    }

    private static double guided(Scene scene, Mat guide, Mat enlarged) {
        double best = Double.POSITIVE_INFINITY;
        for (int radius : RADII) {
            for (double epsilon : EPSILONS) {
                try (var result = new Mat()) {
                    opencv_ximgproc.guidedFilter(guide, enlarged, result, radius, epsilon);
                    best = Math.min(best, error(scene, values(result)));
                }
            }
        }
        return best;
    }

    private static double bilateral(Scene scene, Mat guide, Mat enlarged) {
        double best = Double.POSITIVE_INFINITY;
        for (double colour : COLOURS) {
            for (double space : SPACES) {
                try (var result = new Mat()) {
                    opencv_ximgproc.jointBilateralFilter(
                            guide, enlarged, result, -1, colour, space, opencv_core.BORDER_DEFAULT);
                    best = Math.min(best, error(scene, values(result)));
                }
            }
        }
        return best;
    }

    private static byte[] bytes(float[] values) {
        var bytes = java.nio.ByteBuffer.allocate(4 * values.length).order(java.nio.ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static float[] values(Mat mat) {
        var values = new float[mat.rows() * mat.cols()];
        new FloatPointer(mat.data()).get(values);
        return values;
    }

    private static double error(Scene scene, float[] values) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isNaN(scene.truth[i])) {
                double d = values[i] - scene.truth[i];
                sum += d * d;
                n++;
            }
        }
        return 100 * Math.sqrt(sum / n) / mean(scene.truth);
    }
}
