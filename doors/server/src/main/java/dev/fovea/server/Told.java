package dev.fovea.server;

import dev.fovea.Knobs;
import dev.fovea.vision.Effects;
import java.util.LinkedHashMap;
import java.util.Map;

/** What there is, as clients are told. */
final class Told {
    private Told() {}

    static Map<String, Object> of(Service service) {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", service.name());
        told.put("about", service.about());
        told.put("inputs", service.takes().kind());
        told.put("least", service.takes().least());
        told.put("most", service.takes().most());
        told.put("knobs", service.knobs().stream().map(Told::of).toList());
        told.put("choices", service.choices());
        return told;
    }

    static Map<String, Object> of(Effects.Kind effect) {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", effect.name());
        told.put("about", effect.about());
        told.put("knobs", effect.knobs().stream().map(Told::of).toList());
        return told;
    }

    static Map<String, Object> of(Knobs.Named named) {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", named.name());
        told.put("type", named.type().getSimpleName());
        told.put("min", named.knob().min());
        told.put("max", named.knob().max());
        told.put("step", named.knob().step());
        told.put("normal", named.knob().normal());
        told.put("unit", named.knob().unit());
        told.put("help", named.knob().help());
        return told;
    }

    static Map<String, Object> of(Sample sample) {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", sample.name());
        told.put("about", sample.about());
        told.put("for", sample.services());
        told.put("files", sample.files().stream().map(f -> "/samples/" + f).toList());
        return told;
    }
}
