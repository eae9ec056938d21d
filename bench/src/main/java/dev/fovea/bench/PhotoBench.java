package dev.fovea.bench;

import dev.fovea.Json;
import dev.fovea.photo.NightShot;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** All evidence for the photo product, in one run. */
final class PhotoBench {
    private PhotoBench() {}

    static int run(Path data, boolean all, String only, boolean json) {
        PrintStream stdout = System.out;
        if (json) {
            // Tables of the parts print to stdout by themselves.
            System.setOut(System.err);
        }
        PrintStream out = json ? System.err : stdout;
        Map<String, Supplier<Object>> parts = new LinkedHashMap<>();
        parts.put("night", () -> NightBench.run(data, all, out));
        parts.put("real", () -> NightBench.real(data, out));
        parts.put("bracket", () -> BracketBench.run(data));
        parts.put("demosaic", () -> DemosaicBench.run(data));
        parts.put("speed", () -> BurstSpeed.run("Night, natural look", new NightShot(), 3, out));
        parts.put("single", () -> SingleBench.run(data, out));
        parts.put("flow", () -> FlowBench.run(data, false, out));
        parts.put("superres", () -> SuperResBench.run(data, out));
        if (!only.isEmpty() && !parts.containsKey(only)) {
            throw new IllegalArgumentException("--only is " + only + ", but must be one of " + parts.keySet());
        }
        Map<String, Object> results = new LinkedHashMap<>();
        parts.forEach((name, part) -> {
            if (only.isEmpty() || only.equals(name)) {
                results.put(name, part.get());
            }
        });
        if (json) {
            stdout.println(Json.of(results));
        }
        return 0;
    }
}
