package dev.fovea.server;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Somebody who uses a studio by HTTP. */
final class Client implements AutoCloseable {
    private static final String BOUNDARY = "fovea-boundary";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    Client(String address) {
        this.address = address;
    }

    Client(StudioServer studio) {
        this("http://localhost:" + studio.port());
    }

    /** A file to send. */
    record File(String name, byte[] bytes) {}

    /** What came back. */
    record Reply(int status, HttpResponse<byte[]> whole) {
        String text() {
            return new String(whole.body(), StandardCharsets.UTF_8);
        }

        Map<String, Object> json() {
            try {
                return JSON.std.mapFrom(whole.body());
            } catch (IOException e) {
                throw new AssertionError(text(), e);
            }
        }

        List<Object> list() {
            try {
                return JSON.std.listFrom(whole.body());
            } catch (IOException e) {
                throw new AssertionError(text(), e);
            }
        }

        String error() {
            return String.valueOf(json().get("error"));
        }

        String header(String name) {
            return whole.headers().firstValue(name).orElse("");
        }
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(120));
    }

    Reply send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Reply get(String path) {
        return send(to(path).build());
    }

    Reply delete(String path) {
        return send(to(path).DELETE().build());
    }

    Reply post(String path, Map<String, String> fields, File... files) {
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) ->
                body.writeBytes(part("form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8))));
        for (File file : files) {
            body.writeBytes(part("form-data; name=\"files\"; filename=\"" + file.name + "\"", file.bytes));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(to(path).header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    }

    private static byte[] part(String disposition, byte[] bytes) {
        var part = new ByteArrayOutputStream();
        part.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        part.writeBytes(bytes);
        part.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return part.toByteArray();
    }

    /** Follows a job's events to its end: the last state. */
    Map<String, Object> ended(Reply posted) {
        String events = get("/api/jobs/" + posted.json().get("id") + "/events").text();
        String last = events.substring(events.lastIndexOf("data: ") + 6).strip();
        try {
            return JSON.std.mapFrom(last);
        } catch (IOException e) {
            throw new AssertionError(events, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
