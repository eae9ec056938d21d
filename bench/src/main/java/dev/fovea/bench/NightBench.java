package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.image.Affine2;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Develop;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import dev.fovea.image.Transfer;
import dev.fovea.image.Warp;
import dev.fovea.photo.NightShot;
import dev.fovea.sample.Actor;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Cutout;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Motion;
import dev.fovea.sample.Scenes;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.SimulatedBurst;
import dev.fovea.sample.World;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evidence for NightShot: bursts of exactly known truth, made from photographs and rendered scenes. Eight frames, tremor up to 8 px and
 * 0.3°, each pixel the light of 2×2 samples of the picture; noise of three gains, above a black level that keeps its negative half. All
 * figures are PSNR in dB of linear light in 0..1, 8 px of border left out, on the reference's grid.
 */
final class NightBench {
    private static final int BORDER = 8;
    private static final List<NoiseModel> GAINS =
            List.of(new NoiseModel(5e-6, 1e-3), new NoiseModel(2e-5, 5e-3), new NoiseModel(1e-4, 1.5e-2));
    private static final List<String> GAIN_NAMES = List.of("low", "middle", "high");
    private static final long SEED = 42;
    /** OpenCV's method takes seconds a picture: it is shown on so many. */
    private static final int PEER_PICTURES = 6;

    /** What happens in front of the camera, or to it. */
    enum Kind {
        /** Nothing moves but the hand. */
        STATIC,
        /** A disc of other content moves on by 5 px a frame; scored alone. */
        MOVING,
        /** A near disc sways by up to 4 px against its background; scored alone. */
        PARALLAX,
        /** One frame lies 47 px off. */
        MISALIGNED,
        /** One frame is blurred over 9 px. */
        BLURRED
    }

    /**
     * A line of the table.
     *
     * @param sensor RAW or RGB
     * @param kind what happens
     * @param gain low, middle or high
     * @param pictures how many were averaged
     * @param single the reference alone, our best demosaicing
     * @param average mean of the frames, aligned by the true motion (bicubic)
     * @param nlm OpenCV's non-local means multi at its best of five strengths, on the first pictures; NaN where not run
     * @param ours NightShot, neutral look
     * @param worst the least lead of ours over the single frame on any picture
     * @param lead the mean lead of ours over the average
     */
    record Row(
            String sensor,
            String kind,
            String gain,
            int pictures,
            double single,
            double average,
            double nlm,
            double ours,
            double worst,
            double lead) {}

    private NightBench() {}

    /** Measures and prints; skips what is not there. */
    static List<Row> run(Path data, boolean all, PrintStream out) {
        List<Image> worlds = worlds(data, all, out);
        out.println();
        out.printf("Night: %d pictures, seed %d, PSNR in dB of linear light%n", worlds.size(), SEED);
        out.println("sensor kind        gain    single  average  NLM-multi   ours   ours-average  worst ours-single");
        var rows = new ArrayList<Row>();
        for (Cfa cfa : List.of(Cfa.RGGB, Cfa.NONE)) {
            for (Kind kind : Kind.values()) {
                for (int g = 0; g < GAINS.size(); g++) {
                    Row row = row(worlds, cfa, kind, g);
                    rows.add(row);
                    out.printf(
                            Locale.ROOT,
                            "%-6s %-11s %-7s %6.2f  %6.2f   %6s    %6.2f   %+6.2f        %+6.2f%n",
                            row.sensor,
                            row.kind,
                            row.gain,
                            row.single,
                            row.average,
                            Double.isNaN(row.nlm) ? "-" : String.format(Locale.ROOT, "%.2f", row.nlm),
                            row.ours,
                            row.lead,
                            row.worst);
                    out.flush();
                }
            }
        }
        return rows;
    }

