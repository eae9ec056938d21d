package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Frame.Format;
import dev.fovea.image.Turn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Copies decoded pictures out of FFmpeg's memory into frames, in the colours that frames have. Keeps what it needs for pictures of a
 * kind; one stream, one thread at a time.
 */
final class Samples implements AutoCloseable {
    private final SwsContext scaler = Ffmpeg.there(swscale.sws_alloc_context());
    private final AVFrame converted = Ffmpeg.there(avutil.av_frame_alloc());
    private Yuv code = Yuv.FRAME;
    private Yuv.Conversion conversion = Yuv.FRAME.to(Yuv.FRAME);

    Samples() {
        scaler.flags(swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT);
    }

    /** The compact frame of a decoded picture, turned as told. */
    Frame frame(AVFrame decoded, Turn turn, Duration at, String source) {
        Kind kind = Kind.of(decoded);
        AVFrame from = kind.pixels() == decoded.format() ? decoded : convert(decoded, kind, source);
        int w = from.width(), h = from.height();
        var bytes = new byte[Math.toIntExact(kind.format().bytes(w, h))];
        copy(from, kind.format(), w, h, bytes);
        recolour(kind, w, h, bytes);
        byte[] upright = Turned.samples(bytes, kind.format(), w, h, turn);
        return new Frame(
                turn.swaps() ? h : w,
                turn.swaps() ? w : h,
                kind.format(),
                upright,
                kind.format().grey() ? Colour.GREY : kind.colour(),
                at,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                source);
    }

    private void recolour(Kind kind, int w, int h, byte[] bytes) {
        if (kind.format() != Format.I420 && kind.format() != Format.GREY8) {
            return;
        }
        if (!kind.code().equals(code)) {
            code = kind.code();
            conversion = code.to(Yuv.FRAME);
        }
        if (conversion.same()) {
            return;
        }
        if (kind.format() == Format.I420) {
            conversion.planes(bytes, w, h, bytes);
        } else {
            conversion.grey(bytes);
        }
    }

    /** What FFmpeg's scaler makes of layouts that frames do not have: the same size, another layout. */
    private AVFrame convert(AVFrame decoded, Kind kind, String source) {
        avutil.av_frame_unref(converted);
        converted.format(kind.pixels()).width(decoded.width()).height(decoded.height());
        if (kind.format() == Format.I420) {
            converted.colorspace(decoded.colorspace()).color_range(decoded.color_range());
            converted.chroma_location(decoded.chroma_location());
        } else {
            converted.colorspace(avutil.AVCOL_SPC_RGB).color_range(avutil.AVCOL_RANGE_JPEG);
            if (decoded.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED && !rgb(decoded.format())) {
                decoded.colorspace(Kind.usual(decoded.width(), decoded.height()));
            }
        }
        if (kind.high()) {
            converted.color_primaries(avutil.AVCOL_PRI_BT709).color_trc(avutil.AVCOL_TRC_IEC61966_2_1);
        } else {
            converted.color_primaries(decoded.color_primaries()).color_trc(decoded.color_trc());
        }
        Ffmpeg.sound(avutil.av_frame_get_buffer(converted, 0));
        int code = swscale.sws_scale_frame(scaler, converted, decoded);
        if (code < 0) {
            throw new BadInput(source, "has colours that are not read: " + Ffmpeg.words(code), "convert it to BT.709");
        }
        return converted;
    }

    private static boolean rgb(int pixels) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(pixels);
        return (layout.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
    }

    private static void copy(AVFrame from, Format format, int w, int h, byte[] to) {
        switch (format) {
            case I420 -> {
                int cw = (w + 1) / 2, ch = (h + 1) / 2;
                plane(from, 0, w, h, to, 0);
                plane(from, 1, cw, ch, to, w * h);
                plane(from, 2, cw, ch, to, w * h + cw * ch);
            }
            case RGB8, GREY8, RGB16, GREY16 -> plane(from, 0, (int) format.bytes(w, 1), h, to, 0);
        }
    }

    private static void plane(AVFrame from, int index, int row, int rows, byte[] to, int at) {
        long address = from.data(index).address();
        int pitch = from.linesize(index);
        if (pitch == row) {
            MemorySegment all = MemorySegment.ofAddress(address).reinterpret((long) row * rows);
            MemorySegment.copy(all, ValueLayout.JAVA_BYTE, 0, to, at, row * rows);
            return;
        }
        for (int y = 0; y < rows; y++) {
            MemorySegment line =
                    MemorySegment.ofAddress(address + (long) y * pitch).reinterpret(row);
            MemorySegment.copy(line, ValueLayout.JAVA_BYTE, 0, to, at + y * row, row);
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(converted);
        swscale.sws_free_context(scaler);
    }
}
