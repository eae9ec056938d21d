package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A video file as a lazy sequence of frames. Frames are upright (the file's rotation is applied), all of one size, and carry the time on
 * the file's timeline, whose zero is where its first picture or sound begins; times increase strictly. Samples that are stored with half
 * the colour become {@link Frame.Format#I420}, grey ones stay grey, others become RGB with 8 or 16 bits; limited range and BT.709 or
 * BT.2020 codes are converted to what frames hold, high dynamic range is mapped to a display's.
 *
 * <pre>{@code
 * try (Video video = Video.open(Path.of("clip.mp4"))) {
 *     for (Frame frame : video) { … }
 *     video.damage().ifPresent(problem -> log(problem.getMessage()));
 * }
 * }</pre>
 *
 * <p>Each loop begins anew. There is one at a time: a new loop ends the older one. One thread at a time.
 */
public final class Video implements Iterable<Frame>, AutoCloseable {
    private static final Set<String> NAMES = Set.of(
            "mp4", "mov", "m4v", "3gp", "webm", "mkv", "avi", "mpg", "mpeg", "ts", "mts", "m2ts", "y4m", "ogv", "flv",
            "wmv", "mjpeg", "ivf", "gif", "h264", "hevc");

    private final Path file;
    private final int width;
    private final int height;
    private final double rate;
    private final Duration duration;
    private final long promised;
    private final boolean sound;
    private @Nullable Reading reading;
    private @Nullable Frames loop;
    private boolean closed;
    private @Nullable BadInput damage;

    private Video(Path file, Reading reading) {
        this.file = file;
        this.reading = reading;
        width = reading.width();
        height = reading.height();
        rate = reading.rate();
        duration = reading.duration();
        promised = reading.promised();
        sound = reading.input().audio() != null;
    }

    /**
     * Opens a file. Its content decides what it is, not its name.
     *
     * @throws BadInput if there is no such file, it is no video, holds only sound, is damaged beyond reading, or its pictures have more
     *     than 2^28 pixels
     */
    public static Video open(Path file) {
        return new Video(file, Reading.of(Input.file(file)));
    }

    /** Whether a file looks like a video, by its first bytes or its name; it need not be a sound one. */
    public static boolean recognises(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            return known(Refusal.head(file)) || NAMES.contains(extension(file));
        } catch (IOException e) {
            return NAMES.contains(extension(file));
        }
    }

    /** Whether a file begins like the containers that are common: ISO media (not its pictures), Matroska, AVI, Y4M. */
    static boolean known(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean iso =
                text.length() >= 12 && Set.of("ftyp", "moov", "mdat", "wide").contains(text.substring(4, 8));
        return iso && !HeifCodec.recognises(head)
                || text.startsWith("\u001A\u0045\u00DF\u00A3")
                || text.startsWith("RIFF") && text.startsWith("AVI ", 8)
                || text.startsWith("YUV4MPEG2");
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Pixels per row of the upright frames. */
    public int width() {
        return width;
    }

    /** Rows of the upright frames. */
    public int height() {
        return height;
    }

    /** Frames per second, on average; 25 if the file does not tell. */
    public double rate() {
        return rate;
    }

    /** How long it lasts, as the file says; zero if it does not. */
    public Duration duration() {
        return duration;
    }

    /** Whether it has sound. */
    public boolean sound() {
        return sound;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /**
     * What was wrong with the file as far as the last loop read it: it ended early, or parts could not be decoded. Such a file does not
     * stop a loop with an exception: what can be read is given, then the loop ends. Empty for a sound file, and while a loop runs.
     */
    public Optional<BadInput> damage() {
        return Optional.ofNullable(damage);
    }

    /**
     * All frames from the beginning.
     *
     * @throws BadInput from {@link Iterator#hasNext} if not one can be decoded
     */
    @Override
    public Iterator<Frame> iterator() {
        return begin(Duration.ZERO);
    }

    /**
     * The frames from a time on: first the one that is shown at that time. The last one if the time is later.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public Iterable<Frame> from(Duration at) {
        if (at.isNegative()) {
            throw new IllegalArgumentException("a video has nothing at " + at);
        }
        return () -> begin(at);
    }

    private Frames begin(Duration at) {
        if (closed) {
            throw new IllegalStateException(file + " is closed");
        }
        damage = null;
        Reading fresh = fresh();
        if (at.isPositive() && !(fresh.seek(at) && fresh.skip(at))) {
            // The index is missing or leads past the time: from the beginning, then.
            reading = null;
            fresh.close();
            fresh = fresh();
            fresh.skip(at);
        }
        reading = fresh;
        loop = new Frames(fresh, at.isZero());
        return loop;
    }

    /** A pass from the beginning: the one that {@link #open} made, if no loop has used it. */
    private Reading fresh() {
        Reading old = reading;
        if (old != null && loop == null) {
            return old;
        }
        if (old != null) {
            old.close();
            reading = null;
        }
        loop = null;
        return reading = Reading.of(Input.file(file));
    }

    /** Frees what the file holds; frames that were given stay good. */
    @Override
    public void close() {
        closed = true;
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }

    private @Nullable BadInput judged(Reading ended, boolean whole) {
        int frames = ended.frames();
        if (frames == 0 && whole) {
            throw new BadInput(
                    file.toString(), "holds no picture that can be decoded", "copy it from the camera again");
        }
        // Edit lists may hide frames that the container counts: an end that is near its duration is none too early.
        Duration missing = duration.minus(ended.at()).minusNanos((long) (3e9 / rate));
        boolean early = whole && frames < promised && (missing.isPositive() || ended.faults() > 0);
        String read = frames + (early ? " of " + promised : "") + " frames could be read";
        if (!ended.stop().isEmpty()) {
            return new BadInput(file.toString(), ended.stop() + " after " + frames + " frames", "cut it there first");
        }
        if (early && missing.isPositive()) {
            return new BadInput(file.toString(), "ends early: " + read, "copy it from the camera again");
        }
        return early || ended.faults() > 0
                ? new BadInput(file.toString(), "is damaged: " + read + ", not all of them whole", "copy it again")
                : null;
    }

    /** A loop. */
    private final class Frames implements Iterator<Frame> {
        private final Reading pass;
        private final boolean whole;
        private boolean ready;
        private boolean ended;

        Frames(Reading pass, boolean whole) {
            this.pass = pass;
            this.whole = whole;
        }

        @Override
        public boolean hasNext() {
            if (closed || loop != this) {
                throw new IllegalStateException(file + (closed ? " is closed" : " is read by another loop"));
            }
            if (!ready && !ended) {
                ready = pass.next();
                if (!ready) {
                    ended = true;
                    damage = judged(pass, whole);
                }
            }
            return ready;
        }

        @Override
        public Frame next() {
            if (!hasNext()) {
                throw new NoSuchElementException(file + " has ended");
            }
            ready = false;
            return pass.frame();
        }
    }
}
