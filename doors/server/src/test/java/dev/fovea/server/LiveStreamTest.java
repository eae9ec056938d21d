package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.video.LiveJpeg;
import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Look;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] JPEG = jpeg(64, 48);

    private final Eye eye = Eye.open();
    private final Seat seat = new Seat();
    private final Semaphore gate = new Semaphore(1, true);
    private final LiveStream stream = new LiveStream("live-test", () -> eye, Effects.all(), gate, seat);

    /** A client that takes a frame when it is let. */
    private static final class Seat implements LiveStream.Client {
        record Taken(int number, float ms, byte[] jpeg) {}

        final BlockingQueue<Taken> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final Semaphore ready = new Semaphore(1000);

        @Override
        public void frame(int number, float ms, byte[] jpeg) {
            frames.add(new Taken(number, ms, jpeg));
            ready.acquireUninterruptibly();
        }

        @Override
        public void text(String json) {
            texts.add(json);
        }

        @Override
        public void failed() {
            texts.add("failed");
        }

        Taken next() throws InterruptedException {
            Taken taken = frames.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(taken).as("a frame; texts: %s", texts).isNotNull();
            return taken;
        }

        String text() throws InterruptedException {
            String text = texts.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(text).as("a text").isNotNull();
            return text;
        }
    }

    private static byte[] jpeg(int width, int height) {
        var planes = new float[3][width * height];
        for (int i = 0; i < width * height; i++) {
            planes[0][i] = 0.9f;
            planes[1][i] = (float) (i % width) / width;
            planes[2][i] = 0.2f;
        }
        try (var coder = new LiveJpeg(90)) {
            return coder.encode(Frame.of(Image.of(width, height, Colour.SRGB, planes), Duration.ZERO, "test"));
        }
    }

    private static Image decoded(byte[] jpeg) {
        try (var coder = new LiveJpeg(90)) {
            return coder.decode(jpeg, Duration.ZERO, "test").image();
        }
    }

    @AfterEach
    void closed() throws InterruptedException {
        stream.close();
        seat.ready.release(1000);
        assertThat(stream.await(SOON)).isTrue();
        eye.close();
    }

    @Test
    void a_frame_comes_back_under_its_number() throws InterruptedException {
        stream.frame(41, JPEG);
        Seat.Taken taken = seat.next();
        assertThat(taken.number()).isEqualTo(41);
        assertThat(taken.ms()).isPositive();
        assertThat(decoded(taken.jpeg()).width()).isEqualTo(64);
    }

    @Test
    void the_newest_frame_wins_and_what_is_dropped_is_counted() throws InterruptedException {
        seat.ready.drainPermits();
        stream.frame(1, JPEG);
        assertThat(seat.next().number()).isEqualTo(1);
        for (int number = 2; number <= 10; number++) {
            stream.frame(number, JPEG); // the client has not taken the first one yet
        }
        assertThat(seat.frames).isEmpty();
        seat.ready.release();
        assertThat(seat.next().number()).isEqualTo(10);
        LiveStream.Counts counts = stream.counts();
        assertThat(counts.received()).isEqualTo(10);
        assertThat(counts.sent()).isEqualTo(2);
        assertThat(counts.dropped()).isEqualTo(8);
        assertThat(counts.ms()).isPositive();
    }

    @Test
    void broken_frames_are_told_in_a_sentence_and_the_stream_goes_on() throws InterruptedException {
        stream.frame(1, "no picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(seat.text()).contains("\"error\":\"The frame is no JPEG");
        stream.frame(2, Arrays.copyOf(JPEG, JPEG.length / 2));
        assertThat(seat.text()).contains("\"error\":\"The frame is a JPEG that is cut off; send it again.\"");
        stream.frame(3, new byte[0]);
        assertThat(seat.text()).contains("error");
        stream.frame(4, new byte[LivePainter.MOST_BYTES + 1]);
        assertThat(seat.text()).contains("bytes, more than");
        stream.frame(5, jpeg(1936, 1080));
        assertThat(seat.text()).contains("1936 x 1080 pixels");
        stream.frame(6, jpeg(1080, 1920));
        assertThat(seat.next().number()).isEqualTo(6);
    }

    @Test
    void the_chain_changes_between_frames() throws InterruptedException {
        stream.frame(1, JPEG);
        Image before = decoded(seat.next().jpeg());
        assertThat(before.plane(0)[0] - before.plane(2)[0]).isGreaterThan(0.5f);
        stream.settings("{\"effects\":[{\"name\":\"colour-retention\",\"knobs\":{}}],\"quality\":60}");
        stream.frame(2, JPEG);
        Image after = decoded(seat.next().jpeg());
        assertThat(after.plane(0)[0] - after.plane(2)[0])
                .as("nobody is there: all grey")
                .isLessThan(0.05f);
        stream.settings("{\"effects\":[],\"see\":true}");
        stream.frame(3, JPEG);
        assertThat(seat.next().number()).isEqualTo(3);
        assertThat(seat.text()).contains("\"frame\":3").contains("\"seen\":{").contains("\"faces\":[]");
    }

    @Test
    void wishes_that_cannot_be_fulfilled_are_told_and_change_nothing() throws InterruptedException {
        for (String wish : List.of(
                "nonsense",
                "[]",
                "{\"effects\":{}}",
                "{\"effects\":[{\"name\":\"disco\"}]}",
                "{\"effects\":[{\"name\":\"background-blur\",\"knobs\":{\"aperture\":99}}]}",
                "{\"effects\":[{\"name\":\"background-blur\",\"knobs\":{\"colour\":1}}]}",
                "{\"quality\":\"best\"}",
                "{\"quality\":1000}")) {
            stream.settings(wish);
            assertThat(seat.text()).as(wish).startsWith("{\"error\":\"").endsWith(".\"}");
        }
        stream.frame(1, JPEG);
        assertThat(seat.next().number()).isEqualTo(1);
    }

    @Test
    void a_stream_that_is_closed_in_the_middle_of_a_frame_sends_no_more() throws InterruptedException {
        gate.acquire(); // the frame waits for its turn
        stream.frame(1, JPEG);
        stream.close();
        gate.release();
        assertThat(stream.await(SOON)).isTrue();
        assertThat(seat.frames).isEmpty();
        stream.frame(2, JPEG);
        assertThat(seat.frames).isEmpty();
    }

    @Test
    void settings_leave_out_what_stays_normal() {
        assertThat(LiveSettings.parse("{}", Effects.all())).isEqualTo(LiveSettings.NORMAL);
        LiveSettings faces = LiveSettings.parse("{\"see\":true,\"draw\":[\"faces\"]}", Effects.all());
        assertThat(faces.see().orElseThrow().persons()).isFalse();
        assertThat(faces.look()).isEqualTo(Look.of());
        assertThatThrownBy(() -> LiveSettings.parse(
                        "{\"effects\":[" + "{\"name\":\"colour-retention\"},".repeat(8)
                                + "{\"name\":\"colour-retention\"}]}",
                        Effects.all()))
                .hasMessageContaining("at most 8");
    }
}
