package dev.fovea.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The routes as OpenAPI 3.1 tells them. */
final class OpenApi {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
    private static final String JSON = "application/json";

    private OpenApi() {}

    static Map<String, Object> of(List<Route> routes) {
        var paths = new LinkedHashMap<String, Map<String, Object>>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.path(), p -> new LinkedHashMap<>())
                    .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
        }
        return map(
                "openapi",
                "3.1.0",
                "info",
                map(
                        "title", "Fovea studio",
                        "version", "1",
                        "description",
                                "Products of Fovea as jobs: post files, follow the events, get the results. Live effects"
                                        + " are at the WebSocket /api/live: send text {\"effects\": [{\"name\", \"knobs\"}]}"
                                        + " and binary frames (4 bytes big-endian number, then a JPEG)."),
                "paths",
                paths,
                "components",
                map(
                        "schemas",
                        map(
                                "Error",
                                map(
                                        "type",
                                        "object",
                                        "properties",
                                        map(
                                                "status", map("type", "integer"),
                                                "error", map("type", "string"))))));
    }

    private static Map<String, Object> operation(Route route) {
        var operation = map("summary", route.about(), "parameters", parameters(route));
        List<Route.Parameter> form = route.parameters().stream()
                .filter(p -> p.place().equals("form"))
                .toList();
        if (!form.isEmpty()) {
            var fields = new LinkedHashMap<String, Object>();
            form.forEach(p -> fields.put(p.name(), schema(p)));
            operation.put(
                    "requestBody",
                    map(
                            "content",
                            map("multipart/form-data", map("schema", map("type", "object", "properties", fields)))));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    private static List<Object> parameters(Route route) {
        var all = new ArrayList<Object>();
        IN_PATH.matcher(route.path())
                .results()
                .forEach(m -> all.add(
                        map("name", m.group(1), "in", "path", "required", true, "schema", map("type", "string"))));
        for (Route.Parameter p : route.parameters()) {
            if (p.place().equals("query")) {
                all.add(map("name", p.name(), "in", "query", "description", p.about(), "schema", schema(p)));
            }
        }
        return all;
    }

    private static Map<String, Object> schema(Route.Parameter p) {
        if (p.type().equals("file")) {
            return map(
                    "type", "array",
                    "description", p.about(),
                    "items", map("type", "string", "contentMediaType", "application/octet-stream"));
        }
        var schema = map("type", p.type(), "description", p.about());
        if (!p.values().isEmpty()) {
            schema.put("enum", p.values());
        }
        return schema;
    }

    private static Map<String, Object> responses(Route route) {
        var responses = new LinkedHashMap<String, Object>();
        for (Route.Answer a : route.answers()) {
            responses.put(Integer.toString(a.status()), map("description", a.about(), "content", map(a.type(), map())));
        }
        responses.put(
                "default",
                map(
                        "description",
                        "What went wrong, in one sentence.",
                        "content",
                        map(JSON, map("schema", map("$ref", "#/components/schemas/Error")))));
        return responses;
    }

    private static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
