package dev.fovea.bench;

import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Develop;
import dev.fovea.image.Exif;
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
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Evidence for super-resolution. Bursts of known truth: a picture, blurred as by a lens (Gaussian of 0.4 pixels), sampled at half its size
 * by pixels that integrate their own square, with tremor and noise; the truth is the picture before the blur. Then a resolution chart,
 * time and memory.
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
     * @param worst the same of the worst picture
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
            double moving,
            double worst) {}

    /** All of it. */
    record Result(
            List<BurstRow> bursts, List<ResolutionChart.Row> chart, List<BurstSpeed.Row> speed, List<String> skipped) {}

    /** Measures and prints. */
    static Result run(Path data, PrintStream out) {
        var bursts = new ArrayList<BurstRow>();
        var skipped = new ArrayList<String>();
        out.println("Super-resolution of bursts, x2 from 8 frames: PSNR in dB (sRGB, all colours, borders off)");
        out.println("set       sensor noise  event       n  bicubic  single    ours  over bicubic  over single"
                + "  moving disc over single: mean, worst");
        for (String set : List.of("bsd100", "set14", "urban100")) {
            Path folder = data.resolve("sr").resolve(set);
            if (Files.isDirectory(folder)) {
                bursts(set, folder, bursts, out);
            } else {
                skipped.add("Super-resolution of " + set + ": skipped, " + folder + " is not there.");
            }
        }
        List<ResolutionChart.Row> chart = ResolutionChart.run(out);
        List<BurstSpeed.Row> speed = BurstSpeed.run("Super-resolution, x2", new SuperRes(SCALE), 1, out);
        skipped.forEach(out::println);
        return new Result(bursts, chart, speed, skipped);
    }

    private static void bursts(String set, Path folder, List<BurstRow> rows, PrintStream out) {
        List<Path> files = files(folder);
        // The first ten of bsd100 served for tuning: others are reported.
        List<Path> used = set.equals("bsd100") ? files.subList(Math.min(10, files.size()), files.size()) : files;
        used = used.subList(0, Math.min(PICTURES, used.size()));
        for (Cfa cfa : List.of(Cfa.RGGB, Cfa.NONE)) {
            for (NoiseModel noise : NOISE) {
                List<String> events = set.equals("bsd100") && noise == NOISE[0] ? EVENTS : List.of("");
                for (String event : events) {
                    BurstRow row = row(set, used, cfa, noise, event);
                    rows.add(row);
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
                Double.isNaN(r.moving) ? "" : String.format(Locale.ROOT, "%+.2f %+.2f", r.moving, r.worst));
    }

    private static BurstRow row(String set, List<Path> files, Cfa cfa, NoiseModel noise, String event) {
        double bicubic = 0;
        double single = 0;
        double ours = 0;
        double moving = 0;
        double worst = Double.MAX_VALUE;
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
                double more = psnr(truth, all, mask) - psnr(truth, one, mask);
                moving += more;
                worst = Math.min(worst, more);
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
                event.equals("disc") ? moving / n : Double.NaN,
                event.equals("disc") ? worst : Double.NaN);
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
