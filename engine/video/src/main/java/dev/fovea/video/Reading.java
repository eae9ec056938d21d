package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** One pass through the pictures of an input, from its beginning or from a time. Owns the input and all native memory of the pass. */
final class Reading implements AutoCloseable {
    /** AV_FRAME_FLAG_CORRUPT, which the bindings lack. */
    static final int CORRUPT = 1;

    private final Input input;
    private final AVStream stream;
    private final AVCodecContext decoder;
    private final Samples samples = new Samples();
    private final Ticks ticks;
    private final Turn turn;
    private final int width;
    private final int height;
    private final double rate;
    private final Deque<Picture> pending = new ArrayDeque<>();
    private final Deque<Picture> free = new ArrayDeque<>();
    private Picture now = new Picture();
    private Duration latest = Duration.ofSeconds(-1);
    private boolean drained;
    private boolean closed;
    private int frames;
    private int faults;
    private String stop = "";

    /**
     * Takes over an input.
     *
     * @throws BadInput if it holds no pictures that can be decoded; the input is then closed
     */
    static Reading of(Input input) {
        try {
            AVStream video = input.video();
            if (video == null) {
                throw noPictures(input);
            }
            int w = video.codecpar().width(), h = video.codecpar().height();
            if (w < 1 || h < 1) {
                throw new BadInput(
                        input.name(), "is cut off before its first picture", "copy it from the camera again");
            }
            if ((long) w * h > Image.MAX_PIXELS) {
                throw new BadInput(
                        input.name(),
                        "has " + w + " x " + h + " pixels, more than the 2^28 that are read",
                        "scale it down");
            }
            return new Reading(input, video, w, h);
        } catch (RuntimeException | Error e) {
            input.close();
            throw e;
        }
    }

    private static BadInput noPictures(Input input) {
        return input.audio() != null
                ? new BadInput(input.name(), "holds only sound", "give a video with pictures")
                : new BadInput(input.name(), "holds no moving pictures", "give a video, such as MP4, MOV, WebM or AVI");
    }

    private Reading(Input input, AVStream stream, int width, int height) {
        this.input = input;
        this.stream = stream;
        decoder = input.decoder(stream);
        ticks = Ticks.of(stream.time_base());
        turn = Turned.of(stream);
        this.width = width;
        this.height = height;
        rate = rate(input, stream);
    }

    private static double rate(Input input, AVStream stream) {
        try (AVRational guess = avformat.av_guess_frame_rate(input.context(), stream, null)) {
            double rate = guess.den() > 0 ? (double) guess.num() / guess.den() : 0;
            return rate > 0 && rate <= 1000 ? rate : 25;
        }
    }

    Input input() {
        return input;
    }

    int width() {
        return turn.swaps() ? height : width;
    }

    int height() {
        return turn.swaps() ? width : height;
    }

    double rate() {
        return rate;
    }

    /** As the container says; zero if it does not. */
    Duration duration() {
        long whole = input.context().duration();
        if (whole != avutil.AV_NOPTS_VALUE && whole > 0) {
            return Ticks.MICROSECONDS.time(whole);
        }
        return stream.duration() > 0 ? ticks.time(stream.duration()) : Duration.ZERO;
    }

    /** How many pictures the container promises; 0 if it does not say. */
    long promised() {
        return Math.max(0, stream.nb_frames());
    }

    /** How many have been given so far. */
    int frames() {
        return frames;
    }

    /** How many packets or pictures were faulty so far. */
    int faults() {
        return faults;
    }

    /** Why reading stopped before the container's end; empty if it did not. */
    String stop() {
        return stop;
    }

