package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.PartFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a video, frame by frame; the extension chooses the container: .mp4, .m4v, .mov, .mkv, .webm, .avi, .y4m. The first frame decides
 * the size. H.264 and AV1 need even sizes: an odd picture gets its last column or row twice. The file lies beside its target until
 * {@link #finish}: whoever closes without finishing leaves nothing behind, and the target as it was.
 *
 * <pre>{@code
 * try (var writer = VideoWriter.to(Path.of("clip.mp4"), VideoEncoding.NORMAL)) {
 *     for (Frame frame : frames) {
 *         writer.write(frame);
 *     }
 *     writer.finish();
 * }
 * }</pre>
 *
 * <p>One thread at a time.
 */
public final class VideoWriter implements AutoCloseable {
    private static final Ticks FINE = new Ticks(1, 90_000);

    private final Path target;
    private final PartFile part;
    private final Container container;
    private final PictureCoding coding;
    private final VideoEncoding encoding;
    private final Ticks ticks;
    private @Nullable Sound sound;
    private @Nullable Encoder encoder;
    private @Nullable Output output;
    private int width;
    private int height;
    private long last = Long.MIN_VALUE;
    private boolean done;

    private VideoWriter(Path target, VideoEncoding encoding) {
        this.target = target;
        this.encoding = encoding;
        container = Container.of(target);
        coding = container.coding(encoding.coding());
        ticks = container.fixedRate() ? new Ticks(1000, Math.round(encoding.rate() * 1000)) : FINE;
        Ffmpeg.ready();
        part = new PartFile(target);
    }

    /**
     * Begins a file.
     *
     * @throws IllegalArgumentException if the extension names no container that can be written, or one that cannot hold the coding
     * @throws BadInput if the target is a folder
     */
    public static VideoWriter to(Path target, VideoEncoding encoding) {
        return new VideoWriter(target, encoding);
    }

    /**
     * Keeps the sound of another file: as it is where the container holds its coding, otherwise coded anew (AAC, Opus in WebM, MP3 in
     * AVI). To be told before the first frame.
     *
     * @return why the sound cannot be kept; empty if it is, or if there is none
     * @throws BadInput if the file cannot be read
     */
    public synchronized Optional<String> soundOf(Path source) {
        if (done || output != null || sound != null) {
            throw new IllegalStateException("sound has to be told before the first frame, once");
        }
        var heard = new Sound(Input.file(source));
        Optional<String> why = heard.refusal(container);
        if (why.isPresent() || !heard.present()) {
            heard.close();
        } else {
            sound = heard;
        }
        return why;
    }

    /**
     * Writes a frame at its time. Where the container knows only a rate, at the nearest place of its raster.
     *
     * @throws IllegalArgumentException if its size is not that of the first one, or one that the coding has, or its time not later than
     *     the one before
     * @throws BadInput if the file cannot be written
     */
    public synchronized void write(Frame frame) {
        if (done) {
            throw new IllegalStateException(target + " is finished");
        }
        Encoder encoder = this.encoder == null ? begin(frame) : this.encoder;
        Output output = Objects.requireNonNull(this.output);
        if (frame.width() != width || frame.height() != height) {
            throw new IllegalArgumentException("a frame of " + frame.width() + " x " + frame.height()
                    + " in a video of " + width + " x " + height);
        }
        long at = ticks.ticks(frame.at());
        if (at <= last && container.fixedRate() && ticks.time(at).compareTo(frame.at()) < 0) {
            at = last + 1; // two frames between two places of the raster
        }
        if (at <= last) {
            throw new IllegalArgumentException("a frame at " + frame.at() + " after one at " + ticks.time(last));
        }
        last = at;
        if (sound != null) {
            sound.until(frame.at(), output);
        }
        encoder.code(frame, at, output::picture);
    }

    /** Writes a picture; see {@link #write(Frame)}. */
    public void write(Image picture, Duration at) {
        write(Frame.of(picture, at, "a picture at " + at));
    }

    private Encoder begin(Frame first) {
        width = first.width();
        height = first.height();
        var fresh = new Output(target, part.path(), container);
        output = fresh;
        var coder = new Encoder(coding, width, height, ticks, encoding, fresh.globalHeader());
        encoder = coder;
        fresh.pictures(coder.context(), encoding.rate());
        if (sound != null) {
            sound.into(fresh, container);
        }
        fresh.begin();
        return coder;
    }

    /**
     * Completes the file and puts it in the target's place.
     *
     * @throws IllegalStateException if no frame was written
     * @throws BadInput if the file cannot be written
     */
    public synchronized void finish() {
        if (done) {
            return;
        }
        if (encoder == null || output == null) {
            throw new IllegalStateException(target + " would be a video without frames");
        }
        encoder.end(output::picture);
        if (sound != null) {
            sound.until(Duration.ofSeconds(Long.MAX_VALUE / 2), output);
        }
        output.end();
        done = true;
        part.commit();
    }

    /** Frees what the file holds; without {@link #finish} nothing is left of it. */
    @Override
    public synchronized void close() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
        if (sound != null) {
            sound.close();
            sound = null;
        }
        if (output != null) {
            output.close();
            output = null;
        }
        done = true;
        part.close();
    }

    /** The sentence for a target that FFmpeg cannot write. */
    static BadInput refusal(Path target, int code) {
        return PartFile.refusal(target, new IOException(Ffmpeg.words(code)));
    }
}
