package dev.fovea.bench;

import dev.fovea.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** All evidence for the studio, in one run. */
final class StudioBench {
    private StudioBench() {}

    static int run(Path data, String only, boolean json) {
        PrintStream out = json ? System.err : System.out;
        Map<String, Callable<Object>> parts = new LinkedHashMap<>();
        parts.put("live", () -> StudioLive.run(data, out));
        parts.put("jobs", () -> StudioJobs.run(out));
        parts.put("streams", () -> StudioStreams.run(data, out));
        if (!only.isEmpty() && !parts.containsKey(only)) {
            throw new IllegalArgumentException("--only is " + only + ", but must be one of " + parts.keySet());
        }
        Map<String, Object> results = new LinkedHashMap<>();
        parts.forEach((name, part) -> {
            if (only.isEmpty() || only.equals(name)) {
                results.put(name, result(part));
            }
        });
        if (json) {
            System.out.println(Json.of(results));
        }
        return 0;
    }

    private static Object result(Callable<Object> part) {
        try {
            return part.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
