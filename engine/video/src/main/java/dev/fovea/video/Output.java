package dev.fovea.video;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** A container that is being written. */
final class Output implements AutoCloseable {
    private static final int BITEXACT = 0x400;

    private final Path target;
    private final Container container;
    private final AVFormatContext context = new AVFormatContext(null);
    private @Nullable AVStream pictures;
    private @Nullable AVCodecContext coder;

    /**
     * @param target for messages
     * @param part where the bytes go
     */
    Output(Path target, Path part, Container container) {
        this.target = target;
        this.container = container;
        Ffmpeg.sound(avformat.avformat_alloc_output_context2(context, (AVOutputFormat) null, container.muxer(), null));
        context.flags(context.flags() | BITEXACT);
        var io = new AVIOContext(null);
        try (BytePointer address = Ffmpeg.text("file:" + part)) {
            int code = avformat.avio_open(io, address, avformat.AVIO_FLAG_WRITE);
            if (code < 0) {
                avformat.avformat_free_context(context);
                throw VideoWriter.refusal(target, code);
            }
            context.url(avutil.av_strdup(address)); // moving the index to the front opens the file once more
        }
        context.pb(io);
    }

    /** Whether the container keeps the coding's own header apart. */
    boolean globalHeader() {
        return (context.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
    }

    /** Whether the container holds a coding. */
    static boolean holds(Container container, int codec) {
        AVOutputFormat format = avformat.av_guess_format(container.muxer(), (String) null, null);
        return avformat.avformat_query_codec(format, codec, avcodec.FF_COMPLIANCE_NORMAL) == 1;
    }

    void pictures(AVCodecContext coder, double rate) {
        AVStream stream = stream(coder);
        int thousandths = (int) Math.round(rate * 1000);
        stream.avg_frame_rate().num(thousandths).den(1000);
        stream.r_frame_rate().num(thousandths).den(1000);
        this.coder = coder;
        pictures = stream;
    }

    /** A stream whose packets come as they are. */
    AVStream stream(AVCodecParameters coding) {
        AVStream stream = Ffmpeg.there(avformat.avformat_new_stream(context, null));
        Ffmpeg.sound(avcodec.avcodec_parameters_copy(stream.codecpar(), coding));
        stream.codecpar().codec_tag(0);
        return stream;
    }

    /** A stream whose packets a coder makes. */
    AVStream stream(AVCodecContext coder) {
        AVStream stream = Ffmpeg.there(avformat.avformat_new_stream(context, null));
        Ffmpeg.sound(avcodec.avcodec_parameters_from_context(stream.codecpar(), coder));
        stream.time_base(coder.time_base());
        return stream;
    }

    /** Writes the header: every stream is known now. */
    void begin() {
        var options = new AVDictionary(null);
        Map<String, String> wanted =
                container == Container.MP4 || container == Container.MOV ? Map.of("movflags", "+faststart") : Map.of();
        wanted.forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
        int code = avformat.avformat_write_header(context, options);
        avutil.av_dict_free(options);
        check(code);
    }

    /** Writes a packet of the picture's encoder. */
    void picture(AVPacket packet) {
        AVStream stream = java.util.Objects.requireNonNull(pictures);
        packet.stream_index(stream.index());
        avcodec.av_packet_rescale_ts(
                packet, java.util.Objects.requireNonNull(coder).time_base(), stream.time_base());
        packet(packet);
    }

    /** Writes a packet whose stream and times are set. */
    void packet(AVPacket packet) {
        check(avformat.av_interleaved_write_frame(context, packet));
        check(context.pb().error());
    }

    /** Writes what comes last. */
    void end() {
        check(avformat.av_write_trailer(context));
        avformat.avio_flush(context.pb());
        check(context.pb().error());
        int code = avformat.avio_closep(context.pb());
        context.pb(null);
        check(code);
    }

    private void check(int code) {
        if (code < 0) {
            throw VideoWriter.refusal(target, code);
        }
    }

    @Override
    public void close() {
        if (context.pb() != null && !context.pb().isNull()) {
            avformat.avio_closep(context.pb());
        }
        avformat.avformat_free_context(context);
    }
}
