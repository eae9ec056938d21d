package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.Cancelled;
import dev.fovea.Work;
import dev.fovea.image.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A video becomes another one, its times and its sound kept. */
class RewriteTest {
    private static final VideoEncoding GOOD = VideoEncoding.NORMAL.withQuality(90);

    @TempDir
    private Path folder;

    private Path clip(int frames) {
        return Clips.write(folder.resolve("in.mp4"), GOOD, Clips.frames(96, 64, frames));
    }

    /** A clip with sound: Matroska holds it as it is. */
    private Path loud(int frames) throws IOException {
        Path wave = Clips.wave(folder.resolve("tone.wav"), frames / 25.0);
        Path file = folder.resolve("loud.mkv");
        try (var writer = VideoWriter.to(file, GOOD)) {
            assertThat(writer.soundOf(wave)).isEmpty();
            Clips.frames(96, 64, frames).forEach(writer::write);
            writer.finish();
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyFrameComesThroughInOrderAtItsTime(int threads) {
        Path in = clip(40), out = folder.resolve("out.webm");
        var seen = new AtomicInteger();
        Rewrite.Result result = Work.threads(
                threads,
                () -> Rewrite.of(in, out, GOOD, frame -> {
                    seen.incrementAndGet();
                    return frame;
                }));
        assertThat(result.frames()).isEqualTo(40).isEqualTo(seen.get());
        assertThat(result.notes()).isEmpty();
        List<Frame> before = Clips.read(in), after = Clips.read(out);
        assertThat(after)
                .extracting(Frame::at)
                .isEqualTo(before.stream().map(Frame::at).toList());
        assertThat(Clips.psnr(before.get(20).image(), after.get(20).image())).isGreaterThan(36);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkv", "mov", "avi"})
    void soundIsCopied(String extension) throws IOException {
        Path in = loud(30), out = folder.resolve("out." + extension);
        assertThat(Rewrite.of(in, out, GOOD, f -> f).notes()).isEmpty();
        assertThat(Clips.sound(out)).isEqualTo(Clips.sound(folder.resolve("tone.wav")));
        try (Video video = Video.open(out)) {
            assertThat(video.sound()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webm", "mp4"})
    void soundIsCodedAnewWhereItMust(String extension) throws IOException {
        Path in = loud(50), out = folder.resolve("out." + extension);
        // MP4 holds the tone as it is; of WebM's Opus nothing is plain
        assertThat(Rewrite.of(in, out, GOOD, f -> f).notes()).isEmpty();
        try (Input input = Input.file(out)) {
            long last = 0;
            int packets = 0;
            Ticks ticks = Ticks.of(input.audio().time_base());
            while (input.read() >= 0) {
                if (input.packet().stream_index() == input.audio().index()) {
                    last = ticks.time(input.packet().pts()).toMillis();
                    packets++;
                }
            }
            assertThat(packets).isGreaterThan(10);
            assertThat(last).isBetween(1850L, 2050L);
        }
        assertThat(Clips.read(out)).hasSize(50);
    }

    @Test
    void soundThatCannotBeKeptIsTold() throws IOException {
        Rewrite.Result result = Rewrite.of(loud(5), folder.resolve("out.y4m"), GOOD, f -> f);
        assertThat(result.notes()).hasSize(1).first().asString().contains("cannot be kept");
    }

    @Test
    void aVideoMayReplaceItself() {
        Path in = clip(10);
        Rewrite.of(in, in, GOOD, f -> f);
        assertThat(Clips.read(in)).hasSize(10);
        assertThat(folder.toFile().list()).containsExactly("in.mp4");
    }

    @Test
    void progressIsToldByTime() {
        Path in = clip(20);
        var steps = new java.util.concurrent.CopyOnWriteArrayList<Double>();
        Work.run(
                (name, fraction) -> {
                    assertThat(name).isEqualTo("rewriting");
                    steps.add(fraction);
                },
                () -> Rewrite.of(in, folder.resolve("out.mp4"), GOOD, f -> f));
        assertThat(steps).hasSize(20).isSorted();
        assertThat(steps.getLast()).isBetween(0.9, 1.0);
    }

    @Test
    void cancellingLeavesNothing() {
        Path in = clip(40), out = folder.resolve("out.mp4");
        var seen = new AtomicInteger();
        var listener = new Work.Listener() {
            @Override
            public void step(String name, double fraction) {}

            @Override
            public boolean cancelled() {
                return seen.get() > 10;
            }
        };
        assertThatThrownBy(() -> Work.run(
                        listener,
                        () -> Rewrite.of(in, out, GOOD, f -> {
                            seen.incrementAndGet();
                            return f;
                        })))
                .isInstanceOf(Cancelled.class);
        assertThat(folder.toFile().list()).containsExactly("in.mp4");
    }

    @Test
    void aFailureOfTheWorkLeavesTheOldFile() throws IOException {
        Path in = clip(40), out = Files.writeString(folder.resolve("out.mp4"), "old");
        assertThatThrownBy(() -> Rewrite.of(in, out, GOOD, f -> {
                    if (f.at().toMillis() > 400) {
                        throw new IllegalStateException("a mistake");
                    }
                    return f;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mistake");
        assertThat(out).hasContent("old");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("in.mp4", "out.mp4");
    }

    @Test
    void damageOfTheInputIsNoted() throws IOException {
        byte[] bytes = Files.readAllBytes(clip(40));
        Path cut = Files.write(folder.resolve("cut.mp4"), java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
        Rewrite.Result result = Rewrite.of(cut, folder.resolve("out.mp4"), GOOD, f -> f);
        assertThat(result.frames()).isBetween(10, 39);
        assertThat(result.notes()).hasSize(1).first().asString().contains("of 40 frames");
    }
}
