package dev.fovea.server;

import dev.fovea.Work;
import dev.fovea.image.Image;
import dev.fovea.image.Photo;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Overlay;
import dev.fovea.vision.Scene;
import dev.fovea.vision.SeenPicture;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells, and draws, what is seen in a picture. */
final class SeeService implements Service {
    private final Supplier<Eye> eye;

    SeeService(Supplier<Eye> eye) {
        this.eye = eye;
    }

    @Override
    public String name() {
        return "see";
    }

    @Override
    public String about() {
        return "Sees faces: where they are, how they are turned, where they look; and where persons are.";
    }

    @Override
    public Takes takes() {
        return new Takes("photo", 1, 1);
    }

    @Override
    public int bytesPerPixel() {
        return 56;
    }

    @Override
    public Outcome serve(Order order) {
        Input input = order.inputs().getFirst();
        Work.step("reading", 0);
        Photo photo = Photo.read(input.file());
        Scene scene = eye.get().look(photo.image());
        Work.step("seeing", 0);
        SeenPicture seen = SeenPicture.of(input.name(), scene, Optional.empty());
        Image matte = scene.person();
        Work.step("drawing", 0);
        Image drawn = new Overlay().apply(scene);
        Work.step("writing", 0);
        return new Outcome(
                List.of(
                        order.write("seen.jpg", Output.Role.RESULT, drawn, photo.exif()),
                        order.before(photo.image()),
                        order.write("matte.png", Output.Role.DATA, matte)),
                seen,
                "./fovea see " + input.name() + " -o seen.jpg --json",
                """
                try (var eye = Eye.open()) {
                    for (Face face : eye.look(Image.read(Path.of("photo.jpg"))).faces()) {
                        System.out.println(face.box() + " looks " + face.gaze());
                    }
                }
                """);
    }
}
