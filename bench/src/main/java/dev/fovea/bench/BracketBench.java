package dev.fovea.bench;

import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import dev.fovea.photo.Aligner;
import dev.fovea.photo.Bracket;
import dev.fovea.photo.Exposures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Evidence for exposure brackets: how far merged light is from a known radiance map, in stops after one global scale. The film scans of
 * Debevec and Malik (1997) with their map, and brackets made from environment maps through a response that is not sRGB.
 */
final class BracketBench {
    /** The scans' borders are blue where the registered picture ends. */
    private static final int BORDER = 8;

    private static final List<Double> MEMORIAL = List.of(32.0, 16.0, 8.0, 4.0, 2.0, 1.0, 0.5, 0.25);
    private static final List<Double> EVEN = List.of(1.0, 4.0, 16.0, 1 / 4.0, 1 / 16.0);
    /** Not what a camera's bracketing offers: nothing but the pictures tells these. */
    private static final List<Double> UNEVEN = List.of(1.0, 2.9, 15.0, 0.4, 0.055);

    private static final long SEED = 20;

    private BracketBench() {}

    /**
     * One line of the table.
     *
     * @param picture what was merged
     * @param exposures where the exposures came from
     * @param median of |log2 error| over all pixels and channels, in stops
     * @param mean of the same
     * @param p95 what 95 % stay below
     */
    record Row(String picture, String exposures, double median, double mean, double p95) {}

    /**
     * The table.
     *
     * @param skipped a sentence for each part whose data is not there
     */
    record Result(List<Row> rows, List<String> skipped) {}

    /** Measures and prints. */
    static Result run(Path data) {
        var rows = new ArrayList<Row>();
        var skipped = new ArrayList<String>();
        Path memorial = data.resolve("hdr/memorial");
        if (Files.exists(memorial.resolve("memorial.hdr"))) {
            rows.addAll(memorial(memorial));
        } else {
            skipped.add("Brackets of film scans: skipped, " + memorial + " is not there.");
        }
        for (String map : List.of("kiara_1_dawn_1k.hdr", "lebombo_1k.hdr")) {
            Path file = data.resolve("hdri").resolve(map);
            if (Files.exists(file)) {
                rows.addAll(made(file, "even", EVEN));
                rows.addAll(made(file, "uneven", UNEVEN));
            } else {
                skipped.add("Brackets made from an environment map: skipped, " + file + " is not there.");
            }
        }
        print(rows, skipped);
        return new Result(rows, skipped);
    }

    private static void print(List<Row> rows, List<String> skipped) {
        System.out.println(
                "Exposure brackets: |log2 error| of light after one global scale, in EV (seed " + SEED + ")");
        System.out.printf("%-30s %-12s %8s %8s %8s%n", "picture", "exposures", "median", "mean", "95 %");
        for (Row r : rows) {
            System.out.printf(
                    Locale.ROOT, "%-30s %-12s %8.3f %8.3f %8.3f%n", r.picture, r.exposures, r.median, r.mean, r.p95);
        }
        skipped.forEach(System.out::println);
    }

    private static List<Row> memorial(Path folder) {
        var shots = new ArrayList<Shot>();
        for (int i = 0; i < MEMORIAL.size(); i++) {
            shots.add(inner((Frame) Shot.read(folder.resolve("memorial00" + (61 + i) + ".png"))));
        }
        Image map = Image.read(folder.resolve("memorial.hdr"));
        var burst = new Burst(shots);
        List<Row> rows = both("memorial, 8 film scans", burst, MEMORIAL, 3, map, BORDER);
        // One of the scans (0061) is turned against the others: aligned, it may count.
        var aligned = new Bracket(Exposures.of(burst), 3, Aligner.TILES, Optional.empty(), 1);
        rows.add(row("memorial, aligned by tiles", "estimated", aligned.apply(burst), map, BORDER));
        return rows;
    }

    /** Given and then estimated exposures, relative to one reference. */
    private static List<Row> both(
            String name, Burst burst, List<Double> given, int reference, Image truth, int border) {
        var rows = new ArrayList<Row>();
        for (boolean known : new boolean[] {true, false}) {
            var exposures = known ? Exposures.of(burst, Optional.of(given)) : Exposures.of(burst);
            Image merged = new Bracket(exposures, reference).apply(burst);
            rows.add(row(name, known ? "given" : "estimated", merged, truth, border));
        }
        return rows;
    }

    private static Row row(String name, String exposures, Image merged, Image truth, int border) {
        int w = merged.width();
        var stops = new double[3 * w * merged.height()];
        int n = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < merged.height(); y++) {
                for (int x = 0; x < w; x++) {
                    float t = truth.plane(c)[(y + border) * truth.width() + x + border];
                    // Light of a clean 0 has no logarithm; merged light of 0 or less is an error of 20 stops.
                    if (t > 0) {
                        stops[n++] = Math.log(Math.max(merged.plane(c)[y * w + x], t * 1e-6) / t) / Math.log(2);
                    }
                }
            }
        }
        double[] errors = Arrays.copyOf(stops, n);
        Arrays.sort(errors);
        double scale = errors[n / 2];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            errors[i] = Math.abs(errors[i] - scale);
            sum += errors[i];
        }
        Arrays.sort(errors);
        return new Row(name, exposures, errors[n / 2], sum / n, errors[(int) (n * 0.95)]);
    }

    private static Frame inner(Frame frame) {
        Image all = frame.image();
        int w = all.width() - 2 * BORDER;
        int h = all.height() - 2 * BORDER;
        var planes = new float[3][w * h];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < h; y++) {
                System.arraycopy(all.plane(c), (y + BORDER) * all.width() + BORDER, planes[c], y * w, w);
            }
        }
        return frame(planes, w, h, frame.source());
    }

    /** Five frames, the first exposed for the map's median light; noisy, and through an S-curve on gamma 2.2. */
    private static List<Row> made(Path file, String kind, List<Double> exposures) {
        Image map = Image.read(file);
        float[] green = map.plane(1).clone();
        Arrays.sort(green);
        double normal = 0.18 / green[green.length / 2];
        var random = new SplittableRandom(SEED);
        var shots = new ArrayList<Shot>();
        for (double e : exposures) {
            var planes = new float[3][green.length];
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < green.length; i++) {
                    double x = map.plane(c)[i] * normal * e;
                    x += Math.sqrt(5e-6 + 1e-3 * Math.min(x, 1)) * random.nextGaussian();
                    double v = Math.pow(Math.clamp(x, 0, 1), 1 / 2.2);
                    planes[c][i] = (float) (0.6 * v + 0.4 * v * v * (3 - 2 * v));
                }
            }
            shots.add(frame(planes, map.width(), map.height(), "exposure " + e));
        }
        String name = file.getFileName().toString().replace("_1k.hdr", "") + ", 5 made, " + kind;
        return both(name, new Burst(shots), exposures, 0, map, 0);
    }

    private static Frame frame(float[][] planes, int w, int h, String source) {
        var bytes = new byte[3 * w * h];
        for (int i = 0; i < w * h; i++) {
            for (int c = 0; c < 3; c++) {
                bytes[3 * i + c] = (byte) Math.round(planes[c][i] * 255);
            }
        }
        return new Frame(
                w, h, Frame.Format.RGB8, bytes, Colour.SRGB, Duration.ZERO, Frame.Spectrum.VISIBLE, Exif.NONE, source);
    }
}