    private static Row row(List<Image> worlds, Cfa cfa, Kind kind, int gain) {
        double[][] scores = new double[worlds.size()][];
        Work.rows(worlds.size(), 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                boolean peer = kind == Kind.STATIC && i < PEER_PICTURES;
                scores[i] = scores(worlds.get(i), cfa, kind, gain, SEED + 10L * i + gain, peer);
            }
        });
        double[] mean = new double[4];
        for (int k = 0; k < 4; k++) {
            int column = k;
            mean[k] = Stream.of(scores)
                    .mapToDouble(s -> s[column])
                    .filter(v -> !Double.isNaN(v))
                    .average()
                    .orElse(Double.NaN);
        }
        double worst = Stream.of(scores).mapToDouble(s -> s[3] - s[0]).min().orElseThrow();
        double lead = Stream.of(scores).mapToDouble(s -> s[3] - s[1]).average().orElseThrow();
        return new Row(
                cfa.mosaic() ? "RAW" : "RGB",
                kind.name().toLowerCase(Locale.ROOT),
                GAIN_NAMES.get(gain),
                worlds.size(),
                mean[0],
                mean[1],
                mean[2],
                mean[3],
                worst,
                lead);
    }

    /** Single, average, non-local means, ours. */
    private static double[] scores(Image world, Cfa cfa, Kind kind, int gain, long seed, boolean peer) {
        SimulatedBurst b = burst(world, cfa, kind, GAINS.get(gain), seed);
        Image mask = b.masks().isEmpty() ? null : b.masks().getFirst();
        var frames = new ArrayList<Image>();
        for (int f = 0; f < b.burst().size(); f++) {
            Image single = new Develop().apply((Raw) b.burst().shots().get(f));
            frames.add(f == 0 ? single : onReference(single, b.motions().get(f)));
        }
        Image ours = new NightShot()
                .withLook(NightShot.Look.NEUTRAL)
                .withReference(0)
                .apply(b.burst());
        return new double[] {
            psnr(frames.getFirst(), b.truth(), mask),
            psnr(average(frames), b.truth(), mask),
            peer ? NonLocalMeans.best(frames, b.truth(), BORDER) : Double.NaN,
            psnr(ours, b.truth(), mask)
        };
    }

    static SimulatedBurst burst(Image world, Cfa cfa, Kind kind, NoiseModel noise, long seed) {
        int w = world.width();
        int h = world.height();
        int radius = Math.min(w, h) / 8;
        var simulator = BurstSimulator.of(Sensor.plain(noise, cfa), seed).withScale(2);
        return switch (kind) {
            case STATIC -> simulator.shoot(new World(world));
            case MOVING ->
                simulator.shoot(new World(
                        world,
                        List.of(Actor.moving(
                                Cutout.disc(world, w / 3, h / 3, radius).moved(w / 5.0, h / 5.0), 9, 5))));
            case PARALLAX ->
                simulator.shoot(new World(
                        world,
                        List.of(Actor.near(
                                Cutout.disc(world, w / 2, h / 2, 3 * radius / 2), simulator.frames(), 8, seed))));
            case MISALIGNED -> simulator.withMishap(new Mishap.Jump(3, 40, -25)).shoot(new World(world));
            case BLURRED -> simulator.withMishap(new Mishap.Blur(3, 8, 5)).shoot(new World(world));
        };
    }

    /** A frame resampled to the reference's grid by the true motion. */
    private static Image onReference(Image frame, Motion m) {
        double cx = (frame.width() - 1) / 2.0;
        double cy = (frame.height() - 1) / 2.0;
        double px = cx + m.dx();
        double py = cy + m.dy();
        var back = new Affine2(
                m.cos(),
                m.sin(),
                cx - m.cos() * px - m.sin() * py,
                -m.sin(),
                m.cos(),
                cy + m.sin() * px - m.cos() * py);
        return new Warp(back, frame.width(), frame.height(), Warp.Sampling.BICUBIC).apply(frame);
    }

    private static Image average(List<Image> frames) {
        Image first = frames.getFirst();
        float[][] mean = new float[3][first.width() * first.height()];
        for (Image f : frames) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < mean[c].length; i++) {
                    mean[c][i] += f.plane(c)[i] / frames.size();
                }
            }
        }
        return Image.of(first.width(), first.height(), Colour.LINEAR, mean);
    }

    /** PSNR of values clipped to 0..1 inside the border, where the mask, if any, is above a half. */
    static double psnr(Image a, Image b, @org.jspecify.annotations.Nullable Image mask) {
        double sum = 0;
        long n = 0;
        for (int y = BORDER; y < a.height() - BORDER; y++) {
            for (int x = BORDER; x < a.width() - BORDER; x++) {
                int i = y * a.width() + x;
                if (mask == null || mask.plane(0)[i] > 0.5f) {
                    for (int c = 0; c < 3; c++) {
                        double d = Math.clamp(a.plane(c)[i], 0f, 1f) - Math.clamp(b.plane(c)[i], 0f, 1f);
                        sum += d * d;
                        n++;
                    }
                }
            }
        }
        return -10 * Math.log10(sum / n);
    }

    /** Light of the pictures at hand: a rendered scene, and what the data folder holds. */
    private static List<Image> worlds(Path data, boolean all, PrintStream out) {
        var worlds = new ArrayList<Image>();
        worlds.add(Scenes.patchwork(560, 432, SEED));
        pictures(data.resolve("sr/set14"), ".png", all ? 14 : 5, worlds, out);
        pictures(data.resolve("sr/urban100"), ".png", all ? 8 : 3, worlds, out);
        pictures(data.resolve("sr/bsd100"), ".png", all ? 40 : 4, worlds, out);
        pictures(data.resolve("noise/polyu"), "_mean.jpg", all ? 20 : 3, worlds, out);
        return worlds;
    }

    private static void pictures(Path folder, String ending, int most, List<Image> worlds, PrintStream out) {
        if (!Files.isDirectory(folder)) {
            out.println("Night on " + folder + ": skipped, it is not there.");
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.toString().endsWith(ending))
                    .sorted()
                    .limit(most)
                    .forEach(f -> worlds.add(light(f)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The middle of a picture, at most 640 samples a side, as light. */
    private static Image light(Path file) {
        Image image = Image.read(file).to(Colour.LINEAR);
        int w = Math.min(image.width(), 640);
        int h = Math.min(image.height(), 640);
        int x0 = (image.width() - w) / 2;
        int y0 = (image.height() - h) / 2;
        float[][] out = new float[3][w * h];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < h; y++) {
                System.arraycopy(image.plane(c), (y0 + y) * image.width() + x0, out[c], y * w, w);
            }
        }
        return Image.of(w, h, Colour.LINEAR, out);
    }

    /**
     * Real noise: single shots of still scenes beside the mean of many (Xu 2018), before and after.
     *
     * @return mean PSNR on the display scale of the shots, of NightShot on each, and of OpenCV's non-local means
     */
    static double[] real(Path data, PrintStream out) {
        Path folder = data.resolve("noise/polyu");
        if (!Files.isDirectory(folder)) {
            out.println("Real noise: skipped, " + folder + " is not there.");
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        List<Path> shots;
        try (Stream<Path> files = Files.list(folder)) {
            shots = files.filter(f -> f.toString().endsWith("_real.jpg"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        double[][] scores = new double[shots.size()][];
        Work.rows(shots.size(), 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                scores[i] = real(shots.get(i));
            }
        });
        double[] mean = new double[3];
        for (int k = 0; k < 3; k++) {
            int column = k;
            mean[k] = Stream.of(scores).mapToDouble(s -> s[column]).average().orElse(Double.NaN);
        }
        out.printf(
                Locale.ROOT,
                "%nReal noise, %d single shots of noise/polyu, PSNR in dB on the display scale to the mean of many:%n"
                        + "shot %.2f   OpenCV non-local means (h = 3) %.2f   night, neutral look, one frame %.2f%n",
                shots.size(),
                mean[0],
                mean[2],
                mean[1]);
        return mean;
    }

    private static double[] real(Path file) {
        Image truth =
                Image.read(file.resolveSibling(file.getFileName().toString().replace("_real", "_mean")));
        Shot shot = Shot.read(file);
        Image noisy = Image.read(file);
        Image ours = new NightShot().withLook(NightShot.Look.NEUTRAL).apply(new dev.fovea.image.Burst(List.of(shot)));
        return new double[] {
            psnr(noisy, truth, null), psnr(ours, truth, null), psnr(NonLocalMeans.single(noisy), truth, null)
        };
    }

    /** The display values of light, 8 bits. */
    static byte[] display(Image light) {
        byte[] out = new byte[3 * light.width() * light.height()];
        IntStream.range(0, out.length / 3).forEach(i -> {
            for (int c = 0; c < 3; c++) {
                out[3 * i + 2 - c] = (byte) Math.round(255 * Transfer.encode(Math.clamp(light.plane(c)[i], 0f, 1f)));
            }
        });
        return out;
    }
}
