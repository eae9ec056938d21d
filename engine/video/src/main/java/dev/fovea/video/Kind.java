package dev.fovea.video;

import dev.fovea.image.Colour;
import dev.fovea.image.Frame.Format;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What kind of samples a decoded picture has and what becomes of them. What is half sampled becomes I420, grey stays grey, everything
 * else becomes RGB, with 16 bits if there are more than 8.
 *
 * @param pixels the layout of FFmpeg to copy from
 * @param format the layout of the frame
 * @param code of the samples where {@code format} is I420 or grey
 * @param colour of the frame unless it is grey
 * @param high of high dynamic range (PQ, HLG): has to be mapped to a display's
 */
record Kind(int pixels, Format format, Yuv code, Colour colour, boolean high) {

    static Kind of(AVFrame f) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(f.format());
        boolean rgb = (layout.flags() & (avutil.AV_PIX_FMT_FLAG_RGB | avutil.AV_PIX_FMT_FLAG_PAL)) != 0;
        boolean deep = layout.comp(0).depth() > 8;
        int trc = f.color_trc();
        boolean high = trc == avutil.AVCOL_TRC_SMPTE2084 || trc == avutil.AVCOL_TRC_ARIB_STD_B67;
        boolean p3 = f.color_primaries() == avutil.AVCOL_PRI_SMPTE432 && !high;
        Colour colour = p3 ? Colour.DISPLAY_P3 : Colour.SRGB;
        Yuv code = code(f);
        if (layout.nb_components() < 3 && !rgb) {
            return deep
                    ? new Kind(avutil.AV_PIX_FMT_GRAY16LE, Format.GREY16, code, colour, false)
                    : new Kind(avutil.AV_PIX_FMT_GRAY8, Format.GREY8, code, colour, false);
        }
        if (!rgb && !deep && !high && layout.log2_chroma_w() > 0 && weighed(f.colorspace())) {
            boolean planar = f.format() == avutil.AV_PIX_FMT_YUV420P || f.format() == avutil.AV_PIX_FMT_YUVJ420P;
            int pixels = planar ? f.format() : avutil.AV_PIX_FMT_YUV420P;
            return new Kind(pixels, Format.I420, code, colour, false);
        }
        return deep || high
                ? new Kind(avutil.AV_PIX_FMT_RGB48LE, Format.RGB16, code, colour, high)
                : new Kind(avutil.AV_PIX_FMT_RGB24, Format.RGB8, code, colour, false);
    }

    /** Whether luma is a weighed sum of red, green and blue that {@link Yuv} knows. */
    private static boolean weighed(int space) {
        return space == avutil.AVCOL_SPC_UNSPECIFIED
                || space == avutil.AVCOL_SPC_BT709
                || space == avutil.AVCOL_SPC_BT470BG
                || space == avutil.AVCOL_SPC_SMPTE170M
                || space == avutil.AVCOL_SPC_FCC
                || space == avutil.AVCOL_SPC_SMPTE240M
                || space == avutil.AVCOL_SPC_BT2020_NCL;
    }

    /** What a video of limited range that does not tell means: high definition is BT.709, anything smaller BT.601 (SMPTE 170M). */
    static int usual(int width, int height) {
        return width * height > 720 * 576 ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M;
    }

    private static Yuv code(AVFrame f) {
        boolean jpeg = f.format() == avutil.AV_PIX_FMT_YUVJ420P
                || f.format() == avutil.AV_PIX_FMT_YUVJ422P
                || f.format() == avutil.AV_PIX_FMT_YUVJ444P;
        boolean full = jpeg || f.color_range() == avutil.AVCOL_RANGE_JPEG;
        boolean centred = f.chroma_location() == avutil.AVCHROMA_LOC_CENTER
                || f.chroma_location() == avutil.AVCHROMA_LOC_UNSPECIFIED && jpeg;
        int space = f.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED
                ? full ? avutil.AVCOL_SPC_SMPTE170M : usual(f.width(), f.height())
                : f.colorspace();
        return switch (space) {
            case avutil.AVCOL_SPC_BT709 -> new Yuv(0.2126, 0.0722, full, centred);
            case avutil.AVCOL_SPC_BT2020_NCL -> new Yuv(0.2627, 0.0593, full, centred);
            case avutil.AVCOL_SPC_SMPTE240M -> new Yuv(0.212, 0.087, full, centred);
            default -> new Yuv(0.299, 0.114, full, centred);
        };
    }
}
