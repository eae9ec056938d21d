package dev.fovea.server;

import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Look;
import java.util.List;
import java.util.function.Supplier;

/** Lays any chain of effects over a picture or a video. */
final class EffectsService extends PaintService {
    private static final String CHAIN = "effects";

    EffectsService(Supplier<Eye> eye) {
        super(eye);
    }

    @Override
    public String name() {
        return "effects";
    }

    @Override
    public String about() {
        return "Lays a chain of effects over a picture or a video, one after the other.";
    }

    @Override
    public List<Text> texts() {
        return List.of(new Text(CHAIN, "JSON: [{\"name\": \"colour-retention\", \"knobs\": {}}], in order."));
    }

    @Override
    Look look(Order order) {
        return LiveSettings.parse("{\"effects\":" + order.wish(CHAIN, "[]") + "}", Effects.all())
                .look();
    }

    @Override
    String command(Order order, String output) {
        return "curl -F files=@" + order.inputs().getFirst().name() + " -F 'effects=" + order.wish(CHAIN, "[]")
                + "' http://localhost:8420/api/effects";
    }

    @Override
    String java(Order order) {
        return """
                try (var eye = Eye.open()) {
                    Scene scene = eye.look(Image.read(Path.of("photo.jpg")));
                    Look.of(new ColourRetention(), new BackgroundBlur(2)).apply(scene).image().write(Path.of("effects.jpg"));
                }
                """;
    }
}
