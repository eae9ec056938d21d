package dev.fovea.video;

import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Frame.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Codes frames of one size. One stream, one thread at a time. */
final class Encoder implements AutoCloseable {
    private final PictureCoding coding;
    private final int width;
    private final int height;
    private final AVCodecContext context;
    private final Yuv.Conversion conversion;
    private final AVFrame picture = Ffmpeg.there(avutil.av_frame_alloc());
    private final AVPacket packet = Ffmpeg.there(avcodec.av_packet_alloc());
    private final byte[] planes;

    /**
     * @param ticks of the times that {@link #code} is given
     * @param global whether the container keeps the coding's own header apart
     */
    Encoder(PictureCoding coding, int width, int height, Ticks ticks, VideoEncoding encoding, boolean global) {
        this.coding = coding;
        this.width = width;
        this.height = height;
        AVCodec codec = Ffmpeg.there(avcodec.avcodec_find_encoder_by_name(coding.encoder()));
        context = Ffmpeg.there(avcodec.avcodec_alloc_context3(codec));
        Yuv code = coding.code(width, height);
        conversion = Yuv.FRAME.to(code);
        planes = new byte[(int) Format.I420.bytes(width, height)];
        int w = coding.even() ? width + (width & 1) : width, h = coding.even() ? height + (height & 1) : height;
        describe(coding, code, w, h);
        context.time_base().num((int) ticks.num()).den((int) ticks.den());
        int thousandths = (int) Math.round(encoding.rate() * 1000);
        context.framerate().num(thousandths).den(1000);
        context.gop_size((int) Math.clamp(Math.round(encoding.rate() * 2), 1L, 250L))
                .max_b_frames(0)
                .thread_count(1);
        int flags = avcodec.AV_CODEC_FLAG_BITEXACT | (global ? avcodec.AV_CODEC_FLAG_GLOBAL_HEADER : 0);
        context.flags(context.flags() | flags);
        coding.tune(context, encoding.quality());
        if (avcodec.avcodec_open2(context, codec, (AVDictionary) null) < 0) {
            close();
            throw refusal();
        }
        Ffmpeg.sound(avutil.av_frame_get_buffer(picture, 0));
    }

    private void describe(PictureCoding coding, Yuv code, int w, int h) {
        boolean hd = code.equals(Yuv.BT709);
        int space = hd ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M;
        int range = code.full() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG;
        int place = code.centred() ? avutil.AVCHROMA_LOC_CENTER : avutil.AVCHROMA_LOC_LEFT;
        context.width(w).height(h).pix_fmt(coding.pixels()).colorspace(space).color_range(range);
        context.color_primaries(avutil.AVCOL_PRI_BT709).color_trc(avutil.AVCOL_TRC_IEC61966_2_1);
        context.chroma_sample_location(place);
        picture.width(w).height(h).format(coding.pixels()).colorspace(space).color_range(range);
        picture.color_primaries(avutil.AVCOL_PRI_BT709).color_trc(avutil.AVCOL_TRC_IEC61966_2_1);
        picture.chroma_location(place);
    }

    private IllegalArgumentException refusal() {
        return new IllegalArgumentException(coding + " cannot code frames of " + width + " x " + height + " pixels");
    }

    AVCodecContext context() {
        return context;
    }

    /** Codes a frame; packets that are ready go to the consumer, which must not keep them. */
    void code(Frame frame, long ticks, Consumer<AVPacket> out) {
        Ffmpeg.sound(avutil.av_frame_make_writable(picture));
        fill(frame);
        picture.pts(ticks).pict_type(avutil.AV_PICTURE_TYPE_NONE);
        picture.quality(context.global_quality());
        if (avcodec.avcodec_send_frame(context, picture) < 0) {
            throw refusal();
        }
        take(out);
    }

    /** Codes what is still waiting. */
    void end(Consumer<AVPacket> out) {
        Ffmpeg.sound(avcodec.avcodec_send_frame(context, (AVFrame) null));
        take(out);
    }

    private void take(Consumer<AVPacket> out) {
        while (true) {
            int code = avcodec.avcodec_receive_packet(context, packet);
            if (code == Ffmpeg.AGAIN || code == Ffmpeg.END) {
                return;
            }
            Ffmpeg.sound(code);
            out.accept(packet);
            avcodec.av_packet_unref(packet);
        }
    }

    private void fill(Frame frame) {
        byte[] samples = i420(frame);
        if (conversion.same()) {
            copy(samples);
        } else {
            conversion.planes(samples, width, height, planes);
            copy(planes);
        }
    }

    private byte[] i420(Frame frame) {
        boolean plain = frame.colour() == Colour.SRGB && frame.format() == Format.I420;
        if (plain) {
            return frame.bytes();
        }
        if (frame.format() == Format.GREY8) {
            System.arraycopy(frame.bytes(), 0, planes, 0, frame.bytes().length);
            Arrays.fill(planes, frame.bytes().length, planes.length, (byte) 128);
            return planes;
        }
        return Frame.of(frame.image().to(Colour.SRGB), frame.at(), frame.source())
                .bytes();
    }

    private void copy(byte[] from) {
        int cw = (width + 1) / 2, ch = (height + 1) / 2;
        plane(from, 0, width, height, 0, picture.width(), picture.height());
        plane(from, width * height, cw, ch, 1, (picture.width() + 1) / 2, (picture.height() + 1) / 2);
        plane(from, width * height + cw * ch, cw, ch, 2, (picture.width() + 1) / 2, (picture.height() + 1) / 2);
    }

    /** Copies a plane; a coded picture that is larger by one repeats the last column and row. */
    private void plane(byte[] from, int at, int w, int h, int index, int wide, int high) {
        long address = picture.data(index).address();
        int pitch = picture.linesize(index);
        for (int y = 0; y < high; y++) {
            MemorySegment line =
                    MemorySegment.ofAddress(address + (long) y * pitch).reinterpret(wide);
            int row = at + Math.min(y, h - 1) * w;
            MemorySegment.copy(from, row, line, ValueLayout.JAVA_BYTE, 0, w);
            if (wide > w) {
                line.set(ValueLayout.JAVA_BYTE, w, from[row + w - 1]);
            }
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(picture);
        avcodec.avcodec_free_context(context);
    }
}
