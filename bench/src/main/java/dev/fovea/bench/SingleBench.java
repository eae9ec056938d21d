package dev.fovea.bench;

import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Develop;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Resize;
import dev.fovea.image.Shot;
import dev.fovea.model.ModelCard;
import dev.fovea.photo.SuperRes;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.World;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Evidence for single pictures made larger, with and without the network. As the field counts: made small by bicubic, luma, as many
 * border pixels off as the scale. And as cameras give them: through a lens (Gaussian of 0.4 pixels) onto pixels that integrate their
 * square, with noise, as RAW, as frames and as JPEG; all colours, sRGB.
 */
final class SingleBench {
    private static final List<String> SETS = List.of("set14", "bsd100", "urban100");
    private static final double LENS = 0.4;
    private static final int MARGIN = 8;
    /** Pictures of each set that go through a camera: these are slow. */
    private static final int PICTURES = 10;

    private static final List<String> KINDS = List.of("RAW", "frame", "JPEG90", "JPEG75");
    private static final String COMMAND = "./fovea bench card";

    private static final NoiseModel[] NOISE = {new NoiseModel(5e-6, 1e-3), new NoiseModel(2e-5, 5e-3)};

    private SingleBench() {}

    /** What others publish for exactly these pictures (mean PSNR of luma): name, set, scale. */
    private enum Published {
        FSRCNN("set14", 2, 32.63),
        BSRN("set14", 4, 28.59);

        private final String set;
        private final int scale;
        private final double psnr;

        Published(String set, int scale, double psnr) {
            this.set = set;
            this.scale = scale;
            this.psnr = psnr;
        }

        static String of(String set, int scale) {
            return Arrays.stream(values())
                    .filter(p -> p.set.equals(set) && p.scale == scale)
                    .map(p -> p + " " + p.psnr)
                    .findFirst()
                    .orElse("");
        }
    }

    /**
     * As the field counts.
     *
     * @param classical without the network, PSNR in dB; likewise the others
     * @param milliseconds with the network, for a megapixel made; likewise without
     */
    record FieldRow(
            String set,
            int scale,
            int pictures,
            double bicubic,
            double classical,
            double ours,
            String published,
            double classicalMilliseconds,
            double milliseconds) {}

    /** As cameras give them, at twice the size. */
    record CameraRow(
            String set, String kind, double noise, int pictures, double bicubic, double classical, double ours) {}

    /** All of it. */
    record Result(List<String> networks, List<FieldRow> field, List<CameraRow> camera, List<String> skipped) {}

    /** Measures and prints. */
    static Result run(Path data, PrintStream out) {
        var result = field(data, true, out);
        out.println("Single pictures as cameras give them, x2: PSNR in dB (sRGB, all colours, borders off)");
        out.println("set       kind   noise    n  bicubic  classical   ours");
        for (String set : SETS) {
            Path folder = data.resolve("sr").resolve(set);
            for (String kind : Files.isDirectory(folder) ? KINDS : List.<String>of()) {
                for (NoiseModel noise : NOISE) {
                    result.camera.add(camera(set, folder, kind, noise, out));
                }
            }
        }
        return result;
    }

    /** Measures as the field counts, and writes that to the network's card. */
    static void measure(Path card, Path data, PrintStream out) {
        Result result = field(data, false, out);
        var figures = result.field.stream()
                .map(r -> new ModelCard.Figure(
                        "PSNR of luma, x" + r.scale,
                        "sr/" + r.set,
                        Math.round(100 * r.ours) / 100.0,
                        "dB",
                        ModelCard.Better.HIGHER,
                        COMMAND))
                .toList();
        ModelCard.read(card).withFigures(figures).write(card);
    }

