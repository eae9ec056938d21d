package dev.fovea.bench;

import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.sample.Visage;
import dev.fovea.server.Settings;
import dev.fovea.server.StudioServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Jobs of a studio: how fast files come in, whether many at once are all done, what is said beyond that, and what stays behind. */
final class StudioJobs {
    private static final int PARALLEL = 200;
    private static final int UPLOAD_MIB = 256;
    private static final String BOUNDARY = "fovea-bench";
    private static final Pattern ID = Pattern.compile("\"id\":\"(\\w+)\"");

    private StudioJobs() {}

    /**
     * The figures.
     *
     * @param uploadMibPerSecond of one file of 256 MiB over the loopback, until the studio has answered
     * @param diskMibPerSecond the same bytes written to the same disk by copying
     * @param jobs that were posted at once
     * @param done of them
     * @param jobsPerSecond of small jobs, posting to result
     * @param beyond the statuses of what was posted to a studio whose queue was full
     * @param left files in the folder for temporary files after the studios were closed
     */
    record Figures(
            double uploadMibPerSecond,
            double diskMibPerSecond,
            int jobs,
            int done,
            double jobsPerSecond,
            List<Integer> beyond,
            long left) {}

    static Figures run(PrintStream out) throws Exception {
        Figures f = measure();
        out.printf(
                Locale.ROOT,
                """
                jobs of a studio
                  a file of %d MiB in                    %6.0f MiB/s   (written to the same disk: %.0f MiB/s)
                  %d small jobs posted at once          %6d done, %.1f a second
                  one more than one client, than all may %6s
                  files left behind                      %6d
                """,
                UPLOAD_MIB,
                f.uploadMibPerSecond,
                f.diskMibPerSecond,
                f.jobs,
                f.done,
                f.jobsPerSecond,
                f.beyond,
                f.left);
        return f;
    }

    private static Figures measure() throws Exception {
        Path folder = Files.createTempDirectory("fovea-bench-");
        try (var http = HttpClient.newHttpClient()) {
            double[] upload = upload(http, folder);
            double seconds;
            int done;
            try (var studio = StudioServer.start(Settings.local(0).withFolder(folder))) {
                long begun = System.nanoTime();
                done = parallel(http, studio);
                seconds = (System.nanoTime() - begun) / 1e9;
            }
            List<Integer> beyond = beyond(http, folder);
            try (Stream<Path> left = Files.walk(folder)) {
                return new Figures(upload[0], upload[1], PARALLEL, done, PARALLEL / seconds, beyond, left.count() - 1);
            }
        } finally {
            Files.delete(folder);
        }
    }

    /** The file is no picture: it is refused when all of it has come. */
    private static double[] upload(HttpClient http, Path folder) throws Exception {
        byte[] body = form("large.jpg", new byte[UPLOAD_MIB << 20]);
        double seconds = Double.POSITIVE_INFINITY;
        try (var studio = StudioServer.start(Settings.local(0).withFolder(folder))) {
            for (int i = 0; i < 3; i++) {
                long begun = System.nanoTime();
                HttpResponse<String> answer = post(http, studio, "see", body);
                seconds = Math.min(seconds, (System.nanoTime() - begun) / 1e9);
                delete(http, studio, answer);
            }
        }
        Path copy = folder.resolve("copy");
        long begun = System.nanoTime();
        Files.write(copy, body);
        double disk = (System.nanoTime() - begun) / 1e9;
        Files.delete(copy);
        return new double[] {UPLOAD_MIB / seconds, UPLOAD_MIB / disk};
    }

    private static int parallel(HttpClient http, StudioServer studio) throws Exception {
        byte[] body = form("face.jpg", picture());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var jobs = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < PARALLEL; i++) {
                Callable<Boolean> job = () -> {
                    HttpResponse<String> posted = post(http, studio, "see", body);
                    String events = get(http, studio, "/api/jobs/" + id(posted) + "/events");
                    return events.substring(events.lastIndexOf("data: ")).contains("\"state\":\"done\"");
                };
                jobs.add(threads.submit(job));
            }
            int done = 0;
            for (Future<Boolean> job : jobs) {
                done += job.get() ? 1 : 0;
            }
            return done;
        }
    }

    /** Of one client, then of all. */
    private static List<Integer> beyond(HttpClient http, Path folder) throws Exception {
        var statuses = new ArrayList<Integer>();
        for (var limits :
                List.of(Settings.Limits.NORMAL.withWaiting(100, 4), Settings.Limits.NORMAL.withWaiting(4, 100))) {
            try (var studio =
                    StudioServer.start(Settings.local(0).withFolder(folder).withLimits(limits))) {
                byte[] body = form("face.jpg", picture());
                int last = 202;
                for (int i = 0; i < 1000 && last == 202; i++) {
                    last = post(http, studio, "superres", body).statusCode();
                }
                statuses.add(last);
            }
        }
        return statuses;
    }

    private static byte[] picture() {
        try {
            Path file = Files.createTempFile("fovea-bench-", ".jpg");
            Visage.drawn(160, 0.6, 3).write(file, Exif.NONE, Encoding.NORMAL);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] form(String name, byte[] bytes) {
        var body = new ByteArrayOutputStream(bytes.length + 256);
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                        + "\"\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(bytes);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static HttpRequest.Builder to(StudioServer studio, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + studio.port() + path));
    }

    private static HttpResponse<String> post(HttpClient http, StudioServer studio, String service, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                to(studio, "/api/" + service)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String get(HttpClient http, StudioServer studio, String path)
            throws IOException, InterruptedException {
        return http.send(to(studio, path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void delete(HttpClient http, StudioServer studio, HttpResponse<String> posted)
            throws IOException, InterruptedException {
        if (posted.statusCode() == 202) {
            http.send(to(studio, "/api/jobs/" + id(posted)).DELETE().build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    private static String id(HttpResponse<String> posted) {
        var found = ID.matcher(posted.body());
        if (!found.find()) {
            throw new IllegalStateException(posted.body());
        }
        return found.group(1);
    }
}
