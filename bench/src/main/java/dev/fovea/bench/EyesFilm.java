package dev.fovea.bench;

import dev.fovea.Tracker;
import dev.fovea.image.Affine2;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.image.Resize;
import dev.fovea.image.Warp;
import dev.fovea.video.VideoEncoding;
import dev.fovea.video.VideoWriter;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Overlay;
import dev.fovea.vision.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A short film of what the eyes see: a camera drifts over portraits and drivers, and each frame is watched and drawn. */
final class EyesFilm {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 720;
    private static final int RATE = 25;
    private static final int SHOT = 2 * RATE;
    private static final int PICTURES = 6;

    private EyesFilm() {}

    static void write(Path data, Eye eye, Path target) {
        Tracker<Frame, Scene> watch = eye.watch();
        var overlay = new Overlay();
        int number = 0;
        try (var writer = VideoWriter.to(target, VideoEncoding.NORMAL.withRate(RATE))) {
            for (Path file : pictures(data)) {
                Image picture = enlarged(Image.read(file).to(Colour.SRGB));
                for (int i = 0; i < SHOT; i++) {
                    Duration at = Duration.ofMillis(1000L * number++ / RATE);
                    Scene scene = watch.next(Frame.of(drifted(picture, (double) i / SHOT), at, file.toString()));
                    writer.write(overlay.apply(scene), at);
                }
            }
            writer.finish();
        }
    }

    private static List<Path> pictures(Path data) {
        return Stream.of("portrait/matte", "face/yawn")
                .map(data::resolve)
                .filter(Files::isDirectory)
                .flatMap(EyesFilm::some)
                .toList();
    }

    /** Pictures at even distances in a folder. */
    private static Stream<Path> some(Path folder) {
        try (var files = Files.list(folder)) {
            List<Path> all =
                    files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
            return Stream.iterate(all.size() / (2 * PICTURES), i -> i < all.size(), i -> i + all.size() / PICTURES)
                    .map(all::get)
                    .limit(PICTURES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Covers the frame with a tenth to spare. */
    private static Image enlarged(Image picture) {
        double scale = 1.1 * Math.max((double) WIDTH / picture.width(), (double) HEIGHT / picture.height());
        return new Resize((int) Math.ceil(picture.width() * scale), (int) Math.ceil(picture.height() * scale))
                .apply(picture);
    }

    /** A window that moves across the picture and turns a little. */
    private static Image drifted(Image picture, double time) {
        double spareX = picture.width() - WIDTH;
        double spareY = picture.height() - HEIGHT;
        double phase = 2 * Math.PI * time;
        var middle = new Point2(WIDTH / 2.0, HEIGHT / 2.0);
        Affine2 window = Affine2.rotation(0.03 * Math.sin(phase), middle)
                .then(Affine2.shift(spareX * (0.5 + 0.2 * Math.cos(phase)), spareY * (0.3 + 0.15 * Math.sin(phase))));
        return new Warp(window, WIDTH, HEIGHT, Warp.Sampling.BILINEAR).apply(picture);
    }
}
