package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the studio answers in a sentence, or hangs up, and goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTest {
    private static final List<String> HEADS = List.of(
            "\u00FF\u00D8\u00FF\u00E0",
            "\u0089PNG\r\n\u001A\n",
            "II*\0\u0008\0\0\0",
            "\0\0\0\u0018ftypheic",
            "\0\0\0\u0018ftypmp42",
            "RIFF\0\0\u0001\0WEBPVP8 ",
            "YUV4MPEG2 W99999 H99999 F25:1\n",
            "Pf\n99999 99999\n-1\n",
            "");
    private static final List<String> NAMES = List.of(
            "a.jpg", "a.png", "a.dng", "a.heic", "a.mp4", "a.webp", "a.y4m", "a.pfm", "..", "\u202E\u0000<script>");
    private static final List<String> FRAGMENTS = List.of(
            "GET ",
            "POST ",
            "DELETE ",
            "PRI * HTTP/2.0",
            "/api/night",
            "/api/jobs/",
            "{id}",
            "/../",
            "%2e%2e",
            "%00",
            "?x=",
            " HTTP/1.1\r\n",
            "Host: localhost\r\n",
            "Content-Length: 99999999999\r\n",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Content-Type: multipart/form-data\r\n",
            "Content-Type: multipart/form-data; boundary=b\r\n",
            "\r\n",
            "--b\r\n",
            "--b--\r\n",
            "Content-Disposition: form-data; name=\"files\"; filename=\"../../x\"\r\n",
            "Upgrade: websocket\r\n",
            "Connection: Upgrade\r\n",
            "Sec-WebSocket-Key: x\r\n",
            "Range: bytes=9-1\r\n",
            "\0\u00FF\u00FE");

    private StudioServer studio;
    private Client client;

    @BeforeAll
    void start(@TempDir Path folder) {
        studio = StudioServer.start(Settings.local(0).withFolder(folder));
        client = new Client(studio);
    }

    @AfterAll
    void stop() {
        client.close();
        studio.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"night", "superres", "depth", "portrait", "focus", "relight", "colorpop", "see", "effects"})
    void garbageIsRefusedByEveryServiceInOneSentence(String service) {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            int files = service.equals("depth") ? 2 : 1;
            var garbage = new Client.File[files];
            for (int i = 0; i < files; i++) {
                garbage[i] = new Client.File(NAMES.get(random.nextInt(NAMES.size())), bytes(random));
            }
            Client.Reply posted =
                    client.post("/api/" + service, Map.of("x", "y", "effects", "[{}]".repeat(seed % 2)), garbage);
            if (posted.status() != 202) {
                assertThat(posted.status())
                        .as("%s seed %d: %s", service, seed, posted.text())
                        .isBetween(400, 499);
                continue;
            }
            Map<String, Object> job = client.ended(posted);
            assertThat(job).as("%s seed %d", service, seed).containsEntry("state", "failed");
            Map<?, ?> error = (Map<?, ?>) job.get("error");
            assertThat((Integer) error.get("status"))
                    .as("%s seed %d: %s", service, seed, error)
                    .isBetween(400, 499);
            assertThat((String) error.get("error")).endsWith(".").doesNotContain("fovea-studio-");
        }
    }

    private static byte[] bytes(Random random) {
        byte[] head = HEADS.get(random.nextInt(HEADS.size())).getBytes(StandardCharsets.ISO_8859_1);
        var all = new byte[head.length + random.nextInt(3000)];
        random.nextBytes(all);
        System.arraycopy(head, 0, all, 0, head.length);
        return all;
    }

    @Test
    void brokenRequestsDoNotStopIt() throws IOException {
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            var request = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                request.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            }
            try (var socket = new Socket("localhost", studio.port())) {
                socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.setSoTimeout(10_000);
                String answer = new String(socket.getInputStream().readNBytes(20), StandardCharsets.ISO_8859_1);
                assertThat(answer).as("seed %d: %s", seed, request).doesNotContain(" 500");
            } catch (java.net.SocketException e) {
                // it hung up, as it may
            }
        }
        assertThat(client.get("/api/services").status()).isEqualTo(200);
    }

    @Test
    void aPairOfOnePictureTwiceOrOfTwoSizesIsToldApart() {
        byte[] one = Pictures.frame(1);
        Map<String, Object> same = client.ended(
                client.post("/api/depth", Map.of(), new Client.File("l.jpg", one), new Client.File("r.jpg", one)));
        assertThat(same.get("state")).isIn("done", "failed");
        if (same.get("error") instanceof Map<?, ?> error) {
            assertThat(error.get("status")).isEqualTo(422);
        }
    }

    /** Hears whether a frame came back. */
    private static final class Ear implements WebSocket.Listener {
        private final CompletableFuture<byte[]> frame = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            frame.complete(bytes);
            socket.request(1);
            return null;
        }
    }

    @Test
    void noiseOnTheLiveSocketStopsNobody() throws Exception {
        var random = new Random(5);
        try (var http = HttpClient.newHttpClient()) {
            var address = java.net.URI.create("ws://localhost:" + studio.port() + "/api/live");
            for (int visitor = 0; visitor < 20; visitor++) {
                WebSocket socket = http.newWebSocketBuilder()
                        .buildAsync(address, new WebSocket.Listener() {})
                        .join();
                for (int i = 0; i < 10; i++) {
                    noise(socket, random);
                }
                socket.abort();
            }
            var ear = new Ear();
            WebSocket sound =
                    http.newWebSocketBuilder().buildAsync(address, ear).join();
            byte[] jpeg = Pictures.frame(1);
            sound.sendBinary(
                            ByteBuffer.allocate(4 + jpeg.length)
                                    .putInt(7)
                                    .put(jpeg)
                                    .flip(),
                            true)
                    .join();
            assertThat(ear.frame.get(60, TimeUnit.SECONDS)).startsWith(0, 0, 0, 7);
            sound.abort();
        }
    }

    /** One message of garbage; the socket may have been closed for the one before. */
    private static void noise(WebSocket socket, Random random) {
        try {
            if (random.nextBoolean()) {
                String text = String.join("", FRAGMENTS).substring(random.nextInt(200));
                socket.sendText(random.nextBoolean() ? text : "{\"effects\":[{\"name\":" + text + "}]}", true)
                        .join();
            } else {
                socket.sendBinary(ByteBuffer.wrap(bytes(random)), true).join();
            }
        } catch (CompletionException e) {
            // it was shown the door
        }
    }
}
