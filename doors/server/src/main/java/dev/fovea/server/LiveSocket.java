package dev.fovea.server;

import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import io.javalin.websocket.WsBinaryMessageContext;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Live streams over WebSockets. A client sends text, the settings, and binary messages: the number of a frame (4 bytes, big-endian) and a JPEG.
 * Back come the number, the milliseconds spent on it (a 4-byte float) and a JPEG, and as text statistics, what was seen, and errors.
 */
final class LiveSocket implements AutoCloseable {
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int SERVER_ERROR = 1011;
    private static final int MOST_TEXT = 16 << 10;
    /** Somewhat more than a stream takes, so that it can say so itself. */
    private static final int MOST_BYTES = LivePainter.MOST_BYTES + (1 << 20);

    private static final Duration SILENT = Duration.ofMinutes(2);
    private static final int SLOWEST_SECONDS = 10;
    private static final Duration LAST_FRAME = Duration.ofSeconds(5);

    private final int most;
    private final Supplier<Eye> eye;
    private final Semaphore gate = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Map<String, LiveStream> streams = new HashMap<>();
    private final List<LiveStream> leaving = new ArrayList<>();
    private final Supplier<List<Effects.Kind>> kinds;
    private long opened;
    private boolean closed;

    /** @param most streams at once */
    LiveSocket(int most, Supplier<Eye> eye, Supplier<List<Effects.Kind>> kinds) {
        this.most = most;
        this.eye = eye;
        this.kinds = kinds;
    }

    void configure(WsConfig socket) {
        socket.onConnect(this::open);
        socket.onMessage(c -> stream(c).ifPresent(s -> s.settings(c.message())));
        socket.onBinaryMessage(c -> stream(c).ifPresent(s -> frame(s, c)));
        socket.onClose(this::shut);
        socket.onError(this::shut);
    }

    /** How many there are. */
    synchronized int streams() {
        return streams.size();
    }

    private synchronized void open(WsConnectContext client) {
        if (closed || streams.size() >= most) {
            client.closeSession(
                    TRY_AGAIN_LATER,
                    closed
                            ? "The studio is closing."
                            : "There are " + most + " live streams already; try again later.");
            return;
        }
        Session session = client.session;
        session.setIdleTimeout(SILENT);
        session.setMaxBinaryMessageSize(MOST_BYTES);
        session.setMaxTextMessageSize(MOST_TEXT);
        streams.put(
                client.sessionId(),
                new LiveStream("fovea-live-" + ++opened, eye, kinds.get(), gate, new Browser(session)));
    }

    private synchronized Optional<LiveStream> stream(WsContext client) {
        return Optional.ofNullable(streams.get(client.sessionId()));
    }

    private static void frame(LiveStream stream, WsBinaryMessageContext message) {
        ByteBuffer data = message.data();
        int number = data.remaining() < Integer.BYTES ? 0 : data.getInt();
        var jpeg = new byte[data.remaining()];
        data.get(jpeg);
        stream.frame(number, jpeg);
    }

    private synchronized void shut(WsContext client) {
        LiveStream stream = streams.remove(client.sessionId());
        if (stream != null) {
            stream.close();
            leaving.removeIf(LiveStream::over);
            leaving.add(stream);
        }
    }

    @Override
    public void close() {
        List<LiveStream> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(streams.values());
            all.addAll(leaving);
            streams.clear();
        }
        all.forEach(LiveStream::close);
        try {
            for (LiveStream stream : all) {
                stream.await(LAST_FRAME);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The other end: waits until each message has left, so that never more than one is kept. */
    private record Browser(Session session) implements LiveStream.Client {
        @Override
        public void frame(int number, float ms, byte[] jpeg) {
            ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + Float.BYTES + jpeg.length);
            message.putInt(number).putFloat(ms).put(jpeg).flip();
            send(done -> session.sendBinary(message, done));
        }

        @Override
        public void text(String json) {
            send(done -> session.sendText(json, done));
        }

        @Override
        public void failed() {
            session.close(SERVER_ERROR, "The stream has ended.", Callback.NOOP);
        }

        /** Who does not read for long is gone. */
        private void send(Consumer<Callback> message) {
            var sent = new CompletableFuture<Boolean>();
            message.accept(Callback.from(() -> sent.complete(true), sent::completeExceptionally));
            try {
                sent.get(SLOWEST_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                session.disconnect();
            } catch (ExecutionException e) {
                // gone already: the socket's closing ends the stream
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
