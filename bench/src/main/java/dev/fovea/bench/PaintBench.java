package dev.fovea.bench;

import dev.fovea.Tracker;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.photo.BackgroundBlur;
import dev.fovea.photo.ColourRetention;
import dev.fovea.video.Rewrite;
import dev.fovea.video.VideoEncoding;
import dev.fovea.video.VideoWriter;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Evidence for effects on video: how steady the matte is, and how many frames a second are rewritten, decoding and encoding included. */
final class PaintBench {
    private static final int FRAMES = 75;
    private static final double WANTED = 25;

    /**
     * What came out.
     *
     * @param mattes the matte of films, watched, beside frame by frame
     * @param speeds frames a second
     */
    record Result(List<EyeFigure> mattes, List<Speed> speeds) {}

    /** Frames a second of an effect. */
    record Speed(String effect, int width, int height, double rate) {}

    private PaintBench() {}

    static Result run(Path data, PrintStream out) {
        List<Path> film = MatteBench.pictures(data.resolve("video/davis/parkour"));
        if (film.isEmpty()) {
            out.println("Video: skipped, " + data + " has no video/davis.");
            return new Result(List.of(), List.of());
        }
        var mattes = new ArrayList<EyeFigure>();
        var speeds = new ArrayList<Speed>();
        out.println("Effects on video");
        try (Eye eye = Eye.open();
                var selfie = new Selfie(data.resolve("../models/public"))) {
            new MatteBench(data, eye, selfie).films(figure -> {
                mattes.add(figure);
                out.println(figure.line());
            });
            speeds.add(speed("colour retention", film, 1280, 720, eye, new ColourRetention(), out));
            speeds.add(speed("background blur", film, 640, 480, eye, new BackgroundBlur(2), out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Result(mattes, speeds);
    }

    private static Tracker<Frame, Frame> painted(Eye eye, Paint effect) {
        Tracker<Frame, Scene> watch = eye.watch();
        Tracker<Scene, Scene> paint = effect.live();
        return frame -> paint.next(watch.next(frame)).frame();
    }

    private static Speed speed(
            String effect, List<Path> film, int width, int height, Eye eye, Paint paint, PrintStream out)
            throws IOException {
        Path from = Files.createTempFile("fovea", ".mp4");
        Path to = Files.createTempFile("fovea", ".mp4");
        try {
            write(film, width, height, from);
            Rewrite.of(from, to, VideoEncoding.NORMAL, painted(eye, paint)); // to warm up
            long begun = System.nanoTime();
            int frames = Rewrite.of(from, to, VideoEncoding.NORMAL, painted(eye, paint))
                    .frames();
            var speed = new Speed(effect, width, height, frames / ((System.nanoTime() - begun) / 1e9));
            out.printf(
                    Locale.ROOT,
                    "%-34s %-34s %8.1f frames/s at least %.0f%s%n",
                    effect,
                    width + "x" + height + ", decoded and encoded",
                    speed.rate,
                    WANTED,
                    speed.rate < WANTED ? "  MISSED" : "");
            return speed;
        } finally {
            Files.delete(from);
            Files.delete(to);
        }
    }

    /** The film forwards and backwards until it is long enough. */
    private static void write(List<Path> film, int width, int height, Path to) {
        var frames = new ArrayList<Image>();
        film.forEach(file ->
                frames.add(new Resize(width, height).apply(Image.read(file).to(Colour.SRGB))));
        try (var writer = VideoWriter.to(to, VideoEncoding.NORMAL)) {
            int period = 2 * frames.size() - 2;
            for (int i = 0; i < FRAMES; i++) {
                int at = i % period;
                writer.write(
                        frames.get(at < frames.size() ? at : period - at),
                        Duration.ofMillis(Math.round(i * 1000 / WANTED)));
            }
            writer.finish();
        }
    }
}
