package dev.fovea.bench;

import dev.fovea.image.CameraColour;
import dev.fovea.image.Cfa;
import dev.fovea.image.Demosaic;
import dev.fovea.image.Exif;
import dev.fovea.image.NoiseEstimate;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * How good and how fast {@link Demosaic} and {@link NoiseEstimate} are: pictures are made linear, mosaicked (RGGB), given noise, and
 * compared after return to sRGB: PSNR over the three colours, a border of 10 pixels left out. "half" are the pictures shrunk by two in
 * linear light, which removes what their first demosaicing and JPEG have left.
 */
final class DemosaicBench {
    private static final NoiseModel[] NOISE = {
        new NoiseModel(0, 0), new NoiseModel(5e-6, 1e-3), new NoiseModel(2e-5, 5e-3), new NoiseModel(1e-4, 1.5e-2)
    };
    private static final float[] ONE = {1, 1, 1};
    private static final int BORDER = 10;
    private static final int MEGAPIXELS = 12;

    private DemosaicBench() {}

    private record Picture(int width, int height, float[][] linear) {}

    private interface Method {
        float[][] apply(float[] mosaic, int width, int height, NoiseModel noise);
    }

    private record Named(String name, Method method) {}

    private static final List<Named> METHODS = List.of(
            new Named("bilinear", (m, w, h, n) -> new PlainDemosaics(m, w, h).bilinear()),
            new Named("Malvar 2004", (m, w, h, n) -> new PlainDemosaics(m, w, h).malvar()),
            new Named("LMMSE 2005", (m, w, h, n) -> new PlainDemosaics(m, w, h).lmmse()),
            new Named("Fovea", (m, w, h, n) -> Demosaic.planes(m, w, h, Cfa.RGGB, ONE, n)));

    /**
     * One line of the tables.
     *
     * @param what the pictures, or what was measured
     * @param method how
     * @param values the figures, in the order of the printed columns
     */
    record Line(String what, String method, List<Double> values) {}

    /** Prints the tables of quality, speed and noise estimation; says what it skips. */
    static List<Line> run(Path data) {
        var lines = new ArrayList<Line>();
        System.out.println(
                "demosaicing: colour PSNR in dB, by noise (read, shot): none | 5e-6, 1e-3 | 2e-5, 5e-3 | 1e-4, 1.5e-2");
        var all = new ArrayList<Picture>();
        for (String set : List.of("set14", "bsd100", "urban100")) {
            Path folder = data.resolve("sr").resolve(set);
            if (!Files.isDirectory(folder)) {
                System.out.println(set + ": skipped, " + folder + " is not there");
                continue;
            }
            var pictures = pictures(folder);
            all.addAll(pictures);
            lines.addAll(quality(set, pictures));
        }
        if (!all.isEmpty()) {
            lines.addAll(quality("half", all.stream().map(DemosaicBench::half).toList()));
            lines.addAll(estimates(all));
        }
        lines.add(speed());
        return lines;
    }

    private static List<Line> quality(String set, List<Picture> pictures) {
        var lines = new ArrayList<Line>();
        for (Named method : METHODS) {
            var line = new StringBuilder(String.format("%-10s %-12s", set, method.name));
            var values = new ArrayList<Double>();
            for (NoiseModel noise : NOISE) {
                double sum = 0;
                for (int i = 0; i < pictures.size(); i++) {
                    Picture p = pictures.get(i);
                    float[] mosaic = noisy(p, noise, i);
                    sum += psnr(p, method.method.apply(mosaic, p.width, p.height, noise));
                }
                values.add(sum / pictures.size());
                line.append(String.format(" %7.2f", sum / pictures.size()));
            }
            System.out.println(line);
            lines.add(new Line("PSNR, " + set, method.name, values));
        }
        return lines;
    }

