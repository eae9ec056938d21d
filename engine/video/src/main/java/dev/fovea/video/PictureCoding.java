package dev.fovea.video;

import dev.fovea.video.VideoEncoding.Coding;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's encoders and how they are told a quality. */
enum PictureCoding {
    H264("libopenh264"),
    VP8("libvpx"),
    AV1("libsvtav1"),
    MJPEG("mjpeg"),
    RAW("wrapped_avframe");

    private final String encoder;

    PictureCoding(String encoder) {
        this.encoder = encoder;
    }

    static PictureCoding of(Coding coding) {
        return switch (coding) {
            case USUAL -> throw new IllegalArgumentException("a container decides what is usual");
            case H264 -> H264;
            case VP8 -> VP8;
            case AV1 -> AV1;
            case MJPEG -> MJPEG;
        };
    }

    String encoder() {
        return encoder;
    }

    /** Whether width and height must be even; an odd picture then gets its last column or row twice. */
    boolean even() {
        return this == H264 || this == AV1;
    }

    /** The code of its samples: as in JPEG where frames are JPEGs or not coded, as on television of that size elsewhere; VP8 knows one. */
    Yuv code(int width, int height) {
        if (this == MJPEG || this == RAW) {
            return Yuv.FRAME;
        }
        boolean high = this != VP8 && Kind.usual(width, height) == avutil.AVCOL_SPC_BT709;
        return high ? Yuv.BT709 : Yuv.BT601;
    }

    int pixels() {
        return this == MJPEG || this == RAW ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P;
    }

    /** Sets what decides between quality and speed: coarseness of quantisation, from the finest at quality 100. */
    void tune(AVCodecContext encoder, int quality) {
        double coarse = (100 - quality) / 99.0;
        switch (this) {
            case H264 -> {
                int q = (int) Math.round(12 + 39 * coarse);
                encoder.qmin(q).qmax(q).bit_rate(200_000_000L);
                option(encoder, "rc_mode", "quality");
                option(encoder, "profile", "high");
                option(encoder, "coder", "cabac");
            }
            case VP8 -> {
                int q = (int) Math.round(2 + 61 * coarse);
                encoder.qmin(Math.max(0, q - 2)).qmax(Math.min(63, q + 2)).bit_rate(200_000_000L);
                option(encoder, "crf", Integer.toString(Math.max(4, q)));
                option(encoder, "deadline", "realtime");
                option(encoder, "cpu-used", "6");
            }
            case AV1 -> {
                Quiet.svt();
                option(encoder, "crf", Integer.toString((int) Math.round(8 + 55 * coarse)));
                option(encoder, "preset", "10");
                option(encoder, "svtav1-params", "lp=1");
            }
            case MJPEG -> {
                // as libjpeg scales its tables, in eighths
                double scale = quality >= 50 ? 200 - 2 * quality : 5000.0 / quality;
                int q = (int) Math.clamp(Math.round(scale * 8 / 100), 1, 31);
                encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_QSCALE)
                        .global_quality(q * avutil.FF_QP2LAMBDA)
                        .qmin(1);
                option(encoder, "huffman", "default");
            }
            case RAW -> {}
        }
    }

    private static void option(AVCodecContext encoder, String name, String value) {
        Ffmpeg.sound(avutil.av_opt_set(encoder.priv_data(), name, value, 0));
    }
}
