package dev.fovea.bench;

import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Develop;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import dev.fovea.image.Resize;
import dev.fovea.photo.Night;
import dev.fovea.photo.NightShot;
import dev.fovea.photo.SuperRes;
import dev.fovea.photo.Tone;
import dev.fovea.sample.SampleBurst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes the pictures that the README and the docs show, of rendered scenes. */
final class Pictures {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1200;
    private static final int SIDE = 560;
    private static final int LARGE = 380;

    private Pictures() {}

    static void write(Path folder) {
        Burst burst = SampleBurst.NORMAL.withSize(WIDTH, HEIGHT).shoot().burst();
        Night night = new NightShot().shoot(burst);
        Image frame = Tone.NATURAL.apply(new Develop().apply((Raw) burst.shots().get(night.reference())));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        night.image().write(folder.resolve("night.jpg"), Exif.NONE, new Encoding(88, 8));
        var part = new Crop(330, 480, SIDE, SIDE);
        beside(List.of(part.apply(frame), part.apply(night.image()))).write(folder.resolve("night-before-after.png"));
        enlarged(folder);
    }

    /** A part of one frame enlarged by bicubic, what a burst makes of it, and the truth. */
    private static void enlarged(Path folder) {
        Burst burst = SampleBurst.NORMAL.shoot().burst();
        Image frame = new Develop().apply((Raw) burst.shots().getFirst());
        Image bicubic = new Resize(2 * frame.width(), 2 * frame.height()).apply(frame);
        Image ours = new SuperRes(2).withReference(0).apply(burst);
        var part = new Crop(540, 1770, LARGE, LARGE);
        beside(Stream.of(bicubic, ours, SampleBurst.NORMAL.fine())
                        .map(i -> part.apply(i).to(Colour.SRGB))
                        .toList())
                .write(folder.resolve("superres.png"));
    }

    /** Pictures of one size side by side. */
    private static Image beside(List<Image> pictures) {
        int w = pictures.getFirst().width();
        int h = pictures.getFirst().height();
        int all = w * pictures.size();
        float[][] out = new float[3][all * h];
        for (int k = 0; k < pictures.size(); k++) {
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < h; y++) {
                    System.arraycopy(pictures.get(k).plane(c), y * w, out[c], y * all + k * w, w);
                }
            }
        }
        return Image.of(all, h, Colour.SRGB, out);
    }
}
