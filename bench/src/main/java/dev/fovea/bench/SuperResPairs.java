package dev.fovea.bench;

import dev.fovea.BadInput;
import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Exif;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Resize;
import dev.fovea.photo.Enlarged;
import dev.fovea.photo.SuperRes;
import dev.fovea.sample.Actor;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Cutout;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.SimulatedBurst;
import dev.fovea.sample.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * What super-resolution's finisher learns from: what the classical steps make of simulated bursts, beside the truth. The pictures are cut
 * into worlds, shrunk at random so that they are sharp, and photographed by all kinds of sensors, well and badly.
 *
 * <p>A pair is a file, little-endian: side S (32-bit integer), scale (32-bit float), then 16-bit unsigned numbers: 3 S² of the enlarged
 * picture and 3 S² of the truth (display value / 2 + 1/4), and (S/2)² of the noise (0..1); full scale is 65535.
 */
final class SuperResPairs {
    /** Fine pixels along a pair. */
    private static final int SIDE = 192;
    /** Fine pixels around it that are made and left out. */
    private static final int RIM = 24;

    private static final int MARGIN = 8;
    private static final double LENS = 0.4;

    private SuperResPairs() {}

    /** Writes as many pairs of the pictures of a folder; the same seed gives the same pairs. */
    static void write(Path pictures, Path to, int first, int count) {
        List<Path> files = SuperResBench.files(pictures);
        if (files.isEmpty()) {
            throw new BadInput(pictures.toString(), "holds no pictures", "name a folder of PNG or JPEG files");
        }
        for (int i = first; i < first + count; i++) {
            try {
                Files.createDirectories(to);
                Files.write(to.resolve("%06d.pair".formatted(i)), pair(files.get(i % files.size()), i));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static byte[] pair(Path file, int seed) {
        var random = new Random(seed * 7919L + 1);
        double scale = List.of(2.0, 2.0, 3.0, 1 + random.nextInt(21) / 10.0).get(random.nextInt(4));
        int sampling = scale > 2 ? 3 : 2;
        int frame = (int) Math.ceil((SIDE + 2 * RIM) / scale);
        int side = (frame + 2 * MARGIN) * sampling;
        Image world = world(Image.read(file), side, random);
        Image blurred = new GaussianBlur(LENS * sampling).apply(world);
        boolean moves = random.nextInt(8) == 0;
        double x = world.width() * (0.2 + 0.3 * random.nextDouble());
        double y = world.height() * (0.2 + 0.3 * random.nextDouble());
        var actor = Actor.moving(disc(blurred, x, y), 16 * random.nextDouble() - 8, 16 * random.nextDouble() - 8);
        SimulatedBurst taken = shot(new World(blurred, moves ? List.of(actor) : List.of()), sampling, seed, random);
        boolean developed = random.nextInt(4) == 0;
        Burst burst = developed ? taken.developed() : taken.burst();
        Enlarged made = new SuperRes(scale).withReference(0).classical(burst);
        Image sharp = moves ? SuperResBench.pasted(world, disc(world, x, y)) : world;
        int rim = MARGIN * sampling;
        Image truth = new Resize(made.image().width(), made.image().height())
                .apply(new Crop(rim, rim, frame * sampling, frame * sampling).apply(sharp));
        return packed(made, truth, scale);
    }

    /** A square of the picture as light, made smaller by up to a half. */
    private static Image world(Image picture, int side, Random random) {
        double most = Math.min(picture.width(), picture.height()) / (double) side;
        double shrink = Math.clamp(1 + random.nextDouble() * 1.2, 1, Math.max(1, most));
        int n = (int) Math.min(Math.round(side * shrink), Math.min(picture.width(), picture.height()));
        Image cut = new Crop(random.nextInt(picture.width() - n + 1), random.nextInt(picture.height() - n + 1), n, n)
                .apply(picture.to(Colour.SRGB));
        return new Resize(side, side, Resize.Filter.LANCZOS3).apply(cut).to(Colour.LINEAR);
    }

    /** Something round that moves, of the picture's own texture. */
    private static Cutout disc(Image world, double x, double y) {
        Cutout disc = Cutout.disc(world, 60, 60, 24);
        return disc.moved(Math.rint(x - disc.x()), Math.rint(y - disc.y()));
    }

    private static SimulatedBurst shot(World world, int sampling, int seed, Random random) {
        double shot = 2e-5 * Math.pow(500, Math.sqrt(random.nextDouble()));
        var noise = new NoiseModel(shot / 220, shot);
        int frames = List.of(1, 1, 1, 3, 8, 8, 8, 8).get(random.nextInt(8));
        Mishap mishap = random.nextInt(8) == 0 && frames > 3
                ? random.nextBoolean() ? new Mishap.Blur(3, 4, 2) : new Mishap.Jump(3, 21, 13)
                : Mishap.NONE;
        Cfa cfa = random.nextInt(3) == 0 ? Cfa.NONE : Cfa.RGGB;
        return new BurstSimulator(frames, sampling, MARGIN, 4, 0.2, mishap, Sensor.plain(noise, cfa), Exif.NONE, seed)
                .shoot(world);
    }

    private static byte[] packed(Enlarged made, Image truth, double scale) {
        var out =
                ByteBuffer.allocate(8 + 2 * (6 * SIDE * SIDE + SIDE * SIDE / 4)).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(SIDE).putFloat((float) scale);
        put(out, made.image().to(Colour.SRGB));
        put(out, truth.to(Colour.SRGB));
        float[] noise = made.noise().plane(0);
        for (int y = 0; y < SIDE / 2; y++) {
            for (int x = 0; x < SIDE / 2; x++) {
                out.putShort(unsigned(noise[(y + RIM / 2) * made.noise().width() + x + RIM / 2]));
            }
        }
        return out.array();
    }

    private static void put(ByteBuffer out, Image image) {
        for (int c = 0; c < 3; c++) {
            float[] plane = image.plane(c);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    out.putShort(unsigned(plane[(y + RIM) * image.width() + x + RIM] / 2 + 0.25f));
                }
            }
        }
    }

    private static short unsigned(float x) {
        return (short) Math.round(65535 * Math.clamp(x, 0f, 1f));
    }
}
