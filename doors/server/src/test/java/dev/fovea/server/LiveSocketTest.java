package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.video.LiveJpeg;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The WebSocket as programs meet it. */
@Timeout(120)
class LiveSocketTest {
    private static final int SOON = 20;

    @TempDir
    Path folder;

    private StudioServer studio() {
        return StudioServer.start(Settings.local(0).withFolder(folder));
    }

    /** A client that keeps what comes. */
    private static final class Client implements WebSocket.Listener {
        final BlockingQueue<ByteBuffer> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
        private final StringBuilder text = new StringBuilder();

        static WebSocket join(StudioServer studio, Client client, String origin) {
            URI address = URI.create(studio.address().replaceFirst("^http", "ws") + "api/live");
            var builder = HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(SOON));
            if (!origin.isEmpty()) {
                builder.header("Origin", origin);
            }
            return builder.buildAsync(address, client).join();
        }

        /** The next text that is no statistics. */
        String said() throws InterruptedException {
            String text;
            do {
                text = texts.poll(SOON, TimeUnit.SECONDS);
            } while (text != null && text.startsWith("{\"stats\""));
            return String.valueOf(text);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var part = new byte[data.remaining()];
            data.get(part);
            binary.writeBytes(part);
            if (last) {
                frames.add(ByteBuffer.wrap(binary.toByteArray()));
                binary.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.add(code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.add("broken: " + error);
        }
    }

    private static ByteBuffer message(int number) {
        Image grey = Image.of(64, 48, Colour.SRGB, new float[3][64 * 48]);
        try (var coder = new LiveJpeg(80)) {
            byte[] jpeg = coder.encode(Frame.of(grey, Duration.ZERO, "test"));
            return ByteBuffer.allocate(4 + jpeg.length).putInt(number).put(jpeg).flip();
        }
    }

    @Test
    void frames_come_back_painted() throws InterruptedException {
        try (var studio = studio()) {
            var client = new Client();
            WebSocket socket = Client.join(studio, client, "");
            socket.sendText("{\"effects\":[{\"name\":\"colour-retention\"}]}", true)
                    .join();
            socket.sendBinary(message(7), true).join();
            ByteBuffer back = client.frames.poll(SOON, TimeUnit.SECONDS);
            assertThat(back).as("texts: %s", client.texts).isNotNull();
            assertThat(back.getInt()).isEqualTo(7);
            assertThat(back.getFloat()).isPositive();
            assertThat(back.get() & 0xFF).isEqualTo(0xFF);
            assertThat(back.get() & 0xFF).isEqualTo(0xD8);
            socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), true).join();
            assertThat(client.said()).contains("error");
            socket.sendText("{\"effects\":7}", true).join();
            assertThat(client.said()).contains("effects must be a JSON list");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            assertThat(client.closed.poll(SOON, TimeUnit.SECONDS)).startsWith("1000");
        }
    }

    @Test
    void one_too_many_is_told_so_and_a_place_that_is_left_is_free() throws InterruptedException {
        try (var studio = studio()) {
            List<WebSocket> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(Client.join(studio, new Client(), ""));
            }
            until(studio, 16);
            var late = new Client();
            Client.join(studio, late, "");
            assertThat(late.closed.poll(SOON, TimeUnit.SECONDS))
                    .isEqualTo("1013 There are 16 live streams already; try again later.");
            all.getFirst().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            all.get(1).abort();
            until(studio, 14);
            var next = new Client();
            WebSocket socket = Client.join(studio, next, "");
            socket.sendBinary(message(1), true).join();
            assertThat(next.frames.poll(SOON, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("fovea-live-"));
    }

    private static void until(StudioServer studio, int streams) throws InterruptedException {
        for (int i = 0; studio.streams() != streams && i < 100 * SOON; i++) {
            Thread.sleep(10);
        }
        assertThat(studio.streams()).isEqualTo(streams);
    }

    @Test
    void pages_of_other_origins_may_not_join() {
        try (var studio = studio()) {
            assertThatThrownBy(() -> Client.join(studio, new Client(), "https://example.org"))
                    .hasMessageContaining("WebSocketHandshakeException");
            assertThat(studio.streams()).isZero();
        }
    }

    @Test
    void who_sends_too_much_at_once_is_shown_the_door() throws InterruptedException {
        try (var studio = studio()) {
            var client = new Client();
            WebSocket socket = Client.join(studio, client, "");
            until(studio, 1);
            socket.sendBinary(ByteBuffer.allocate(8 << 20), true);
            until(studio, 0);
            assertThat(client.frames).isEmpty();
        }
    }
}
