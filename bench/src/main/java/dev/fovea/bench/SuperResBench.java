package dev.fovea.bench;

import dev.fovea.cli.Json;
import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Develop;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Resize;
import dev.fovea.photo.SuperRes;
import dev.fovea.sample.Actor;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Cutout;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.SimulatedBurst;
import dev.fovea.sample.World;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Evidence for super-resolution. Bursts of known truth: a picture, blurred as by a lens (Gaussian of 0.4 pixels), sampled at half its size
 * by pixels that integrate their own square, with tremor and noise; the truth is the picture before the blur. And single pictures at
 * ×2 and ×4 as the field counts: made small by bicubic, luma, borders off.
 */
final class SuperResBench {
    private static final NoiseModel[] NOISE = {new NoiseModel(5e-6, 1e-3), new NoiseModel(2e-5, 5e-3)};
    private static final double LENS = 0.4;
    private static final int SCALE = 2;
    private static final int FRAMES = 8;
    private static final int MARGIN = 8;
    private static final double SHIFT = 4;
    private static final double DEGREES = 0.2;
    /** Fine pixels at each side that are not counted. */
    private static final int BORDER = 16;

    /** Nothing, something that moves, a frame blurred by motion, a frame far off. */
    private static final List<String> EVENTS = List.of("", "disc", "blur", "jump");

    private static final int RADIUS = 30;
    /** Pictures of each set that bursts are made of. */
    private static final int PICTURES = 10;

    private SuperResBench() {}

    /**
     * Bursts of one kind: mean PSNR over the pictures, sRGB, all colours, in dB.
     *
     * @param moving PSNR of ours less that of a single frame, within a moving disc; not a number where nothing moves
     */
    record BurstRow(
            String set,
            String sensor,
            NoiseModel noise,
            String event,
            int pictures,
            double bicubic,
            double single,
            double ours,
            double moving) {}

    /** Single pictures: mean PSNR of luma, and the cost. */
    record SingleRow(
            String set, int scale, int pictures, double bicubic, double ours, double millisecondsPerMegapixel) {}

    /** The speed of ×2 from 12 megapixels. */
    record Speed(int frames, double megapixels, double seconds) {}

    /** All of it. */
    record Result(List<BurstRow> bursts, List<SingleRow> singles, List<Speed> speed, List<String> skipped) {}

    /** Measures and prints, lines as they come or one JSON object at the end. */
    static Result run(Path data, boolean json, PrintStream out) {
        Result result = measured(data, json ? new PrintStream(OutputStream.nullOutputStream(), false) : out);
        if (json) {
            out.println(Json.of(result));
        }
        return result;
    }

    private static Result measured(Path data, PrintStream out) {
        var result = new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        out.println("Super-resolution of bursts, x2 from 8 frames: PSNR in dB (sRGB, all colours, borders off)");
        out.println("set       sensor noise  event       n  bicubic  single    ours  over bicubic  over single"
                + "  moving disc over single");
        for (String set : List.of("bsd100", "set14", "urban100")) {
            Path folder = data.resolve("sr").resolve(set);
            if (!Files.isDirectory(folder)) {
                result.skipped.add("Super-resolution of " + set + ": skipped, " + folder + " is not there.");
                continue;
            }
            bursts(set, folder, result, out);
        }
        out.println("Super-resolution of single pictures: PSNR of luma in dB, and what a megapixel made costs");
        for (String set : List.of("set14", "bsd100", "urban100")) {
            Path folder = data.resolve("sr").resolve(set);
            if (Files.isDirectory(folder)) {
                result.singles.add(single(set, folder, 2, out));
                result.singles.add(single(set, folder, 4, out));
            }
        }
        speed(result, out);
        result.skipped.forEach(out::println);
        return result;
    }

    private static void bursts(String set, Path folder, Result result, PrintStream out) {
        List<Path> files = files(folder);
        // The first ten of bsd100 served for tuning: others are reported.
        List<Path> used = set.equals("bsd100") ? files.subList(Math.min(10, files.size()), files.size()) : files;
        used = used.subList(0, Math.min(PICTURES, used.size()));
        for (Cfa cfa : List.of(Cfa.RGGB, Cfa.NONE)) {
            for (NoiseModel noise : NOISE) {
                List<String> events = set.equals("bsd100") && noise == NOISE[0] ? EVENTS : List.of("");
                for (String event : events) {
                    BurstRow row = row(set, used, cfa, noise, event);
                    result.bursts.add(row);
                    print(row, out);
                }
            }
        }
    }

