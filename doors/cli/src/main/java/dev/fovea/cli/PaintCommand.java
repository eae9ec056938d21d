package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Encoding;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Photo;
import dev.fovea.video.Rewrite;
import dev.fovea.video.Video;
import dev.fovea.video.VideoEncoding;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that lays an effect over a picture or a video. */
abstract sealed class PaintCommand implements Callable<Integer> permits RelightCommand, ColorPopCommand {
    @Parameters(paramLabel = "FILE", description = "A picture (JPEG, HEIC, PNG, TIFF, WebP, DNG) or a video.")
    private Path input = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "What to write: .jpg, .png or .tif for a picture, a video for a video.")
    private Path output = Path.of("");

    @Mixin
    private final Written written = new Written();

    @Option(names = "--threads", paramLabel = "N", description = "How many threads to use; normally all.")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final Console console;
    private final Interrupt interrupt;

    PaintCommand(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    /** The effect, as the flags say. */
    abstract Paint effect();

    /**
     * What is said of a picture, behind its size.
     *
     * @throws BadInput if the effect has nothing to work on
     */
    abstract String said(Path file, Scene scene);

    /** The effect on a picture. */
    Image painted(Path file, Paint effect, Scene scene) {
        return effect.paint(scene);
    }

    /** Refuses flags that no video can obey. */
    void checkVideo() {}

    /** The effect on the frames of a video. */
    static Tracker<Frame, Frame> frames(Eye eye, Paint effect) {
        Tracker<Frame, Scene> watch = eye.watch();
        Tracker<Scene, Scene> paint = effect.live();
        return frame -> paint.next(watch.next(frame)).frame();
    }

    @Override
    public Integer call() {
        Paint effect = effect();
        var encoding = written.encoding();
        boolean video = Video.recognises(input);
        if (video) {
            checkVideo();
            Target.video(output, List.of(input));
        } else {
            Target.check(output, List.of(input));
        }
        try (var progress = new Progress(console, interrupt);
                var eye = Eye.open()) {
            String said = Work.threads(
                    threads,
                    () -> Work.run(progress, () -> video ? video(eye, effect) : picture(eye, effect, encoding)));
            progress.end();
            console.out().println(said);
        }
        return Main.DONE;
    }

    private String picture(Eye eye, Paint effect, Encoding encoding) {
        Work.step("reading", 0);
        Photo photo = Photo.read(input);
        Scene scene = eye.look(photo.image());
        Work.step("seeing", 0);
        String said = said(input, scene);
        Work.step("painting", 0);
        Image painted = painted(input, effect, scene);
        Work.step("writing", 0);
        painted.write(output, photo.exif(), encoding);
        return String.format(Locale.ROOT, "%s: %d x %d pixels, %s", output, painted.width(), painted.height(), said);
    }

    private String video(Eye eye, Paint effect) {
        Rewrite.Result result = Rewrite.of(input, output, VideoEncoding.NORMAL, frames(eye, effect));
        result.notes().forEach(note -> console.err().println(note));
        return output + ": " + result.frames() + " frames";
    }
}
