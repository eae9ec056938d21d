package dev.fovea.sample;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Exif.Directory;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A handheld burst of {@link Scenes#night} as files, to try things on: IMG_0001.dng and its twin IMG_0001.jpg and so on, and the clean
 * truth of the first in truth/, also at twice the resolution.
 *
 * @param width of the frames, at least 16
 * @param height of the frames, at least 16
 * @param frames how many, at least 1
 * @param noise of the sensor
 * @param seed of scene, hand and noise
 */
public record SampleBurst(int width, int height, int frames, NoiseModel noise, long seed) {
    /** Eight frames of three megapixels at ISO 3200. */
    public static final SampleBurst NORMAL = new SampleBurst(2016, 1512, 8, new NoiseModel(2e-5, 5e-3), 1);

    /** How much the lens blurs: the standard deviation of its Gaussian, in pixels. */
    private static final double LENS = 0.4;

    private static final int TEXT = 2;
    private static final int SHORT = 3;
    private static final int RATIONAL = 5;

    /** Checks the ranges. */
    public SampleBurst {
        if (width < 16 || height < 16 || (long) width * height > 1 << 25 || frames < 1 || frames > 99) {
            throw new IllegalArgumentException("a burst of " + frames + " frames of " + width + " x " + height
                    + " pixels: 1 to 99 frames, at least 16 pixels each way and at most 32 megapixels are possible");
        }
    }

    /** The same with frames of another size. */
    public SampleBurst withSize(int w, int h) {
        return new SampleBurst(w, h, frames, noise, seed);
    }

    /** The same with another number of frames. */
    public SampleBurst withFrames(int n) {
        return new SampleBurst(width, height, n, noise, seed);
    }

    /** The same with another seed. */
    public SampleBurst withSeed(long s) {
        return new SampleBurst(width, height, frames, noise, s);
    }

    /** The burst in memory. */
    public SimulatedBurst shoot() {
        return simulator().shoot(world().blurred(LENS * Scenes.NIGHT_SCALE));
    }

    /** What frame 0 would show at twice the resolution, without noise and through a perfect lens: LINEAR. */
    public Image fine() {
        BurstSimulator simulator = simulator();
        return simulator
                .withScale(1)
                .withMargin(Scenes.NIGHT_SCALE * simulator.margin())
                .clean(world(), 0);
    }

    private World world() {
        return Scenes.night(width, height, frames, seed);
    }

    private BurstSimulator simulator() {
        return BurstSimulator.of(Sensor.phone(noise, Cfa.RGGB), seed)
                .withFrames(frames)
                .withScale(Scenes.NIGHT_SCALE)
                .withMargin(Scenes.NIGHT_MARGIN)
                .withTremor(Math.min(8, width / 40.0), 0.3)
                .withExif(exif());
    }

    /**
     * Writes the burst into a folder, which is made if need be. Files of the same names are replaced.
     *
     * @throws BadInput if the folder or a file cannot be written
     */
    public SimulatedBurst write(Path folder) {
        makeFolder(folder.resolve("truth"));
        SimulatedBurst taken = shoot();
        for (int k = 0; k < frames; k++) {
            Work.step("writing", k / (double) frames);
            var raw = (Raw) taken.burst().shots().get(k);
            String name = "IMG_%04d".formatted(k + 1);
            raw.write(folder.resolve(name + ".dng"));
            Frame jpeg = InCamera.develop(raw);
            jpeg.image().write(folder.resolve(name + ".jpg"), raw.exif(), Encoding.NORMAL);
        }
        taken.truth().write(folder.resolve("truth").resolve("truth.hdr"));
        shown(taken.truth()).write(folder.resolve("truth").resolve("truth.png"), exif(), Encoding.NORMAL);
        shown(fine()).write(folder.resolve("truth").resolve("fine.png"), exif(), Encoding.NORMAL);
        Work.step("writing", 1);
        return taken;
    }

    /** A linear picture as a plain display shows it: cut off at 1, sRGB. */
    private static Image shown(Image linear) {
        float[][] planes = new float[3][linear.width() * linear.height()];
        for (int c = 0; c < 3; c++) {
            float[] from = linear.plane(c);
            float[] to = planes[c];
            Work.rows(from.length, 1 << 16, (a, b) -> {
                for (int i = a; i < b; i++) {
                    to[i] = (float) InCamera.srgb(from[i]);
                }
            });
        }
        return Image.of(linear.width(), linear.height(), Colour.SRGB, planes);
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInput(folder.toString(), "cannot be made", "choose a folder that you may write to", e);
        }
    }

    /** What a camera would have noted: 1/15 s at f/1.8 and ISO 3200. */
    static Exif exif() {
        String date = "2026:11:21 17:42:10";
        return Exif.NONE
                .with(text(Directory.MAIN, 0x10F, "Fovea"))
                .with(text(Directory.MAIN, 0x110, "Sample"))
                .with(text(Directory.MAIN, 0x132, date))
                .with(text(Directory.PHOTO, 0x9003, date))
                .with(ratio(0x829A, 1, 15))
                .with(ratio(0x829D, 18, 10))
                .with(ratio(0x920A, 680, 100))
                .with(whole(0x8827, 3200))
                .with(whole(0xA405, 28));
    }

    private static Exif.Tag text(Directory directory, int id, String value) {
        byte[] bytes = (value + '\0').getBytes(StandardCharsets.US_ASCII);
        return new Exif.Tag(directory, id, TEXT, bytes.length, bytes);
    }

    private static Exif.Tag ratio(int id, int above, int below) {
        return new Exif.Tag(
                Directory.PHOTO,
                id,
                RATIONAL,
                1,
                ByteBuffer.allocate(8).putInt(above).putInt(below).array());
    }

    private static Exif.Tag whole(int id, int value) {
        return new Exif.Tag(
                Directory.PHOTO,
                id,
                SHORT,
                1,
                ByteBuffer.allocate(2).putShort((short) value).array());
    }
}
