package dev.fovea.bench;

import dev.fovea.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All evidence for portraits, in one run. */
final class PortraitBench {
    private PortraitBench() {}

    static int run(Path data, String only, Optional<Path> sheet, boolean json) {
        PrintStream out = json ? System.err : System.out;
        Map<String, Supplier<Object>> parts = new LinkedHashMap<>();
        parts.put("stereo", () -> StereoBench.run(data, out));
        parts.put("stereo-speed", () -> StereoSpeed.run(out));
        parts.put("sensor", () -> SensorBench.run(data, out));
        var pictures = new ArrayList<ContactSheet.Shown>();
        parts.put("bokeh", () -> BokehBench.run(data, out, pictures));
        parts.put("bokeh-speed", () -> BokehSpeed.run(out));
        parts.put("video", () -> PaintBench.run(data, out));
        parts.put("light", () -> LightBench.run(data, out));
        if (!only.isEmpty() && parts.keySet().stream().noneMatch(p -> p.startsWith(only))) {
            throw new IllegalArgumentException("--only is " + only + ", but must be one of " + parts.keySet());
        }
        Map<String, Object> results = new LinkedHashMap<>();
        parts.forEach((name, part) -> {
            if (only.isEmpty() || name.startsWith(only)) {
                results.put(name, part.get());
            }
        });
        sheet.ifPresent(file -> PortraitSheet.write(data, pictures, file));
        if (json) {
            System.out.println(Json.of(results));
        }
        return 0;
    }
}
