package dev.fovea.bench;

import dev.fovea.server.Settings;
import dev.fovea.server.StudioServer;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** As many live streams as a studio takes: whether they share it fairly, what they cost, what the next is told, what stays behind. */
final class StudioStreams {
    private static final int WARM_SECONDS = 8;
    private static final int SECONDS = 15;
    private static final double FAIR = 0.8;
    private static final int PATIENCE_SECONDS = 30;

    /**
     * The figures.
     *
     * @param streams at once
     * @param slowest frames a second of the slowest stream
     * @param fastest of the fastest
     * @param heapMib in use with all of them running, after collecting
     * @param heapLaterMib the same a while later: it does not grow
     * @param refusal what one more is told
     * @param threads of streams that are left after all have gone
     * @param files that are left in the folder for temporary files
     */
    record Figures(
            int streams,
            double slowest,
            double fastest,
            double heapMib,
            double heapLaterMib,
            String refusal,
            long threads,
            long files) {}

    /** A camera that sends its next frame when one has come back. */
    private static final class Client implements WebSocket.Listener {
        private final List<byte[]> film;
        private final AtomicInteger back = new AtomicInteger();
        private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        private int number;

        Client(List<byte[]> film) {
            this.film = film;
        }

        static WebSocket join(HttpClient http, StudioServer studio, Client client) {
            URI address = URI.create("ws://localhost:" + studio.port() + "/api/live");
            return http.newWebSocketBuilder()
                    .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                    .buildAsync(address, client)
                    .join();
        }

        void begin(WebSocket socket) {
            socket.sendText("{\"effects\":[{\"name\":\"colour-retention\"}]}", true)
                    .join();
            send(socket);
        }

        private void send(WebSocket socket) {
            byte[] jpeg = film.get(number % film.size());
            ByteBuffer message = ByteBuffer.allocate(4 + jpeg.length)
                    .putInt(++number)
                    .put(jpeg)
                    .flip();
            var unused = socket.sendBinary(message, true);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            if (last) {
                back.incrementAndGet();
                send(socket);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.add(code + ": " + reason);
            return null;
        }
    }

    private StudioStreams() {}

    static Object run(Path data, PrintStream out) throws IOException, InterruptedException {
        List<byte[]> film = StudioClip.frames(data);
        Path folder = Files.createTempDirectory("fovea-bench-");
        Settings settings = Settings.local(0).withFolder(folder);
        Figures running;
        try (var http = HttpClient.newHttpClient();
                var studio = StudioServer.start(settings)) {
            running = measured(http, studio, film, settings.limits().streams());
        }
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("fovea-live-"))
                .count();
        long files;
        try (Stream<Path> left = Files.walk(folder)) {
            files = left.count() - 1;
        }
        Files.delete(folder);
        var figures = new Figures(
                running.streams,
                running.slowest,
                running.fastest,
                running.heapMib,
                running.heapLaterMib,
                running.refusal,
                threads,
                files);
        print(figures, out);
        return figures;
    }

    private static Figures measured(HttpClient http, StudioServer studio, List<byte[]> film, int most)
            throws InterruptedException {
        var clients = new ArrayList<Client>();
        var sockets = new ArrayList<WebSocket>();
        for (int i = 0; i < most; i++) {
            clients.add(new Client(film));
            sockets.add(Client.join(http, studio, clients.getLast()));
        }
        for (int i = 0; i < most; i++) {
            clients.get(i).begin(sockets.get(i));
        }
        await(studio, most);
        var late = new Client(film);
        Client.join(http, studio, late);
        String refusal = late.closed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        TimeUnit.SECONDS.sleep(WARM_SECONDS);
        double heap = heapMib();
        int[] before = clients.stream().mapToInt(c -> c.back.get()).toArray();
        TimeUnit.SECONDS.sleep(SECONDS);
        int[] after = clients.stream().mapToInt(c -> c.back.get()).toArray();
        double later = heapMib();
        sockets.forEach(WebSocket::abort);
        int slowest = Integer.MAX_VALUE;
        int fastest = 0;
        for (int i = 0; i < most; i++) {
            slowest = Math.min(slowest, after[i] - before[i]);
            fastest = Math.max(fastest, after[i] - before[i]);
        }
        await(studio, 0);
        return new Figures(
                most,
                (double) slowest / SECONDS,
                (double) fastest / SECONDS,
                heap,
                later,
                String.valueOf(refusal),
                0,
                studio.streams());
    }

    private static void await(StudioServer studio, int streams) throws InterruptedException {
        for (int i = 0; studio.streams() != streams && i < 100 * PATIENCE_SECONDS; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static double heapMib() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    private static void print(Figures f, PrintStream out) {
        out.println("Streams: " + f.streams + " at once, 640 x 480, colour retention, from scripted clients");
        out.printf(
                Locale.ROOT, "%-34s %8.1f%n", "frames a second, all together", f.streams * (f.slowest + f.fastest) / 2);
        out.printf(Locale.ROOT, "%-34s %8.2f%n", "of the slowest stream", f.slowest);
        out.printf(Locale.ROOT, "%-34s %8.2f%n", "of the fastest", f.fastest);
        out.printf(
                Locale.ROOT,
                "%-34s %8.2f at least %.1f%s%n",
                "slowest / fastest",
                f.slowest / f.fastest,
                FAIR,
                f.slowest / f.fastest < FAIR ? "  MISSED" : "");
        out.printf(Locale.ROOT, "%-34s %8.0f then %.0f%n", "heap in use (MiB)", f.heapMib, f.heapLaterMib);
        out.println("One more is told: " + f.refusal);
        out.println(
                "Left: " + f.threads + " threads, " + f.files + " files" + (f.threads + f.files > 0 ? "  MISSED" : ""));
    }
}
