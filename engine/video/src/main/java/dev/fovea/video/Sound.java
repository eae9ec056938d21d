package dev.fovea.video;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** The sound of one file on its way into another, at the same times: as it is where the container holds its coding, otherwise coded anew. */
final class Sound implements AutoCloseable {
    private final Input input;
    private final @Nullable AVStream from;
    private @Nullable AVStream to;
    private @Nullable SoundCoder coder;
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
        return from == null || container.sounds()
                ? Optional.empty()
                : Optional.of("the sound cannot be kept in such a file; .mkv and .mp4 hold it");
    }

    /** Makes the stream that it goes into. */
    void into(Output output, Container container) {
        AVStream source = Objects.requireNonNull(from);
        if (Output.holds(container, source.codecpar().codec_id())) {
            to = output.stream(source.codecpar());
            to.time_base(source.time_base());
        } else {
            coder = new SoundCoder(input, source, container, output.globalHeader());
            to = output.stream(coder.context());
        }
    }

    /** Brings over what begins before a time. */
    void until(Duration time, Output output) {
        AVStream source = Objects.requireNonNull(from);
        Ticks ticks = Ticks.of(source.time_base());
        while (!ended) {
            if (!waiting && input.read() < 0) {
                end(output);
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
            bring(packet, source, output);
        }
    }

    private void end(Output output) {
        ended = true;
        if (coder != null) {
            coder.end(p -> coded(p, output));
        }
    }

    private void bring(AVPacket packet, AVStream source, Output output) {
        if (coder != null) {
            coder.code(packet, p -> coded(p, output));
            return;
        }
        long start = Ticks.of(source.time_base()).ticks(input.start());
        if (packet.pts() != avutil.AV_NOPTS_VALUE) {
            packet.pts(packet.pts() - start);
        }
        if (packet.dts() != avutil.AV_NOPTS_VALUE) {
            packet.dts(packet.dts() - start);
        }
        AVStream target = Objects.requireNonNull(to);
        avcodec.av_packet_rescale_ts(packet, source.time_base(), target.time_base());
        packet.stream_index(target.index()).pos(-1);
        output.packet(packet);
    }

    private void coded(AVPacket packet, Output output) {
        AVStream target = Objects.requireNonNull(to);
        avcodec.av_packet_rescale_ts(
                packet, Objects.requireNonNull(coder).context().time_base(), target.time_base());
        packet.stream_index(target.index());
        output.packet(packet);
    }

    @Override
    public void close() {
        if (coder != null) {
            coder.close();
        }
        input.close();
    }
}
