package dev.fovea.server;

import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Photo;
import dev.fovea.video.Rewrite;
import dev.fovea.video.Video;
import dev.fovea.video.VideoEncoding;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Look;
import dev.fovea.vision.Scene;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** A service that lays effects over a picture or a video. */
abstract class PaintService implements Service {
    private final Supplier<Eye> eye;

    PaintService(Supplier<Eye> eye) {
        this.eye = eye;
    }

    /** What happened, for programs. */
    private record Report(int width, int height, int faces, int frames, List<String> notes) {}

    abstract Look look(Order order);

    /** Refuses a scene that the effect has nothing to work on. */
    void check(Order order, Scene scene) {}

    /** A picture with the effects laid over. */
    Image painted(Order order, Look look, Scene scene) {
        return look.apply(scene).image();
    }

    /** The command line that does the same to a file of that name. */
    abstract String command(Order order, String output);

    abstract String java(Order order);

    @Override
    public Takes takes() {
        return new Takes("photo or video", 1, 1);
    }

    @Override
    public int bytesPerPixel() {
        return 80;
    }

    @Override
    public Outcome serve(Order order) {
        Look look = look(order);
        return Video.recognises(order.files().getFirst()) ? video(order, look) : picture(order, look);
    }

    private Outcome picture(Order order, Look look) {
        Work.step("reading", 0);
        Photo photo = Photo.read(order.files().getFirst());
        Scene scene = eye.get().look(photo.image());
        Work.step("seeing", 0);
        check(order, scene);
        Work.step("painting", 0);
        Image painted = painted(order, look, scene);
        Work.step("writing", 0);
        return new Outcome(
                List.of(
                        order.write(name() + ".jpg", Output.Role.RESULT, painted, photo.exif()),
                        order.before(photo.image())),
                new Report(painted.width(), painted.height(), scene.faces().size(), 1, List.of()),
                command(order, name() + ".jpg"),
                java(order));
    }

    private Outcome video(Order order, Look look) {
        Path file = order.folder().resolve(name() + ".mp4");
        Tracker<Frame, Scene> watch = eye.get().watch();
        Tracker<Scene, Scene> paint = look.live();
        Rewrite.Result result = Rewrite.of(
                order.files().getFirst(),
                file,
                VideoEncoding.NORMAL,
                frame -> paint.next(watch.next(frame)).frame());
        try (Video video = Video.open(file)) {
            return new Outcome(
                    List.of(new Output(Output.Role.RESULT, file, video.width(), video.height())),
                    new Report(video.width(), video.height(), 0, result.frames(), result.notes()),
                    command(order, name() + ".mp4"),
                    java(order));
        }
    }
}
