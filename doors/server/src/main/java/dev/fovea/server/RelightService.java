package dev.fovea.server;

import dev.fovea.BadInput;
import dev.fovea.Knobs;
import dev.fovea.image.Image;
import dev.fovea.photo.PortraitLight;
import dev.fovea.space.Depth;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Look;
import dev.fovea.vision.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Moves the light on a portrait. */
final class RelightService extends PaintService {
    private static final PortraitLight.Preset NORMAL = PortraitLight.Preset.NATURAL;

    RelightService(Supplier<Eye> eye) {
        super(eye);
    }

    @Override
    public String name() {
        return "relight";
    }

    @Override
    public String about() {
        return "Moves the light on a portrait after the shot.";
    }

    @Override
    public List<Knobs.Named> knobs() {
        return Knobs.of(PortraitLight.class);
    }

    @Override
    public List<Choice> choices() {
        return List.of(new Choice(
                "preset",
                Arrays.stream(PortraitLight.Preset.values())
                        .map(PortraitLight.Preset::toString)
                        .toList(),
                NORMAL.toString()));
    }

    @Override
    Look look(Order order) {
        return Look.of(light(order));
    }

    /** Depth that the picture carries tells the shape of more than the face. */
    @Override
    Image painted(Order order, Look look, Scene scene) {
        return Depth.inside(order.files().getFirst())
                .map(depth -> light(order).paint(scene, depth))
                .orElseGet(() -> super.painted(order, look, scene));
    }

    /** The lamp of the preset, with the knobs turned as was wished. */
    static PortraitLight light(Order order) {
        return order.turned(order.choice("preset", NORMAL).light());
    }

    @Override
    void check(Order order, Scene scene) {
        if (scene.faces().isEmpty()) {
            throw new BadInput(
                    order.inputs().getFirst().name(), "shows no face that light could be moved on", "give a portrait");
        }
    }

    @Override
    String command(Order order, String output) {
        var flags = new java.util.LinkedHashMap<String, String>();
        flags.put("preset", "--preset");
        knobs().forEach(k -> flags.put(k.name(), "--" + k.name()));
        return "./fovea relight " + order.inputs().getFirst().name() + order.flags(flags) + " -o " + output;
    }

    @Override
    String java(Order order) {
        return """
                try (var eye = Eye.open()) {
                    Scene scene = eye.look(Image.read(Path.of("photo.jpg")));
                    PortraitLight.Preset.%s.light().paint(scene).write(Path.of("lit.jpg"));
                }
                """.formatted(order.choice("preset", NORMAL).name());
    }
}
