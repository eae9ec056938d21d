package dev.fovea.server;

import dev.fovea.photo.ColourRetention;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Look;
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
    Look look(Order order) {
        return Look.of(new ColourRetention());
    }

    @Override
    String command(Order order, String output) {
        return "./fovea colorpop " + order.inputs().getFirst().name() + " -o " + output;
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