    /** The estimated over the true standard deviation, at the mean and at a tenth of the mean of every picture. */
    private static List<Line> estimates(List<Picture> pictures) {
        var lines = new ArrayList<Line>();
        System.out.println(
                "noise estimation: estimated / true sigma at a picture's mean value: 10 %, median, 90 % of pictures");
        for (int n = 1; n < NOISE.length; n++) {
            var ratios = new ArrayList<Double>();
            for (int i = 0; i < pictures.size(); i++) {
                Picture p = pictures.get(i);
                NoiseModel found = NoiseEstimate.of(raw(p, noisy(p, NOISE[n], i)));
                double mean = 0;
                for (float v : p.linear[1]) {
                    mean += v / p.linear[1].length;
                }
                ratios.add(Math.sqrt(found.variance(mean) / NOISE[n].variance(mean)));
            }
            ratios.sort(null);
            System.out.printf(
                    "%g, %g: %.2f %.2f %.2f%n",
                    NOISE[n].read(),
                    NOISE[n].shot(),
                    ratios.get(ratios.size() / 10),
                    ratios.get(ratios.size() / 2),
                    ratios.get(ratios.size() * 9 / 10));
            lines.add(new Line(
                    "noise, estimated over true, at read " + NOISE[n].read() + ", shot " + NOISE[n].shot(),
                    "10 %, median, 90 %",
                    List.of(
                            ratios.get(ratios.size() / 10),
                            ratios.get(ratios.size() / 2),
                            ratios.get(ratios.size() * 9 / 10))));
        }
        return lines;
    }

    private static Line speed() {
        int w = 4000;
        int h = MEGAPIXELS * 1_000_000 / w;
        var random = new SplittableRandom(1);
        var mosaic = new float[w * h];
        for (int i = 0; i < mosaic.length; i++) {
            mosaic[i] = random.nextFloat();
        }
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            Demosaic.planes(mosaic, w, h, Cfa.RGGB, ONE, NOISE[1]);
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        System.out.printf("demosaicing 12 megapixels: %.0f ms%n", best);
        return new Line("milliseconds for 12 megapixels", "Fovea", List.of(best));
    }

    private static Raw raw(Picture p, float[] mosaic) {
        float black = 1024;
        var samples = new short[mosaic.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.clamp(Math.round(mosaic[i] * (65535 - black) + black), 0, 65535);
        }
        return new Raw(
                p.width,
                p.height,
                Cfa.RGGB,
                new short[][] {samples},
                new float[] {black, black, black, black},
                65535,
                CameraColour.SRGB,
                Optional.empty(),
                Exif.NONE,
                "bench");
    }

    private static float[] noisy(Picture p, NoiseModel noise, int seed) {
        var random = new java.util.Random(seed);
        var m = new float[p.width * p.height];
        for (int i = 0; i < m.length; i++) {
            float v = p.linear[Cfa.RGGB.colourAt(i % p.width, i / p.width)][i];
            m[i] = (float) (v + random.nextGaussian() * Math.sqrt(noise.variance(v)));
        }
        return m;
    }

    private static double psnr(Picture truth, float[][] found) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = BORDER; y < truth.height - BORDER; y++) {
                for (int x = BORDER; x < truth.width - BORDER; x++) {
                    double e = display(found[c][y * truth.width + x]) - display(truth.linear[c][y * truth.width + x]);
                    sum += e * e;
                }
            }
        }
        return -10 * Math.log10(sum / (3.0 * (truth.width - 2 * BORDER) * (truth.height - 2 * BORDER)));
    }

    private static double display(double v) {
        double x = Math.clamp(v, 0, 1);
        return x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
    }

    private static double linear(double x) {
        return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
    }

    private static Picture half(Picture p) {
        int w = p.width / 4 * 2;
        int h = p.height / 4 * 2;
        var planes = new float[3][w * h];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < w * h; i++) {
                int at = i / w * 2 * p.width + i % w * 2;
                float[] v = p.linear[c];
                planes[c][i] = (v[at] + v[at + 1] + v[at + p.width] + v[at + p.width + 1]) / 4;
            }
        }
        return new Picture(w, h, planes);
    }

    private static List<Picture> pictures(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".png"))
                    .sorted()
                    .map(DemosaicBench::picture)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Picture picture(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            int w = image.getWidth() & ~1;
            int h = image.getHeight() & ~1;
            int[] rgb = image.getRGB(0, 0, w, h, null, 0, w);
            var planes = new float[3][w * h];
            for (int i = 0; i < rgb.length; i++) {
                for (int c = 0; c < 3; c++) {
                    planes[c][i] = (float) linear((rgb[i] >> (16 - 8 * c) & 255) / 255.0);
                }
            }
            return new Picture(w, h, planes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