    /** @param classical whether to measure the classical result as well, which takes longer */
    private static Result field(Path data, boolean classical, PrintStream out) {
        Frame dot = frame(Image.of(1, 1, Colour.SRGB, new float[] {1}, new float[] {1}, new float[] {1}));
        List<String> networks = new SuperRes().enlarge(new Burst(List.of(dot))).networks();
        var result = new Result(networks, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        out.println("Single pictures, PSNR of luma in dB, and what a megapixel made costs; networks: " + networks);
        out.println("set       scale   n  bicubic  classical   ours  published       classical    ours");
        for (String set : SETS) {
            Path folder = data.resolve("sr").resolve(set);
            if (!Files.isDirectory(folder)) {
                result.skipped.add("Single pictures of " + set + ": skipped, " + folder + " is not there.");
                continue;
            }
            for (int scale : new int[] {2, 3, 4}) {
                result.field.add(field(set, folder, scale, classical, out));
            }
        }
        result.skipped.forEach(out::println);
        return result;
    }

    private static FieldRow field(String set, Path folder, int scale, boolean classical, PrintStream out) {
        double[] sum = new double[3];
        double[] time = new double[2];
        double megapixels = 0;
        List<Path> files = files(folder);
        for (Path file : files) {
            Image truth = cut(Image.read(file).to(Colour.SRGB), scale);
            Image small = frame(new Resize(truth.width() / scale, truth.height() / scale).apply(truth))
                    .image();
            sum[0] += luma(truth, new Resize(truth.width(), truth.height()).apply(small), scale);
            for (int k = classical ? 0 : 1; k < 2; k++) {
                long start = System.nanoTime();
                Image large = enlarged(small, scale, k == 1);
                time[k] += (System.nanoTime() - start) / 1e6;
                sum[1 + k] += luma(truth, large, scale);
            }
            megapixels += truth.width() * truth.height() / 1e6;
        }
        int n = files.size();
        var row = new FieldRow(
                set,
                scale,
                n,
                sum[0] / n,
                classical ? sum[1] / n : Double.NaN,
                sum[2] / n,
                Published.of(set, scale),
                classical ? time[0] / megapixels : Double.NaN,
                time[1] / megapixels);
        out.printf(
                Locale.ROOT,
                "%-9s x%d   %3d  %7.2f  %9s  %5.2f  %-14s %6s ms  %4.0f ms%n",
                set,
                scale,
                n,
                row.bicubic,
                shown("%.2f", row.classical),
                row.ours,
                row.published,
                shown("%.0f", row.classicalMilliseconds),
                row.milliseconds);
        return row;
    }

    private static String shown(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    /** To four times the size in two steps. */
    private static Image enlarged(Image small, int scale, boolean network) {
        Image large = small;
        for (int left = scale; left > 1; left = left == 4 ? 2 : 1) {
            large = new SuperRes(left == 4 ? 2 : left)
                    .withBlur(0)
                    .withNetwork(network)
                    .apply(new Burst(List.of(frame(large))));
        }
        return large;
    }

    private static CameraRow camera(String set, Path folder, String kind, NoiseModel noise, PrintStream out) {
        double[] sum = new double[3];
        List<Path> files = files(folder);
        files = files.subList(0, Math.min(PICTURES, files.size()));
        for (int i = 0; i < files.size(); i++) {
            Image world = cut(Image.read(files.get(i)), 2).to(Colour.LINEAR);
            Shot shot = taken(world, kind, noise, i);
            Image reference =
                    shot instanceof Raw raw ? new Develop().apply(raw).to(Colour.SRGB) : ((Frame) shot).image();
            int m = 2 * MARGIN;
            Image truth = new Crop(m, m, 2 * shot.width(), 2 * shot.height())
                    .apply(world)
                    .to(Colour.SRGB);
            sum[0] += colours(truth, new Resize(truth.width(), truth.height()).apply(reference));
            for (int k = 0; k < 2; k++) {
                Image large = new SuperRes(2).withNetwork(k == 1).apply(new Burst(List.of(shot)));
                sum[1 + k] += colours(truth, large.to(Colour.SRGB));
            }
        }
        int n = files.size();
        var row = new CameraRow(set, kind, noise.shot(), n, sum[0] / n, sum[1] / n, sum[2] / n);
        out.printf(
                Locale.ROOT,
                "%-9s %-6s %-6.3f %3d  %7.2f  %9.2f  %5.2f%n",
                set,
                kind,
                noise.shot(),
                n,
                row.bicubic,
                row.classical,
                row.ours);
        return row;
    }

    private static Shot taken(Image world, String kind, NoiseModel noise, long seed) {
        Cfa cfa = kind.equals("RAW") ? Cfa.RGGB : Cfa.NONE;
        Image blurred = new GaussianBlur(2 * LENS).apply(world);
        var raw =
                (Raw) new BurstSimulator(1, 2, MARGIN, 0, 0, Mishap.NONE, Sensor.plain(noise, cfa), Exif.NONE, 7 + seed)
                        .shoot(new World(blurred, List.of()))
                        .burst()
                        .shots()
                        .getFirst();
        if (kind.equals("RAW")) {
            return raw;
        }
        Image image = new Develop().apply(raw).to(Colour.SRGB);
        return kind.equals("frame") ? frame(image) : frame(compressed(image, Integer.parseInt(kind.substring(4))));
    }

    private static Image compressed(Image image, int quality) {
        try {
            Path file = Files.createTempFile("fovea", ".jpg");
            try {
                image.write(file, Exif.NONE, new Encoding(quality, 8));
                return Image.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PSNR of BT.601 luma, without as many border pixels as the scale. */
    private static double luma(Image a, Image b, int border) {
        double sum = 0;
        int n = 0;
        for (int y = border; y < a.height() - border; y++) {
            for (int x = border; x < a.width() - border; x++) {
                double e = 0;
                for (int c = 0; c < 3; c++) {
                    int i = y * a.width() + x;
                    double k = c == 0 ? 65.481 : c == 1 ? 128.553 : 24.966;
                    e += k / 255 * (Math.clamp(a.plane(c)[i], 0f, 1f) - Math.clamp(b.plane(c)[i], 0f, 1f));
                }
                sum += e * e;
                n++;
            }
        }
        return -10 * Math.log10(sum / n);
    }

    private static double colours(Image a, Image b) {
        double sum = 0;
        int n = 0;
        int border = 2 * MARGIN;
        for (int c = 0; c < 3; c++) {
            for (int y = border; y < a.height() - border; y++) {
                for (int x = border; x < a.width() - border; x++) {
                    int i = y * a.width() + x;
                    double e = Math.clamp(a.plane(c)[i], 0f, 1f) - Math.clamp(b.plane(c)[i], 0f, 1f);
                    sum += e * e;
                    n++;
                }
            }
        }
        return -10 * Math.log10(sum / n);
    }

    private static Image cut(Image image, int scale) {
        return new Crop(0, 0, image.width() / scale * scale, image.height() / scale * scale).apply(image);
    }

    private static Frame frame(Image image) {
        int n = image.width() * image.height();
        byte[] bytes = new byte[3 * n];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < n; i++) {
                bytes[3 * i + c] = (byte) Math.round(255 * Math.clamp(image.plane(c)[i], 0f, 1f));
            }
        }
        return new Frame(
                image.width(),
                image.height(),
                Frame.Format.RGB8,
                bytes,
                Colour.SRGB,
                Duration.ZERO,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                "bench");
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
