package dev.fovea.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fovea.vision.Effect;
import dev.fovea.vision.Effects;
import dev.fovea.vision.Look;
import dev.fovea.vision.Overlay;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a live stream does with its frames.
 *
 * @param look the effects
 * @param see what is drawn of what is seen, if it is told at all
 * @param quality of the JPEGs that go back, 1..100
 */
record LiveSettings(Look look, Optional<Overlay> see, int quality) {
    /** What a stream does before it is told anything. */
    static final LiveSettings NORMAL = new LiveSettings(Look.of(), Optional.empty(), 80);
    /** More effects than this in a chain nobody wants to wait for. */
    private static final int LONGEST = 8;

    /**
     * Reads {@code {"effects":[{"name":"background-blur","knobs":{"aperture":2}}],"see":true,"draw":["faces"],"quality":80}}; all of it is
     * optional.
     *
     * @param kinds the effects that there are
     * @throws IllegalArgumentException with a sentence for what cannot be done
     */
    static LiveSettings parse(String json, List<Effects.Kind> kinds) {
        Map<?, ?> wishes = map(parsed(json), "the settings");
        List<?> effects = list(wishes.get("effects"), "effects");
        if (effects.size() > LONGEST) {
            throw new IllegalArgumentException(
                    "a chain has " + effects.size() + " effects, but at most " + LONGEST + " are painted live");
        }
        List<Effect> chain = effects.stream().map(e -> effect(e, kinds)).toList();
        double quality = wishes.containsKey("quality") ? number("quality", wishes.get("quality")) : NORMAL.quality;
        if (!(quality >= 1 && quality <= 100)) {
            throw new IllegalArgumentException("quality is " + quality + ", but must lie between 1 and 100");
        }
        return new LiveSettings(new Look(chain), overlay(wishes), (int) quality);
    }

    private static @Nullable Object parsed(String json) {
        try {
            return JSON.std.anyFrom(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("the settings are no JSON", e);
        }
    }

    private static Optional<Overlay> overlay(Map<?, ?> wishes) {
        if (!Boolean.TRUE.equals(wishes.get("see"))) {
            return Optional.empty();
        }
        if (!wishes.containsKey("draw")) {
            return Optional.of(new Overlay());
        }
        List<?> layers = list(wishes.get("draw"), "draw");
        return Optional.of(new Overlay(layers.contains("persons"), layers.contains("faces")));
    }

    private static Effect effect(@Nullable Object wish, List<Effects.Kind> kinds) {
        Map<?, ?> fields = map(wish, "an effect");
        Object name = fields.get("name");
        Effects.Kind kind = kinds.stream()
                .filter(k -> k.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no effect '" + name + "'; there are "
                        + String.join(
                                ", ", kinds.stream().map(Effects.Kind::name).toList())));
        var knobs = new HashMap<String, Double>();
        if (fields.containsKey("knobs")) {
            map(fields.get("knobs"), "knobs")
                    .forEach((knob, value) -> knobs.put(String.valueOf(knob), number(knob, value)));
        }
        return kind.make(knobs);
    }

    private static double number(Object name, @Nullable Object value) {
        return switch (value) {
            case Number n -> n.doubleValue();
            case Boolean b -> b ? 1 : 0;
            case null, default -> throw new IllegalArgumentException(name + " is " + value + ", which is no number");
        };
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(what + " must be a JSON object");
    }

    private static List<?> list(@Nullable Object value, String what) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw new IllegalArgumentException(what + " must be a JSON list");
        };
    }
}
