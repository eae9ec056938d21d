package dev.fovea.server;

import dev.fovea.photo.ColourRetention;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Paint;
import java.util.function.Supplier;

/** The person keeps colour. */
final class ColourPopService extends PaintService {
    ColourPopService(Supplier<Eye> eye) {
        super(eye);
    }

    @Override
    public String name() {
        return "colorpop";
    }

    @Override
    public String about() {
        return "The person keeps colour, the rest turns grey.";
    }

    @Override
    Paint effect(Order order) {
        return new ColourRetention();
    }

    @Override
    String command(Order order) {
        return "./fovea colorpop " + order.inputs().getFirst().name() + " -o colorpop.jpg";
    }

    @Override
    String java(Order order) {
        return """
                try (var eye = Eye.open()) {
                    Scene scene = eye.look(Image.read(Path.of("photo.jpg")));
                    new ColourRetention().paint(scene).write(Path.of("colorpop.jpg"));
                }
                """;
    }
}
