package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** An open container: a file or a device, its packets one after the other. */
final class Input implements AutoCloseable {
    /** Containers that hold video. Others (playlists, pictures, scripts) could make FFmpeg open what nobody named. */
    private static final String CONTAINERS =
            "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,yuv4mpegpipe,"
                    + "ogg,flv,asf,h264,hevc,obu,ivf,mjpeg,gif,mxf,dv,nut,wav,mp3,aac,flac,m4v,vc1,rm";

    private final String name;
    private final AVFormatContext context;
    private final AVPacket packet = Ffmpeg.there(avcodec.av_packet_alloc());

    private Input(String name, AVFormatContext context) {
        this.name = name;
        this.context = context;
    }

    /**
     * Opens a file.
     *
     * @throws BadInput if it holds nothing that FFmpeg reads
     */
    static Input file(Path file) {
        Refusal.check(file);
        Ffmpeg.ready();
        try {
            return open(
                    file.toString(),
                    "file:" + file,
                    null,
                    Map.of("protocol_whitelist", "file", "format_whitelist", CONTAINERS));
        } catch (Unreadable e) {
            throw Refusal.of(file, e.code);
        }
    }

    /** What FFmpeg said to an input. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        final int code;

        Unreadable(int code) {
            super(Ffmpeg.words(code));
            this.code = code;
        }
    }

    static Input open(String name, String url, @Nullable AVInputFormat format, Map<String, String> options)
            throws Unreadable {
        var context = new AVFormatContext(null);
        var dictionary = new AVDictionary(null);
        options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
        try (BytePointer address = Ffmpeg.text(url)) {
            int code = avformat.avformat_open_input(context, address, format, dictionary);
            if (code < 0) {
                throw new Unreadable(code);
            }
        } finally {
            avutil.av_dict_free(dictionary);
        }
        var input = new Input(name, context);
        int code = avformat.avformat_find_stream_info(context, (AVDictionary) null);
        if (code < 0) {
            input.close();
            throw new Unreadable(code);
        }
        return input;
    }

    /** For messages. */
    String name() {
        return name;
    }

    AVFormatContext context() {
        return context;
    }

    /** The best moving picture, or null; the cover of a song is none. */
    @Nullable
    AVStream video() {
        int index = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0) {
            return null;
        }
        AVStream stream = context.streams(index);
        return (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0 ? null : stream;
    }

    /** The best sound, or null. */
    @Nullable
    AVStream audio() {
        int index = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
        return index < 0 ? null : context.streams(index);
    }

    /** When the first thing in the container begins: the zero of its timeline. */
    Duration start() {
        long start = context.start_time();
        return start == avutil.AV_NOPTS_VALUE ? Duration.ZERO : Ticks.MICROSECONDS.time(start);
    }

    /** A decoder for a stream, not yet opened: FFmpeg then refuses larger pictures before it allocates them. */
    AVCodecContext decoder(AVStream stream) {
        AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        if (codec == null || codec.isNull()) {
            BytePointer coding = avcodec.avcodec_get_name(stream.codecpar().codec_id());
            throw new BadInput(
                    name, "is coded as " + coding.getString() + ", which is not read", "convert it to H.264 first");
        }
        AVCodecContext decoder = Ffmpeg.there(avcodec.avcodec_alloc_context3(codec));
        Ffmpeg.sound(avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()));
        decoder.max_pixels(Image.MAX_PIXELS);
        decoder.thread_count(1);
        int code = avcodec.avcodec_open2(decoder, codec, (AVDictionary) null);
        if (code < 0) {
            avcodec.avcodec_free_context(decoder);
            throw new BadInput(name, "cannot be decoded: " + Ffmpeg.words(code), "copy it again, or convert it");
        }
        return decoder;
    }

    /** The next packet of any stream, good until the next call; its code if there is none: {@link Ffmpeg#END} or an error. */
    int read() {
        avcodec.av_packet_unref(packet);
        return avformat.av_read_frame(context, packet);
    }

    AVPacket packet() {
        return packet;
    }

    /** Goes to the last key frame at or before a time on a stream's own clock. */
    boolean seek(AVStream stream, long ticks) {
        return avformat.avformat_seek_file(context, stream.index(), Long.MIN_VALUE, ticks, ticks, 0) >= 0;
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avformat.avformat_close_input(context);
    }
}