    /** When the picture is that {@link #next} went to. */
    Duration at() {
        return now.at;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(input.name() + " is closed");
        }
    }

    /** Goes on to the next picture; false at the end. */
    synchronized boolean next() {
        Work.check();
        checkOpen();
        Picture next = pending.isEmpty() ? decode() : pending.removeFirst();
        if (next == null) {
            return false;
        }
        free.add(now);
        now = next;
        frames++;
        return true;
    }

    /** The picture that {@link #next} went to. */
    synchronized Frame frame() {
        checkOpen();
        String source = String.format(Locale.ROOT, "%s at %.3f s", input.name(), now.at.toMillis() / 1000.0);
        return samples.frame(now.frame, turn, now.at, source);
    }

    /** Goes near a time, so that {@link #skip} need not decode all that is before; false if the input cannot be searched. */
    synchronized boolean seek(Duration at) {
        if (!input.seek(stream, ticks.ticks(at.plus(input.start())))) {
            return false;
        }
        avcodec.avcodec_flush_buffers(decoder);
        drained = false;
        return true;
    }

    /** Passes over pictures until the next one is that of a time, or the last; false if that one cannot be found ahead. */
    synchronized boolean skip(Duration at) {
        Picture shown = null;
        for (Picture p = decode(); p != null; p = decode()) {
            Work.check();
            if (p.at.compareTo(at) > 0) {
                if (shown != null) {
                    pending.add(shown);
                }
                pending.add(p);
                return shown != null;
            }
            if (shown != null) {
                free.add(shown);
            }
            shown = p;
        }
        if (shown != null) {
            pending.add(shown);
        }
        return shown != null;
    }

    private @Nullable Picture decode() {
        Picture p = free.isEmpty() ? new Picture() : free.removeLast();
        while (true) {
            int code = avcodec.avcodec_receive_frame(decoder, p.frame);
            if (code >= 0 && fits(p.frame)) {
                p.at = time(p.frame);
                return p;
            }
            if (code == Ffmpeg.END || !stop.isEmpty() || code == Ffmpeg.AGAIN && drained) {
                free.add(p);
                return null;
            }
            if (code == Ffmpeg.AGAIN) {
                feed();
            } else if (code < 0) {
                faults++;
                feed();
            }
        }
    }

    private boolean fits(AVFrame frame) {
        if (frame.width() != width || frame.height() != height) {
            stop = "changes its size to " + frame.width() + " x " + frame.height() + " pixels";
            return false;
        }
        if ((frame.flags() & CORRUPT) != 0 || frame.decode_error_flags() != 0) {
            faults++;
        }
        return true;
    }

    /** The time of a picture on the container's timeline; one that has none, or lies back, comes one picture after the last. */
    private Duration time(AVFrame frame) {
        long stamp = frame.best_effort_timestamp();
        // in ticks of the stream: the container's start is rounded to microseconds
        Duration at = stamp == avutil.AV_NOPTS_VALUE ? latest : ticks.time(stamp - ticks.ticks(input.start()));
        if (at.isNegative() || at.compareTo(latest) <= 0) {
            at = latest.isNegative() ? Duration.ZERO : latest.plusNanos((long) (1e9 / rate));
        }
        latest = at;
        return at;
    }

    /** Gives the decoder the next packet of the stream, or tells it that there is none. */
    private void feed() {
        if (drained) {
            return;
        }
        while (true) {
            int code = input.read();
            if (code == Ffmpeg.AGAIN) {
                Work.check();
                LockSupport.parkNanos(1_000_000); // a camera has nothing yet
                continue;
            }
            if (code < 0) {
                faults += code == Ffmpeg.END ? 0 : 1;
                drained = true;
                avcodec.avcodec_send_packet(decoder, (AVPacket) null);
                return;
            }
            AVPacket packet = input.packet();
            if (packet.stream_index() == stream.index()) {
                faults += (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0 ? 1 : 0;
                faults += avcodec.avcodec_send_packet(decoder, packet) < 0 ? 1 : 0;
                return;
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        free.addAll(pending);
        free.add(now);
        for (Picture p : free) {
            avutil.av_frame_free(p.frame);
        }
        samples.close();
        avcodec.avcodec_free_context(decoder);
        input.close();
    }

    /** A decoded picture and its time. */
    private static final class Picture {
        private final AVFrame frame = Ffmpeg.there(avutil.av_frame_alloc());
        private Duration at = Duration.ZERO;
    }
}