    private static void print(BurstRow r, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-9s %-6s %-6.3f %-9s %3d  %7.2f %7.2f %7.2f  %12.2f  %11.2f  %s%n",
                r.set,
                r.sensor,
                r.noise.shot(),
                r.event,
                r.pictures,
                r.bicubic,
                r.single,
                r.ours,
                r.ours - r.bicubic,
                r.ours - r.single,
                Double.isNaN(r.moving) ? "" : String.format(Locale.ROOT, "%.2f", r.moving));
    }

    private static BurstRow row(String set, List<Path> files, Cfa cfa, NoiseModel noise, String event) {
        double bicubic = 0;
        double single = 0;
        double ours = 0;
        double moving = 0;
        for (int i = 0; i < files.size(); i++) {
            Image world = even(Image.read(files.get(i))).to(Colour.LINEAR);
            SimulatedBurst taken = taken(world, cfa, noise, event, 7 + i);
            Image truth = truth(world, event);
            var first = (Raw) taken.burst().shots().getFirst();
            var stage = new SuperRes(SCALE).withReference(0);
            Image reference = new Develop().apply(first);
            Image large = new Resize(SCALE * reference.width(), SCALE * reference.height(), Resize.Filter.CATMULL_ROM)
                    .apply(reference);
            Image one = stage.apply(new Burst(List.of(first)));
            Image all = stage.apply(taken.burst());
            bicubic += psnr(truth, large, null);
            single += psnr(truth, one, null);
            ours += psnr(truth, all, null);
            if (!taken.masks().isEmpty()) {
                Image mask = taken.masks().getFirst();
                moving += psnr(truth, all, mask) - psnr(truth, one, mask);
            }
        }
        int n = files.size();
        return new BurstRow(
                set,
                cfa.mosaic() ? "RAW" : "RGB",
                noise,
                event,
                n,
                bicubic / n,
                single / n,
                ours / n,
                event.equals("disc") ? moving / n : Double.NaN);
    }

    private static SimulatedBurst taken(Image world, Cfa cfa, NoiseModel noise, String event, long seed) {
        Image blurred = new GaussianBlur(LENS * SCALE).apply(world);
        List<Actor> actors = event.equals("disc") ? List.of(Actor.moving(disc(blurred), 9, 5)) : List.of();
        Mishap mishap = switch (event) {
            case "blur" -> new Mishap.Blur(3, 4, 2);
            case "jump" -> new Mishap.Jump(3, 21, 13);
            default -> Mishap.NONE;
        };
        return new BurstSimulator(
                        FRAMES, SCALE, MARGIN, SHIFT, DEGREES, mishap, Sensor.plain(noise, cfa), Exif.NONE, seed)
                .shoot(new World(blurred, actors));
    }

    /** Something round that lies elsewhere in every frame; the same picture's top left, in its middle. */
    private static Cutout disc(Image from) {
        Cutout piece = Cutout.disc(from, RADIUS + 20, RADIUS + 20, RADIUS);
        return piece.moved(
                from.width() / 2.0 - RADIUS - piece.x() - 2 * RADIUS,
                from.height() / 2.0 - RADIUS - piece.y() - RADIUS);
    }

    /** The sharp picture, with the sharp disc where the reference has it. */
    private static Image truth(Image world, String event) {
        return event.equals("disc") ? pasted(world, disc(world)) : world;
    }

    /** A picture with something on it. */
    static Image pasted(Image world, Cutout disc) {
        int w = world.width();
        float[][] planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = world.plane(c).clone();
            for (int i = 0; i < disc.cover().plane(0).length; i++) {
                int x = (int) disc.x() + i % disc.cover().width();
                int y = (int) disc.y() + i / disc.cover().width();
                float k = disc.cover().plane(0)[i];
                planes[c][y * w + x] =
                        planes[c][y * w + x] * (1 - k) + disc.light().plane(c)[i];
            }
        }
        return Image.of(w, world.height(), Colour.LINEAR, planes);
    }

    /** Over all, or where the mask says (at the frames' size). */
    private static double psnr(Image truth, Image found, @org.jspecify.annotations.Nullable Image mask) {
        int m = MARGIN * SCALE;
        double sum = 0;
        int n = 0;
        for (int y = BORDER; y < found.height() - BORDER; y++) {
            for (int x = BORDER; x < found.width() - BORDER; x++) {
                if (mask != null && mask.plane(0)[y / SCALE * mask.width() + x / SCALE] < 0.99f) {
                    continue;
                }
                for (int c = 0; c < 3; c++) {
                    double e = display(found.plane(c)[y * found.width() + x])
                            - display(truth.plane(c)[(y + m) * truth.width() + x + m]);
                    sum += e * e;
                    n++;
                }
            }
        }
        return -10 * Math.log10(sum / n);
    }

    private static SingleRow single(String set, Path folder, int scale, PrintStream out) {
        double bicubic = 0;
        double ours = 0;
        double time = 0;
        double pixels = 0;
        List<Path> files = files(folder);
        for (Path file : files) {
            Image read = Image.read(file).to(Colour.SRGB);
            Image truth = new Crop(0, 0, read.width() / scale * scale, read.height() / scale * scale).apply(read);
            Image small = rounded(new Resize(truth.width() / scale, truth.height() / scale).apply(truth));
            bicubic += luma(truth, new Resize(truth.width(), truth.height()).apply(small), scale);
            long start = System.nanoTime();
            Image large = small;
            for (int s = 1; s < scale; s *= 2) {
                large = new SuperRes(2).withBlur(0).apply(new Burst(List.of(frame(large))));
            }
            time += (System.nanoTime() - start) / 1e6;
            pixels += large.width() * large.height() / 1e6;
            ours += luma(truth, large, scale);
        }
        int n = files.size();
        var row = new SingleRow(set, scale, n, bicubic / n, ours / n, time / pixels);
        out.printf(
                Locale.ROOT,
                "%-9s x%d %3d  bicubic %.2f  ours %.2f  (%+.2f)  %.0f ms%n",
                set,
                scale,
                n,
                row.bicubic,
                row.ours,
                row.ours - row.bicubic,
                row.millisecondsPerMegapixel);
        return row;
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

    private static void speed(Result result, PrintStream out) {
        int w = 4000;
        int h = 3000;
        Image world = noisyWaves(w + 40, h + 40);
        for (int frames : new int[] {2, 4, FRAMES}) {
            Burst burst = BurstSimulator.of(Sensor.plain(NOISE[0], Cfa.RGGB), 3)
                    .withFrames(frames)
                    .withMargin(20)
                    .withTremor(SHIFT, DEGREES)
                    .shoot(new World(world))
                    .burst();
            long start = System.nanoTime();
            new SuperRes(2).apply(burst);
            var speed = new Speed(frames, w * h / 1e6, (System.nanoTime() - start) / 1e9);
            result.speed.add(speed);
            out.printf(
                    Locale.ROOT,
                    "x2 from %d RAW frames of %.0f megapixels: %.1f s%n",
                    frames,
                    speed.megapixels,
                    speed.seconds);
        }
    }

    private static Image noisyWaves(int w, int h) {
        float[][] planes = new float[3][w * h];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < w * h; i++) {
                double x = i % w;
                double y = (double) (i / w);
                planes[c][i] = (float) (0.3
                        + 0.15 * Math.sin(x * x / 9000 + c) * Math.cos(y * 0.31)
                        + 0.1 * Math.sin((x + 2 * y) * 0.7));
            }
        }
        return Image.of(w, h, Colour.LINEAR, planes);
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

    private static Image rounded(Image image) {
        return frame(image).image();
    }

    private static Image even(Image image) {
        return new Crop(0, 0, image.width() / SCALE * SCALE, image.height() / SCALE * SCALE).apply(image);
    }

    private static double display(double v) {
        double x = Math.clamp(v, 0, 1);
        return x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
    }

    static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().matches(".*\\.(png|jpg|webp)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
