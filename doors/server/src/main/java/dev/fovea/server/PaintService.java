package dev.fovea.server;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Photo;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.util.List;
import java.util.function.Supplier;

/** A service that lays an effect over one picture. */
abstract class PaintService implements Service {
    private final Supplier<Eye> eye;

    PaintService(Supplier<Eye> eye) {
        this.eye = eye;
    }

    /** What happened, for programs. */
    private record Report(int width, int height, int faces) {}

    abstract Paint effect(Order order);

    /** Refuses a scene that the effect has nothing to work on. */
    void check(Order order, Scene scene) {}

    abstract String command(Order order);

    abstract String java(Order order);

    @Override
    public Takes takes() {
        return new Takes("photo", 1, 1);
    }

    @Override
    public int bytesPerPixel() {
        return 120;
    }

    @Override
    public Outcome serve(Order order) {
        Paint effect = effect(order);
        Work.step("reading", 0);
        Photo photo = Photo.read(order.files().getFirst());
        Scene scene = eye.get().look(photo.image());
        Work.step("seeing", 0);
        check(order, scene);
        Work.step("painting", 0);
        Image painted = effect.paint(scene);
        Work.step("writing", 0);
        Image before = photo.image().colour().planes() == 1
                ? photo.image()
                : photo.image().to(Colour.SRGB);
        return new Outcome(
                List.of(
                        order.write(name() + ".jpg", Output.Role.RESULT, painted, photo.exif()),
                        order.write("before.jpg", Output.Role.BEFORE, before)),
                new Report(painted.width(), painted.height(), scene.faces().size()),
                command(order),
                java(order));
    }
}
