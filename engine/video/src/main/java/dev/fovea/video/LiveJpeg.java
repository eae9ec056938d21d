package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Turn;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Codes and decodes single JPEGs of a live stream, several times faster than {@link Image#read}, straight from and to the compact samples
 * of frames. EXIF and colour profiles are passed over. Keeps native memory from picture to picture: to be closed, one thread at a time.
 */
public final class LiveJpeg implements AutoCloseable {
    /** Pixels per byte that no JPEG exceeds: a block of 64 takes two bits at the least. */
    private static final int FLATTEST = 512;

    private static final Ticks PICTURES = new Ticks(1, 25);

    private final VideoEncoding encoding;
    private final long pixels;
    private final AVCodecContext decoder;
    private final AVPacket packet = Ffmpeg.there(avcodec.av_packet_alloc());
    private final AVFrame picture = Ffmpeg.there(avutil.av_frame_alloc());
    private final Samples samples = new Samples();
    private @Nullable Encoder encoder;
    private int width;
    private int height;
    private long coded;
    private boolean closed;

    /**
     * A pair of coder and decoder.
     *
     * @param quality of coding, 1..100
     */
    public LiveJpeg(int quality) {
        this(quality, Image.MAX_PIXELS);
    }

    /**
     * As above, for pictures that come from strangers.
     *
     * @param pixels that a picture may have to be decoded, at most 2^28
     */
    public LiveJpeg(int quality, long pixels) {
        if (pixels < 1 || pixels > Image.MAX_PIXELS) {
            throw new IllegalArgumentException("pixels is " + pixels + ", but must lie between 1 and 2^28");
        }
        this.pixels = pixels;
        encoding = VideoEncoding.NORMAL.withQuality(quality);
        Ffmpeg.ready();
        AVCodec codec = Ffmpeg.there(avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_MJPEG));
        decoder = Ffmpeg.there(avcodec.avcodec_alloc_context3(codec));
        // ours is checked before; theirs counts what fills the last blocks, too
        decoder.thread_count(1).max_pixels(Math.min(2 * pixels, Image.MAX_PIXELS));
        decoder.err_recognition(avcodec.AV_EF_BITSTREAM | avcodec.AV_EF_BUFFER | avcodec.AV_EF_EXPLODE);
        Ffmpeg.sound(avcodec.avcodec_open2(decoder, codec, (AVDictionary) null));
    }

    /** A frame as a JPEG file (half the colour, as in I420). */
    public synchronized byte[] encode(Frame frame) {
        checkOpen();
        Encoder coder = encoder(frame);
        var out = new ByteArrayOutputStream();
        coder.code(frame, coded++, p -> {
            var bytes = new byte[p.size()];
            p.data().get(bytes);
            out.writeBytes(bytes);
        });
        return out.toByteArray();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this LiveJpeg is closed");
        }
    }

    private Encoder encoder(Frame frame) {
        Encoder old = encoder;
        if (old != null && frame.width() == width && frame.height() == height) {
            return old;
        }
        if (old != null) {
            old.close();
        }
        width = frame.width();
        height = frame.height();
        return encoder = new Encoder(PictureCoding.MJPEG, width, height, PICTURES, encoding, false);
    }

    /**
     * A JPEG file as a frame, on its stored grid.
     *
     * @param at its time in the stream
     * @param source where it came from, for messages
     * @throws BadInput if it is no JPEG, damaged, cut off, CMYK, or of more pixels than are allowed
     */
    public synchronized Frame decode(byte[] jpeg, Duration at, String source) {
        checkOpen();
        JpegSize size = JpegSize.of(jpeg, source);
        size.check(jpeg.length, FLATTEST, pixels, source);
        Ffmpeg.sound(avcodec.av_new_packet(packet, jpeg.length));
        packet.data().put(jpeg);
        int sent = avcodec.avcodec_send_packet(decoder, packet);
        avcodec.av_packet_unref(packet);
        int received = sent < 0 ? sent : avcodec.avcodec_receive_frame(decoder, picture);
        if (received < 0 || picture.width() != size.width() || picture.height() != size.height()) {
            avcodec.avcodec_flush_buffers(decoder);
            throw new BadInput(source, "is a damaged JPEG", "send it again");
        }
        return samples.frame(picture, Turn.NONE, at, source);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
        samples.close();
        avutil.av_frame_free(picture);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(decoder);
    }
}
