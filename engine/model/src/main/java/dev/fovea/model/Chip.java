package dev.fovea.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The processor that networks run on, and what runs them: measurements hold for one only.
 *
 * @param name what the processor is called
 * @param runtime name and version of what runs networks
 * @param id differs where the processor's name, what it can do, or the runtime differ
 */
public record Chip(String name, String runtime, String id) {
    /** This machine's. */
    static Chip here(NetRuntime runtime) {
        return of(described(), System.getProperty("os.arch") + " " + System.getProperty("os.name"), runtime.name());
    }

    /**
     * A chip as Linux describes it.
     *
     * @param description lines of {@code name : value}
     * @param system what is known without them
     */
    static Chip of(List<String> description, String system, String runtime) {
        String name = value(description, "model name", system);
        String flags = Arrays.stream(value(description, "flags", value(description, "Features", ""))
                        .split("\\s+"))
                .sorted()
                .collect(Collectors.joining(" "));
        String all = String.join("\n", name, flags, system, runtime);
        return new Chip(
                name, runtime, Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16));
    }

    private static String value(List<String> description, String name, String otherwise) {
        return description.stream()
                .filter(line -> line.split(":", 2)[0].strip().equals(name) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static List<String> described() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            String windows = System.getenv("PROCESSOR_IDENTIFIER");
            return windows == null ? List.of() : List.of("model name: " + windows);
        }
    }
}
