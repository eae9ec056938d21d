package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Turn;
import java.time.Duration;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Decodes single coded pictures (HEVC, AV1) of a HEIF file that share their coding's header. One thread at a time. */
final class HeifDecoder implements AutoCloseable {
    private final String name;
    private final HeifFile file;
    private final byte[] header;
    private final AVCodecContext decoder;
    private final Samples samples = new Samples();
    private final AVFrame picture = Ffmpeg.there(avutil.av_frame_alloc());
    private final AVPacket packet = Ffmpeg.there(avcodec.av_packet_alloc());

    HeifDecoder(String name, HeifFile file, long item) {
        Ffmpeg.ready();
        this.name = name;
        this.file = file;
        header = header(item);
        boolean av1 = file.type(item).equals("av01");
        AVCodec codec =
                Ffmpeg.there(avcodec.avcodec_find_decoder(av1 ? avcodec.AV_CODEC_ID_AV1 : avcodec.AV_CODEC_ID_HEVC));
        decoder = Ffmpeg.there(avcodec.avcodec_alloc_context3(codec));
        // FFmpeg reads a little past the end, and frees what it is given
        var extra = Ffmpeg.there(avutil.av_mallocz(header.length + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
        var bytes = new org.bytedeco.javacpp.BytePointer(extra);
        bytes.put(header);
        decoder.extradata(bytes).extradata_size(header.length);
        decoder.max_pixels(Image.MAX_PIXELS).thread_count(1);
        int code = avcodec.avcodec_open2(decoder, codec, (AVDictionary) null);
        if (code < 0) {
            close();
            throw file.file().damaged("its coding's header is not sound");
        }
    }

    private byte[] header(long item) {
        String type = file.type(item).equals("av01") ? "av1C" : "hvcC";
        return file.property(item, type)
                .orElseThrow(() -> file.file().damaged("its coding's header is missing"))
                .rest();
    }

    /** The picture of an item as its coding stores it. */
    Frame frame(long item) {
        Work.check();
        if (!Arrays.equals(header, header(item))) {
            try (var other = new HeifDecoder(name, file, item)) {
                return other.frame(item);
            }
        }
        byte[] data = file.data(item);
        avcodec.avcodec_flush_buffers(decoder);
        Ffmpeg.sound(avcodec.av_new_packet(packet, data.length));
        packet.data().put(data);
        int sent = avcodec.avcodec_send_packet(decoder, packet);
        avcodec.av_packet_unref(packet);
        avcodec.avcodec_send_packet(decoder, (AVPacket) null);
        if (sent < 0 || avcodec.avcodec_receive_frame(decoder, picture) < 0) {
            throw broken();
        }
        if ((picture.flags() & Reading.CORRUPT) != 0 || picture.decode_error_flags() != 0) {
            throw broken();
        }
        describe(item);
        return samples.frame(picture, Turn.NONE, Duration.ZERO, name);
    }

    private BadInput broken() {
        return file.file().damaged("a part of the picture cannot be decoded");
    }

    /** What the container says about colours goes before the coding; where neither does, they are those of JPEG (ISO 23000-22, 7.3.6). */
    private void describe(long item) {
        file.properties(item).stream()
                .filter(p -> p.type().equals("colr"))
                .map(HeifBytes.Box::body)
                .filter(p -> p.text4().equals("nclx"))
                .findFirst()
                .ifPresent(p -> {
                    picture.color_primaries(p.u16()).color_trc(p.u16());
                    picture.colorspace(p.u16());
                    picture.color_range((p.u8() & 0x80) != 0 ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
                });
        if (picture.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED) {
            picture.colorspace(avutil.AVCOL_SPC_SMPTE170M);
        }
        if (picture.color_range() == avutil.AVCOL_RANGE_UNSPECIFIED) {
            picture.color_range(avutil.AVCOL_RANGE_JPEG);
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(picture);
        samples.close();
        avcodec.avcodec_free_context(decoder);
    }
}
