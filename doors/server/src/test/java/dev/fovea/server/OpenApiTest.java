package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document and the routes are one. */
class OpenApiTest {
    private static final Set<String> PAGES = Set.of("GET /", "GET /<name>", "GET /samples/<name>");
    private static final List<String> FILTERS = List.of("BEFORE", "AFTER", "WEBSOCKET");

    @Test
    @SuppressWarnings("unchecked")
    void everyRouteIsDocumentedAndNothingElse(@TempDir Path folder) {
        try (var studio = StudioServer.start(Settings.local(0).withFolder(folder));
                var client = new Client(studio)) {
            var real = new TreeSet<String>();
            studio.javalin().unsafe.internalRouter.allHttpHandlers().forEach(parsed -> {
                var endpoint = parsed.endpoint;
                if (FILTERS.stream().noneMatch(endpoint.method.name()::startsWith)) {
                    real.add(endpoint.method.name() + " " + endpoint.path);
                }
            });
            real.removeAll(PAGES);
            Map<String, Object> document = client.get("/api").json();
            assertThat(document).containsEntry("openapi", "3.1.0");
            var told = new TreeSet<String>();
            ((Map<String, Map<String, Object>>) document.get("paths"))
                    .forEach((path, operations) -> operations
                            .keySet()
                            .forEach(method -> told.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
            assertThat(told).isEqualTo(real);
            assertThat(told).contains("POST /api/night", "GET /api/jobs/{id}/events");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyServiceTellsItsKnobsInTheDocument(@TempDir Path folder) {
        try (var studio = StudioServer.start(Settings.local(0).withFolder(folder));
                var client = new Client(studio)) {
            String document = client.get("/api").text();
            for (Object service : client.get("/api/services").list()) {
                var told = (Map<String, Object>) service;
                assertThat((String) told.get("about")).endsWith(".");
                assertThat(document).contains("\"/api/" + told.get("name") + "\"");
                ((List<Map<String, Object>>) told.get("knobs"))
                        .forEach(k -> assertThat(document).contains("\"" + k.get("name") + "\""));
            }
        }
    }
}
