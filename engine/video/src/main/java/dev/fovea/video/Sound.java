package dev.fovea.video;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** The sound of one file on its way into another: packets as they are, at the same times. */
final class Sound implements AutoCloseable {
    private final Input input;
    private final @Nullable AVStream from;
    private @Nullable AVStream to;
    private boolean waiting;
    private boolean ended;

    /** Takes over an input. */
    Sound(Input input) {
        this.input = input;
        from = input.audio();
    }

    /** Whether there is any. */
    boolean present() {
        return from != null;
    }

    /** Why a container cannot hold it; empty if it can, or if there is none. */
    Optional<String> refusal(Container container) {
        if (from == null) {
            return Optional.empty();
        }
        int codec = from.codecpar().codec_id();
        if (container.sounds() && Output.holds(container, codec)) {
            return Optional.empty();
        }
        return Optional.of("the sound (" + avcodec.avcodec_get_name(codec).getString()
                + ") cannot be kept in such a file; .mkv holds any");
    }

    /** Makes the stream that it goes into. */
    void into(Output output) {
        AVStream source = Objects.requireNonNull(from);
        to = output.stream(source.codecpar());
        to.time_base(source.time_base());
    }

    /** Copies what begins before a time. */
    void until(Duration time, Output output) {
        AVStream source = Objects.requireNonNull(from), target = Objects.requireNonNull(to);
        Ticks ticks = Ticks.of(source.time_base());
        while (!ended) {
            if (!waiting && input.read() < 0) {
                ended = true;
                return;
            }
            waiting = false;
            AVPacket packet = input.packet();
            if (packet.stream_index() != source.index()) {
                continue;
            }
            long stamp = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
            if (stamp != avutil.AV_NOPTS_VALUE
                    && ticks.time(stamp).minus(input.start()).compareTo(time) > 0) {
                waiting = true;
                return;
            }
            copy(packet, source, target, output);
        }
    }

    private void copy(AVPacket packet, AVStream source, AVStream target, Output output) {
        long start = Ticks.of(source.time_base()).ticks(input.start());
        if (packet.pts() != avutil.AV_NOPTS_VALUE) {
            packet.pts(packet.pts() - start);
        }
        if (packet.dts() != avutil.AV_NOPTS_VALUE) {
            packet.dts(packet.dts() - start);
        }
        avcodec.av_packet_rescale_ts(packet, source.time_base(), target.time_base());
        packet.stream_index(target.index()).pos(-1);
        output.packet(packet);
    }

    @Override
    public void close() {
        input.close();
    }
}
