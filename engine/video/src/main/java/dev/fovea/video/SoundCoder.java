package dev.fovea.video;

import dev.fovea.BadInput;
import java.time.Duration;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;

/** Codes sound anew, for containers that cannot hold it as it is: one or two channels at 48 kHz. */
final class SoundCoder implements AutoCloseable {
    private static final int RATE = 48_000;

    private final Input input;
    private final Ticks ticks;
    private final AVCodecContext decoder;
    private final AVCodecContext encoder;
    private final SwrContext resampler = new SwrContext(null);
    private final AVFrame heard = Ffmpeg.there(avutil.av_frame_alloc());
    private final AVFrame said = Ffmpeg.there(avutil.av_frame_alloc());
    private final AVPacket packet = Ffmpeg.there(avcodec.av_packet_alloc());
    private long samples = Long.MIN_VALUE;

    SoundCoder(Input input, AVStream from, Container container, boolean global) {
        this.input = input;
        ticks = Ticks.of(from.time_base());
        decoder = input.decoder(from);
        boolean opus = container == Container.WEBM;
        AVCodec codec = Ffmpeg.there(avcodec.avcodec_find_encoder_by_name(
                opus ? "libopus" : container == Container.AVI ? "libmp3lame" : "aac"));
        encoder = Ffmpeg.there(avcodec.avcodec_alloc_context3(codec));
        int channels = Math.clamp(from.codecpar().ch_layout().nb_channels(), 1, 2);
        avutil.av_channel_layout_default(encoder.ch_layout(), channels);
        encoder.sample_rate(RATE)
                .sample_fmt(opus ? avutil.AV_SAMPLE_FMT_FLT : avutil.AV_SAMPLE_FMT_FLTP)
                .bit_rate(80_000L * channels);
        encoder.time_base().num(1).den(RATE);
        encoder.flags(avcodec.AV_CODEC_FLAG_BITEXACT | (global ? avcodec.AV_CODEC_FLAG_GLOBAL_HEADER : 0));
        Ffmpeg.sound(avcodec.avcodec_open2(encoder, codec, (AVDictionary) null));
    }

    AVCodecContext context() {
        return encoder;
    }

    /** Codes what a packet holds; what cannot be decoded is passed over, as players do. */
    void code(AVPacket coded, Consumer<AVPacket> out) {
        if (avcodec.avcodec_send_packet(decoder, coded) >= 0) {
            take(out);
        }
    }

    /** Codes what is still waiting. */
    void end(Consumer<AVPacket> out) {
        avcodec.avcodec_send_packet(decoder, (AVPacket) null);
        take(out);
        if (samples != Long.MIN_VALUE) {
            say(out, 1);
        }
        Ffmpeg.sound(avcodec.avcodec_send_frame(encoder, (AVFrame) null));
        give(out);
    }

    private void take(Consumer<AVPacket> out) {
        while (avcodec.avcodec_receive_frame(decoder, heard) >= 0) {
            if (heard.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
                avutil.av_channel_layout_default(
                        heard.ch_layout(), heard.ch_layout().nb_channels());
            }
            if (samples == Long.MIN_VALUE) {
                begin();
            }
            // what changes its rate or channels on the way is passed over
            if (swresample.swr_convert_frame(resampler, null, heard) >= 0) {
                say(out, encoder.frame_size());
            }
        }
    }

    /** The first samples tell how they lie, and when they are heard. */
    private void begin() {
        Ffmpeg.sound(swresample.swr_alloc_set_opts2(
                resampler,
                encoder.ch_layout(),
                encoder.sample_fmt(),
                RATE,
                heard.ch_layout(),
                heard.format(),
                heard.sample_rate(),
                0,
                null));
        if (swresample.swr_init(resampler) < 0) {
            throw new BadInput(input.name(), "has sound that cannot be coded anew", "choose .mkv, which holds any");
        }
        long stamp = heard.best_effort_timestamp();
        Duration at = stamp == avutil.AV_NOPTS_VALUE
                ? Duration.ZERO
                : ticks.time(stamp).minus(input.start());
        samples = new Ticks(1, RATE).ticks(at);
    }

    /** Codes whole frames while the resampler holds at least so many samples. */
    private void say(Consumer<AVPacket> out, int atLeast) {
        while (swresample.swr_get_delay(resampler, RATE) >= atLeast) {
            avutil.av_frame_unref(said);
            said.nb_samples(encoder.frame_size()).format(encoder.sample_fmt()).sample_rate(RATE);
            Ffmpeg.sound(avutil.av_channel_layout_copy(said.ch_layout(), encoder.ch_layout()));
            Ffmpeg.sound(avutil.av_frame_get_buffer(said, 0));
            Ffmpeg.sound(swresample.swr_convert_frame(resampler, said, null));
            if (said.nb_samples() == 0) {
                return;
            }
            said.pts(samples);
            samples += said.nb_samples();
            Ffmpeg.sound(avcodec.avcodec_send_frame(encoder, said));
            give(out);
        }
    }

    private void give(Consumer<AVPacket> out) {
        while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
            out.accept(packet);
            avcodec.av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(heard);
        avutil.av_frame_free(said);
        swresample.swr_free(resampler);
        avcodec.avcodec_free_context(decoder);
        avcodec.avcodec_free_context(encoder);
    }
}
